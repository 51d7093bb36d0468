import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { appendFileSync, copyFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { openForeign, type Foreign, type ForeignQuery } from '../../../server/store/foreign.ts';
import { folderForEachTest } from '../../support/folder.ts';

describe('a database of another tool', () => {
  const at = folderForEachTest();
  const things: ForeignQuery = { table: 'thing', columns: ['id', 'text'], key: 'id' };

  /** A database with so many things; what is still in its log when it is left open is not in its file. */
  function make(mode: 'WAL' | 'DELETE', count = 3, name = 'tool.db'): Database.Database {
    const database = new Database(join(at.path, name));
    database.pragma(`journal_mode = ${mode}`);
    database.pragma('wal_autocheckpoint = 0');
    database.exec('CREATE TABLE thing (id TEXT PRIMARY KEY, text TEXT, at INTEGER)');
    add(database, 0, count);
    return database;
  }

  function add(database: Database.Database, from: number, to: number): void {
    const insert = database.prepare('INSERT INTO thing VALUES (?, ?, ?)');
    database.transaction(() => {
      for (let each = from; each < to; each++) insert.run(`id-${String(each).padStart(5, '0')}`, `text ${each}`, each);
    })();
  }

  /** Every file of the folder with its content and times. */
  const snapshot = (): unknown => readdirSync(at.path).sort().map((name) => {
    const { size, mtimeNs, ctimeNs, ino, mode } = statSync(join(at.path, name), { bigint: true });
    return [name, size, mtimeNs, ctimeNs, ino, mode, readFileSync(join(at.path, name)).toString('base64')];
  });

  function reading<T>(use: (foreign: Foreign) => T, largest?: number, name = 'tool.db'): T {
    const foreign = openForeign(join(at.path, name), largest);
    assert.ok(foreign, 'It is being written.');
    try {
      return use(foreign);
    } finally {
      foreign.close();
    }
  }

  const ids = (foreign: Foreign): unknown[] => [...foreign.rows(things)].map(({ id }) => id);

  for (const mode of ['WAL', 'DELETE'] as const) {
    it(`of journal mode ${mode} is read while the tool has it open and when it has not, and nothing beside it is created or changed`, () => {
      const database = make(mode);
      const open = snapshot();
      assert.deepEqual(reading(ids), ['id-00000', 'id-00001', 'id-00002']);
      assert.deepEqual(snapshot(), open);
      database.close();
      const closed = snapshot();
      assert.deepEqual(readdirSync(at.path), ['tool.db']);
      assert.deepEqual(reading(ids), ['id-00000', 'id-00001', 'id-00002']);
      assert.deepEqual(snapshot(), closed);
    });
  }

  it('is read with a log that a tool left behind when it crashed', () => {
    const database = make('WAL', 3, 'running.db');
    for (const ending of ['', '-wal']) copyFileSync(join(at.path, `running.db${ending}`), join(at.path, `tool.db${ending}`));
    const before = snapshot();
    assert.equal(reading(ids).length, 3);
    assert.deepEqual(snapshot(), before);
    database.close();
  });

  it('is what SQLite says it is, wherever the log is cut', () => {
    const database = make('WAL', 0, 'running.db');
    for (let round = 0; round < 6; round++) add(database, round * 40, (round + 1) * 40);
    database.exec("UPDATE thing SET text = 'changed' WHERE at % 7 = 0");
    const [file, log] = [join(at.path, 'running.db'), readFileSync(join(at.path, 'running.db-wal'))];
    let number = 0;
    fc.assert(fc.property(fc.integer({ min: 0, max: log.length }), (length) => {
      const name = `cut-${number++}.db`;
      copyFileSync(file, join(at.path, name));
      writeFileSync(join(at.path, `${name}-wal`), log.subarray(0, length));
      const ours = reading((foreign) => (foreign.columns('thing').size === 0 ? [] : [...foreign.rows(things)]), undefined, name);
      const theirs = new Database(join(at.path, name));
      const there = theirs.prepare("SELECT 1 FROM sqlite_master WHERE name = 'thing'").get();
      const told = there ? theirs.prepare('SELECT id, text FROM thing ORDER BY id').all() : [];
      theirs.close();
      assert.deepEqual(ours, told);
    }), { numRuns: 40 });
    database.close();
  });

  it('takes no frame of an earlier round of the log, and none that was damaged', () => {
    const database = make('WAL', 200);
    database.pragma('wal_checkpoint(RESTART)');
    add(database, 200, 201);
    assert.equal(reading(ids).length, 201);
    const log = join(at.path, 'tool.db-wal');
    const bytes = readFileSync(log);
    bytes[32 + 24 + 100] = (bytes[32 + 24 + 100] ?? 0) ^ 1;
    writeFileSync(log, bytes);
    assert.equal(reading(ids).length, 200);
    database.close();
  });

  it('gives rows in pages, within a range of the key, and with other conditions', () => {
    make('DELETE', 1_700).close();
    assert.equal(reading(ids).length, 1_700);
    assert.equal(reading((foreign) => foreign.newest('thing')), 1_700);
    const where = [{ column: 'id', is: '>=', value: 'id-00100' }, { column: 'id', is: '<', value: 'id-00103' }, { column: 'at', is: '>', value: 100 }] as const;
    assert.deepEqual(reading((foreign) => [...foreign.rows({ ...things, where })]), [
      { id: 'id-00101', text: 'text 101' }, { id: 'id-00102', text: 'text 102' },
    ]);
  });

  it('gives bytes as text, nothing as null, and what is too long as undefined', () => {
    const database = make('DELETE', 0);
    const insert = database.prepare('INSERT INTO thing VALUES (?, ?, ?)');
    insert.run('a', Buffer.from('Grüße'), 1);
    insert.run('b', null, 1);
    insert.run('c', 'x'.repeat((32 << 20) + 1), 1);
    database.close();
    const texts = reading((foreign) => [...foreign.rows(things)].map(({ text }) => text));
    assert.deepEqual(texts, ['Grüße', null, undefined]);
  });

  it('names the table or column that is not there, and takes no other word for one', () => {
    make('DELETE').close();
    const told = (query: Partial<ForeignQuery>): void => void reading((foreign) => [...foreign.rows({ ...things, ...query })]);
    assert.throws(() => told({ table: 'other' }), /tool\.db has no table other that Daybook/);
    assert.throws(() => told({ columns: ['id" FROM thing --'] }), /has no column id" FROM thing -- in its table thing/);
    assert.throws(() => told({ where: [{ column: '1=1 OR id', is: '=', value: 1 }] }), /no column 1=1 OR id/);
    assert.deepEqual(reading((foreign) => [...foreign.columns('other')]), []);
  });

  it('that is larger than what is read into memory is read through its file where SQLite makes no other', () => {
    make('DELETE', 3, 'old.db').close();
    const running = make('WAL', 3);
    const names = readdirSync(at.path);
    assert.equal(reading(ids, 0, 'old.db').length, 3);
    assert.equal(reading(ids, 0).length, 3);
    assert.deepEqual(readdirSync(at.path), names);
    running.close();
  });

  it('that is larger and whose tool has ended is read, and nothing beside it is created or changed', () => {
    const database = make('WAL', 1_700, 'a b#?%.db');
    database.prepare('INSERT INTO thing VALUES (?, ?, ?)').run('last', Buffer.from('Grüße'), 2n ** 60n);
    database.close();
    const closed = snapshot();
    reading((foreign) => {
      const all = [...foreign.rows({ ...things, columns: ['id', 'text', 'at'] })];
      assert.equal(all.length, 1_701);
      assert.deepEqual([all[1_699], all[1_700]], [{ id: 'id-01699', text: 'text 1699', at: 1_699 }, { id: 'last', text: 'Grüße', at: 2 ** 60 }]);
      assert.deepEqual([foreign.newest('thing'), [...foreign.columns('thing')], [...foreign.columns('other')]], [1_701, ['id', 'text', 'at'], []]);
      const where = [{ column: 'id', is: '>', value: 'id-01698' }, { column: 'at', is: '<', value: 5_000 }] as const;
      assert.deepEqual([...foreign.rows({ ...things, where })], [{ id: 'id-01699', text: 'text 1699' }]);
    }, 0, 'a b#?%.db');
    assert.deepEqual(snapshot(), closed);
  });

  it('that is larger and is changed while it is read as one that is not has to be read again', () => {
    make('WAL', 1_200).close();
    const foreign = openForeign(join(at.path, 'tool.db'), 0);
    assert.ok(foreign);
    const rows = foreign.rows(things)[Symbol.iterator]();
    for (let each = 0; each < 500; each++) assert.equal(rows.next().done, false);
    const database = new Database(join(at.path, 'tool.db'));
    database.exec("DELETE FROM thing WHERE at < 900; UPDATE thing SET text = 'new'");
    database.close();
    assert.throws(() => rows.next(), /tool\.db was changed while it was read\./);
    foreign.close();
  });

  it('that is larger and has a log that its tool left behind is read when the tool runs again', () => {
    const database = make('WAL', 3, 'running.db');
    for (const ending of ['', '-wal']) copyFileSync(join(at.path, `running.db${ending}`), join(at.path, `tool.db${ending}`));
    const before = snapshot();
    assert.throws(() => openForeign(join(at.path, 'tool.db'), 0), /tool\.db is larger than 0 MB\. Daybook reads it while the tool/);
    assert.deepEqual(snapshot(), before);
    database.close();
  });

  it('is not read in the middle of a transaction, nor when it is none', () => {
    make('DELETE').close();
    appendFileSync(join(at.path, 'tool.db-journal'), Buffer.from([0xd9, 0xd5, 5, 0xf9]));
    assert.equal(openForeign(join(at.path, 'tool.db')), undefined);
    truncateSync(join(at.path, 'tool.db'), 99);
    assert.throws(() => openForeign(join(at.path, 'tool.db')), /tool\.db is not an SQLite database\./);
  });
});
