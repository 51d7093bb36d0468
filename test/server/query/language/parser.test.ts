import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxLength, parseQuery } from '../../../../server/query/language/parser.ts';
import type { Query } from '../../../../server/query/language/query.ts';

const asker = { now: Date.UTC(2026, 10, 21, 7), timeZone: 'UTC' };

/** A tree as text, so that a test can be read. */
function shown(query: Query): string {
  switch (query.type) {
    case 'everything': return '*';
    case 'words': return `${query.isPhrase ? `"${query.text}"` : query.text}${query.isPrefix ? '…' : ''}`;
    case 'filter': return `${query.name}=${query.value}`;
    case 'time': return `[${query.since ?? ''},${query.until ?? ''})`;
    case 'not': return `!${shown(query.query)}`;
    case 'all': return `(${query.queries.map(shown).join(' & ')})`;
    case 'any': return `(${query.queries.map(shown).join(' | ')})`;
  }
}

describe('query language', () => {
  const trees: [string, string][] = [
    ['', '*'],
    ['flaky login', '(flaky & login)'],
    ['"flaky login" tes*', '("flaky login" & tes…)'],
    ['a OR b c', '((a | b) & c)'],
    ['a (b OR c d)', '(a & (b | c) & d)'],
    ['-a -(b OR c)', '(!a & !(b | c))'],
    ['git push --force', '(git & push & --force)'],
    ['pytest -k refund -slow', '(pytest & -k & refund & !slow)'],
    ['getUser() foo(bar)', '(getUser() & foo(bar))'],
    ['source:codex source:cursor flaky', '((source=codex | source=cursor) & flaky)'],
    ['-source:codex -source:cursor', '(!source=codex & !source=cursor)'],
    ['file:"my app.ts" IS:Error', '(file=my app.ts & is=error)'],
    ['exit:-1', 'exit=-1'],
    ['http://host:80/a std::vector', '(http://host:80/a & std::vector)'],
    ['C:\\tmp', 'C:\\tmp'],
    ['session:claude-code:abc', 'session=claude-code:abc'],
    ['after:2026-11-20 before:2026-11-21', `([${Date.UTC(2026, 10, 20)},) & [,${Date.UTC(2026, 10, 21)}))`],
  ];
  for (const [text, tree] of trees) {
    it(`reads ${text || 'nothing'}`, () => {
      const { query, mistakes } = parseQuery(text, asker);
      assert.equal(shown(query), tree);
      assert.deepEqual(mistakes, []);
    });
  }

  const wrong: [string, string, string, string | undefined][] = [
    ['a sorce:codex', 'unknown-filter', 'sorce', 'source'],
    ['is:eror', 'unknown-value', 'eror', 'error'],
    ['exit:one', 'not-a-number', 'one', undefined],
    ['during:yesteday', 'not-a-date', 'yesteday', 'yesterday'],
    ['before:2026-02-30', 'not-a-date', '2026-02-30', undefined],
    ['source: codex', 'no-value', 'source:', undefined],
    ['say "what', 'unclosed-quote', '"what', '"what"'],
    ['(a b', 'unclosed-parenthesis', '(', undefined],
    ['a) b', 'unopened-parenthesis', ')', undefined],
    ['OR a', 'nothing-before-or', 'OR', undefined],
    ['a OR', 'nothing-after-or', 'OR', undefined],
  ];
  for (const [text, code, at, suggestion] of wrong) {
    it(`points at ${at} in ${text}`, () => {
      const { mistakes } = parseQuery(text, asker);
      assert.deepEqual(mistakes.map(({ from, to, ...each }) => [each.code, text.slice(from, to), each.suggestion]), [[code, at, suggestion]]);
      assert.match(mistakes[0]?.message ?? '', /\.$/);
    });
  }

  it('reads on after a mistake', () => {
    assert.equal(shown(parseQuery('is:eror) flaky', asker).query), 'flaky');
  });

  it('reads the beginning of what is too long', () => {
    const { query, mistakes } = parseQuery(`flaky ${'('.repeat(1_000_000)}`, asker);
    assert.equal(shown(query), 'flaky');
    assert.equal(mistakes.length, 20);
    assert.ok(parseQuery('a'.repeat(1_000_000), asker).mistakes.some(({ code, from }) => code === 'too-long' && from === maxLength));
  });

  it('takes whatever is typed, and every place lies within it', function () {
    this.timeout(60_000);
    const language = fc.stringMatching(/^(?:[-"*() :\0a-c]|OR|source:|is:|before:|during:|😀|2026-1){0,40}$/);
    const inside = (text: string) => ({ from, to }: { readonly from: number; readonly to: number }): boolean => from >= 0 && from <= to && to <= text.length;
    const places = (query: Query): Query[] => [query, ...('queries' in query ? query.queries.flatMap(places) : 'query' in query ? places(query.query) : [])];
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), language), (text) => {
      const { query, mistakes } = parseQuery(text, asker);
      assert.ok([...places(query), ...mistakes].every(inside(text)));
    }), { numRuns: 4_000 });
  });
});
