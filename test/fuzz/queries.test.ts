import assert from 'node:assert/strict';
import { complete } from '../../server/query/language/completion.ts';
import { parseQuery } from '../../server/query/language/parser.ts';
import { cases, fuzz } from './fuzzing.ts';

const pieces = [
  ' ', '"', '(', ')', '-', '*', 'OR', ' OR ', 'AND', 'NOT', 'NEAR(', ':', ';--', "' OR 1=1", 'source:', 'kind:terminal', 'exit:1', 'exit:', 'is:error', 'is:', 'has:', 'file:a/b', 'session:', 'before:2026-02-30',
  'after:7d', 'during:yesterday', 'during:last-week', 'after:"2026-11-20 14:30"', 'actor:agent:', 'SOURCE:x', '-"a b"', '-(a OR b)', '你好', 'ภาษาไทย',
];
const seeds = [
  'flaky login', '"exact words" -not', 'prefix* (a OR b) source:codex', '-is:error kind:terminal exit:0', 'after:2026-11-01 before:7d file:"src/my app.ts"', 'getUserName tool:bash model:sonnet during:2026-11',
];
const asker = { now: Date.UTC(2026, 10, 21), timeZone: 'Europe/Berlin' };

describe('hostile searches', function () {
  this.timeout(300_000);

  it(`${cases.queries} of them are understood or named, within their text`, async () => {
    await fuzz(cases.queries, (mutants) => mutants.text(mutants.one(seeds), pieces), (text) => {
      const { mistakes } = parseQuery(text, asker);
      for (const { from, to, message } of mistakes) assert.ok(from >= 0 && from <= to && to <= text.length && message !== '');
    });
  });

  it(`${cases.completions} unfinished ones are completed`, async () => {
    const known = (): readonly string[] => ['codex', 'a "b"', 'x\\y', ''];
    await fuzz(cases.completions, (mutants) => mutants.text(mutants.one(seeds), pieces), (text) => {
      const { items } = complete(text, known, 10);
      assert.ok(items.length <= 10);
    });
  });
});
