import assert from 'node:assert/strict';
import { mistakeText, queryOf } from '../../../server/cli/search.ts';

describe('daybook search', () => {
  const queries: [string[], string][] = [
    [['flaky', 'login'], 'flaky login'],
    [['flaky login'], 'flaky login'],
    [['is:error', 'flaky login'], 'is:error "flaky login"'],
    [['a', 'file:my app.ts'], 'a file:"my app.ts"'],
    [['a', '-workspace:my project'], 'a -workspace:"my project"'],
    [['a', 'b "c d"'], 'a b "c d"'],
  ];
  for (const [words, query] of queries) it(`makes ${query} of ${JSON.stringify(words)}`, () => assert.equal(queryOf(words), query));

  it('points at a mistake', () => {
    const mistake = { code: 'unknown-filter', from: 2, to: 7, message: 'There is no filter sorce:.', suggestion: 'source' };
    assert.equal(mistakeText('a sorce:codex', mistake), 'There is no filter sorce:.\n  a sorce:codex\n    ^^^^^ source\n');
  });
});
