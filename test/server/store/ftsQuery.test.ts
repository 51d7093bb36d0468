import assert from 'node:assert/strict';
import fc from 'fast-check';
import Database from 'better-sqlite3';
import { ftsQuery } from '../../../server/store/ftsQuery.ts';

describe('ftsQuery', () => {
  const expressions: [string, string][] = [
    ['flaky login', '"flaky" AND "login"'],
    ['"flaky login" test', '"flaky login" AND "test"'],
    ['log* -error', '("log"*) NOT ("error")'],
    ['a OR b c', '("a" OR "b") AND "c"'],
    ['src/app.ts', '"src app ts"'],
    ['say "unclosed phrase', '"say" AND "unclosed phrase"'],
    ['NEAR(a b)', '"NEAR a" AND "b"'],
    ['-only -minus', ''],
    ['*** "" - ()', ''],
  ];
  for (const [typed, expression] of expressions) {
    it(`takes ${typed} as ${expression || 'nothing'}`, () => assert.equal(ftsQuery(typed).expression, expression));
  }

  it('takes the last word as a prefix while typing', () => {
    assert.equal(ftsQuery('flaky log', true).expression, '"flaky" AND "log"*');
    assert.equal(ftsQuery('flaky log ', true).expression, '"flaky" AND "log"');
  });

  it('never gives FTS5 anything it cannot parse', () => {
    const database = new Database(':memory:');
    database.exec('CREATE VIRTUAL TABLE t USING fts5(body)');
    const find = database.prepare('SELECT count(*) FROM t WHERE t MATCH ?');
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-"*()OR ANDT:^{}'\0a-c]{0,30}$/));
    fc.assert(fc.property(hostile, fc.boolean(), (typed, typing) => {
      const { expression } = ftsQuery(typed, typing);
      if (expression) find.get(expression);
    }), { numRuns: 300 });
    database.close();
  });
});
