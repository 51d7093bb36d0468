import assert from 'node:assert/strict';
import { colored, searchText } from '../../../server/cli/searchText.ts';
import { matchEnd, matchStart, type SearchGroup, type SearchHit } from '../../../shared/results.ts';

const hit: SearchHit = {
  id: 'r1', time: '2026-11-20T10:00:00.000Z', source: 'cli', family: 'events', kind: 'note', sessionId: null, snippet: `a ${matchStart}word${matchEnd} b`, score: 1,
};
const session = { id: 's', kind: 'coding', source: 'cli', title: 'My\nwork', workspace: null, endedAt: hit.time } as const;
const neighbour = { id: 'r0', time: '2026-11-20T09:59:00.000Z', source: 'cli', kind: 'note', text: `before ${'x'.repeat(200)}` };

describe('results of a search, for people', () => {
  it('stand alone where they belong to no session', () => {
    assert.equal(searchText({ query: 'word', total: 1, results: [hit] }), '2026-11-20 10:00  cli note  r1\n    a word b\n1 result.');
    assert.equal(searchText({ query: 'word', total: 9, results: [{ ...hit, sessionId: 's' }] }), '2026-11-20 10:00  cli note  s\n    a word b\n1 of 9 results; more with --limit.');
    assert.equal(searchText({ query: 'word', total: 0, results: [] }), 'Nothing found for word.');
    assert.match(searchText({ query: 'word', total: 0, results: [], more: true }), /^Nothing found for word in the newest records;/);
  });

  it('stand together by session, the best between what came before and after', () => {
    const other = { ...hit, id: 'r2', sessionId: 's', time: '2026-11-20T10:30:00.000Z' };
    const groups: SearchGroup[] = [{ session, hits: ['r1', 'r2'], before: neighbour, after: { ...neighbour, time: '2026-11-20T10:01:00.000Z', text: 'after' } }];
    const lines = searchText({ query: 'word', total: 2, results: [{ ...hit, sessionId: 's' }, other], groups }).split('\n');
    assert.deepEqual(lines, [
      '2026-11-20 10:00  My work  cli  s', `    09:59 note  before ${'x'.repeat(92)}…`, '    10:00 note  a word b', '    10:01 note  after', '    10:30 note  a word b', '2 results.',
    ]);
  });

  it('have colours on a terminal only', () => {
    const result = { query: 'word', total: 1, results: [{ ...hit, snippet: `\u202ea ${matchStart}word${matchEnd}` }] };
    assert.match(searchText(result, colored), / {4}a \u001b\[1m\u001b\[33mword/);
    assert.doesNotMatch(searchText(result), /[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});
