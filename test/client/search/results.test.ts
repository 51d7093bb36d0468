import assert from 'node:assert/strict';
import { completionLines, resultLines } from '../../../client/search/results.ts';
import type { SearchGroup, SearchHit } from '../../../shared/results.ts';
import { t } from '../translate.ts';

const looking = { t, now: new Date('2026-11-20T14:00:00.000Z') };
const time = '2026-11-20T12:00:00.000Z';
const hit = (id: string, sessionId: string | null): SearchHit => ({ id, time, source: 'codex', family: 'chats', kind: 'message', sessionId, snippet: `text ${id}`, score: 1 });
const session = (id: string): SearchGroup['session'] => ({ id, kind: 'chat', source: 'codex', title: `Title ${id}`, workspace: null, endedAt: time });

describe('client: lines of the search', () => {
  const told = (groups: readonly SearchGroup[]): string[] => {
    const results = groups.flatMap(({ session: of, hits }) => hits.map((id) => hit(id, of?.id ?? null)));
    return resultLines({ query: 'x ', total: results.length, results, groups }, looking)
      .map((line) => (line.type === 'session' ? `# ${line.label}` : line.type === 'hit' ? `${line.line.label}${line.detail ? ` | ${line.detail}` : ''}` : `> ${line.label}: ${line.corrected}`));
  };

  it('stand by session, with what came before and after the best', () => {
    const neighbour = (text: string) => ({ id: text, time, source: 'codex', kind: 'message', text });
    assert.deepEqual(told([{ session: session('a'), hits: ['1', '2'], before: neighbour('a question'), after: neighbour('an $(icon)') }, { session: null, hits: ['3'] }, { session: null, hits: ['4'] }]), [
      '# Title a', 'text 1 | ↑ a question   ↓ an $\u200b(icon)', 'text 2', '# Outside of a session', 'text 3', 'text 4',
    ]);
  });

  it('say how many more a session has, and narrow the search to it', () => {
    assert.deepEqual(told([{ session: session('codex:a b'), hits: ['1', '2', '3', '4', '5'] }]).slice(4), ['> 2 more in this session: x session:"codex:a b" ']);
  });

  it('are in their order where nobody grouped them', () => {
    const lines = resultLines({ query: 'x', total: 2, results: [hit('1', 'a'), hit('2', null)] }, looking);
    assert.deepEqual(lines.map(({ type }) => type), ['hit', 'hit']);
  });

  const offered = (query: string, from: number, ...texts: string[]): string[] =>
    completionLines({ query, from, to: query.length, items: texts.map((text) => ({ text, says: '' })) }).map((line) => (line.type === 'write' ? `${line.label} → ${line.corrected}` : line.type));

  it('offer values while one is typed, and filters where nothing is', () => {
    assert.deepEqual(offered('a -tool:ba', 8, 'Bash', 'Ba'), ['-tool:Bash → a -tool:Bash ']);
    assert.deepEqual(offered('', 0, 'source:', 'kind:'), ['source: → source:', 'kind: → kind:']);
    assert.deepEqual(offered('a so', 2, 'source:'), ['source: → a source:']);
  });

  it('are not in the way of words', () => {
    assert.deepEqual(offered('a s', 2, 'source:', 'session:'), []);
    assert.deepEqual(offered('a ', 2, 'source:'), []);
    assert.deepEqual(offered('file:"my a', 5, '"my a"'), []);
  });
});
