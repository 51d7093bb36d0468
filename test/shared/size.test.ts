import assert from 'node:assert/strict';
import { size } from '../../shared/size.ts';

describe('size', () => {
  it('is what people read', () => {
    assert.deepEqual([0, 999, 1_000, 2_500_000_000, 7e15].map(size), ['0 B', '999 B', '1.0 KB', '2.5 GB', '7000.0 TB']);
  });
});
