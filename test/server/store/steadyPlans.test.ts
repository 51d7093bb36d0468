import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openDatabase, type Sqlite } from '../../../server/store/database.ts';
import { steady } from '../../../server/store/steadyPlans.ts';
import { folderForEachTest } from '../../support/folder.ts';

describe('statements that are planned once', () => {
  const at = folderForEachTest();
  let database: Sqlite;
  beforeEach(() => (database = openDatabase(join(at.path, 'daybook.db'))));
  afterEach(() => database.close());

  it('hide the values of their parameters from the planner', () => {
    assert.equal(steady('SELECT * FROM a WHERE b = ? AND c IN (?2, :d, @e, $f) LIMIT ?'), 'SELECT * FROM a WHERE b = +? AND c IN (+?2, +:d, +@e, +$f) LIMIT +?');
    assert.equal(steady('UPDATE a SET b = :b WHERE (c, d) > (:c, :d)'), 'UPDATE a SET b = +:b WHERE (c, d) > (+:c, +:d)');
  });

  it('keep what only looks like a parameter', () => {
    for (const sql of [
      `SELECT strftime('%Y-%m-%dT%H:%M:%fZ', s.started / 1000.0, 'unixepoch') FROM s`,
      `SELECT 'it''s :so?' AS "a ? :b"`,
      'SELECT 1 -- why? :because\n',
      'SELECT 1 /* why? :because\n or ? */ + 2',
    ]) assert.equal(steady(sql), sql);
    assert.equal(steady(`SELECT ':a' || ? -- ?\n || :b`), `SELECT ':a' || +? -- ?\n || +:b`);
  });

  it('are those of every database of Daybook, and take every kind of value as it is', () => {
    assert.equal(database.prepare('SELECT ?').source, 'SELECT +?');
    const give = database.prepare<[unknown]>('SELECT ?').pluck();
    const typeOf = database.prepare<[unknown], string>('SELECT typeof(?)').pluck();
    for (const [value, type] of [['text', 'text'], ['12', 'text'], [Buffer.from([0, 1, 255]), 'blob'], [null, 'null'], [1.5, 'real'], [12n, 'integer']] as const) {
      assert.deepEqual(give.get(value), typeof value === 'bigint' ? Number(value) : value);
      assert.equal(typeOf.get(value), type);
    }
  });

  it('still use an index', () => {
    const plan = (sql: string, ...values: unknown[]): string => (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]).map(({ detail }) => detail).join('; ');
    assert.match(plan('SELECT seq FROM record WHERE key = ?', Buffer.alloc(12)), /USING COVERING INDEX sqlite_autoindex_record_1|USING INDEX sqlite_autoindex_record_1/);
    assert.match(plan('SELECT seq FROM record WHERE session = ? ORDER BY time LIMIT ?', 1, 2), /record_session \(session=\?\)/, 'one that holds some rows only');
    assert.match(plan('SELECT f.path FROM block b JOIN journal_file f ON f.id = b.file WHERE b.id = ?', 1), /^SEARCH b USING INTEGER PRIMARY KEY/);
  });
});
