import assert from 'node:assert/strict';
import { uuidv7 } from 'uuidv7';
import { keyOf } from '../../../server/store/key.ts';

describe('keyOf', () => {
  it('keeps the order of live records', () => {
    const keys = Array.from({ length: 10_000 }, () => keyOf(uuidv7()));
    assert.deepEqual(keys, keys.toSorted(Buffer.compare));
  });

  it('tells ids apart that were made in the same millisecond', () => {
    const ids = Array.from({ length: 10_000 }, () => uuidv7());
    assert.equal(new Set(ids.map((id) => keyOf(id).toString('hex'))).size, ids.length);
  });

  it('keeps the records of a session together and apart', () => {
    const one = keyOf('claude-code:s1:a');
    const two = keyOf('claude-code:s1:b');
    const other = keyOf('claude-code:s2:a');
    assert.deepEqual(one.subarray(0, 4), two.subarray(0, 4));
    assert.notDeepEqual(one, two);
    assert.notDeepEqual(one.subarray(0, 4), other.subarray(0, 4));
  });
});
