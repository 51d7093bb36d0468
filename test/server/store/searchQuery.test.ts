import assert from 'node:assert/strict';
import fc from 'fast-check';
import Database from 'better-sqlite3';
import { ftsExpression, isShortPrefix, markedTerms, parseSearch } from '../../../server/store/searchQuery.ts';

const expression = (typed: string, typing = false): string => ftsExpression(parseSearch(typed, typing));

describe('what a person types', () => {
  const expressions: [string, string][] = [
    ['flaky login', '"flaky" AND "login"'],
    ['"flaky login" test', '("flaky" AND "login") AND "test"'],
    ['log* -error', '"log"*'],
    ['a OR b c', '("a" OR "b") AND "c"'],
    ['src/app.ts', '("src" AND "app" AND "ts")'],
    ['say "unclosed phrase', '"say" AND ("unclosed" AND "phrase")'],
    ['NEAR(a b)', '("near" AND "a") AND "b"'],
    ['Café', '"cafe"'],
    ['getUser', '("getuser" OR ("get" AND "user"))'],
    ['getUs*', '("getus"* OR ("get" AND "us"*))'],
    ['注文一 x', '("注文一" OR ("注文" AND "文一")) AND "x"'],
    ['-only -minus', ''],
    ['*** "" - ()', ''],
  ];
  for (const [typed, wanted] of expressions) {
    it(`looks up ${wanted || 'nothing'} for ${typed}`, () => assert.equal(expression(typed), wanted));
  }

  it('takes the last word as a prefix while typing', () => {
    assert.equal(expression('flaky logi', true), '"flaky" AND "logi"*');
    assert.equal(expression('flaky logi ', true), '"flaky" AND "logi"');
    assert.equal(expression('flaky -log', true), '"flaky"');
  });

  it('does not look up two letters beside a word, nor alone', () => {
    assert.equal(expression('flaky lo', true), '"flaky"');
    assert.ok(isShortPrefix(parseSearch('lo', true)));
    assert.ok(!isShortPrefix(parseSearch('log', true)));
    assert.ok(!isShortPrefix(parseSearch('lo')));
  });

  it('marks words and prefixes, not what is unwanted', () => {
    assert.deepEqual(markedTerms(parseSearch('"flaky login" tes* -error')), ['flaky', 'login', 'tes*']);
  });

  it('marks inside a word what may stand inside one', () => {
    assert.deepEqual(markedTerms(parseSearch('getUser 注文')), ['*getuser', '*注文']);
  });

  it('never gives FTS5 anything it cannot parse', () => {
    const database = new Database(':memory:');
    database.exec(`CREATE VIRTUAL TABLE t USING fts5(body, content = '', detail = none, tokenize = "unicode61 remove_diacritics 0")`);
    const find = database.prepare('SELECT count(*) FROM t WHERE t MATCH ?');
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-"*()OR ANDT:^{}'\0a-c]{0,30}$/));
    fc.assert(fc.property(hostile, fc.boolean(), (typed, typing) => {
      const wanted = expression(typed, typing);
      if (wanted) find.get(wanted);
    }), { numRuns: 1_000 });
    database.close();
  });
});
