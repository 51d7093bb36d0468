import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filters } from '../../../../server/query/language/filters.ts';

describe('filters', () => {
  it('are all in the README, with what they narrow down to', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../../README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| `([a-z]+):` \| ([^|]*) \|/gm)].map(([, name, says]) => [name, says]);
    assert.deepEqual(rows, Object.entries(filters).map(([name, { says }]) => [name, says]));
  });
});
