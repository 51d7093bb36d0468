import assert from 'node:assert/strict';
import { firstLines } from '../../../client/search/first.ts';
import { t } from '../translate.ts';

describe('client: the search before anything is typed', () => {
  it('offers a search of the person’s own first', () => {
    const [own, ...others] = firstLines(t, { query: 'basket.js', session: 'x', title: 'Fix $(x)\nit' });
    assert.deepEqual(own, { label: 'basket.js', description: 'from your session "Fix $\u200b(x) it"', corrected: 'basket.js' });
    assert.deepEqual(others.map(({ corrected }) => corrected), ['during:today', 'is:error during:last-week']);
  });

  it('offers nothing while there is nothing to find', () => {
    assert.deepEqual(firstLines(t, null), []);
  });
});
