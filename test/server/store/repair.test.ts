import Database from 'better-sqlite3';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backUp } from '../../../server/backups.ts';
import { readRepairs } from '../../../server/store/repairs.ts';
import { schemaVersion } from '../../../server/store/schema.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';
import { append, ids, idsOf, note, notes } from '../backups/records.ts';

const word = 'zanzibarquince';

describe('a database that cannot be used', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  let data: string;
  let path: string;
  beforeEach(() => {
    data = join(at.path, 'data');
    path = join(data, 'daybook.db');
    const store = openStore(data);
    append(store, ...notes(0, 30), note(30, word));
    store.write((batch) => batch.setCursor('/home/ada/one.jsonl', { source: 'tool', cursor: '{"offset":1}', sessions: [] }));
    backUp(store, { reason: 'manual' });
    append(store, ...notes(31, 40));
    store.close();
  });

  const aside = (): string[] => readdirSync(data).filter((name) => name.includes('.damaged-'));
  const told = (): string[] => readRepairs(data).map(({ code }) => code);
  const expected = ids(0, 40);
  function isWhole(store: Store): void {
    store.catchUp();
    assert.deepEqual(idsOf(store), expected);
    assert.deepEqual([store.check(), store.queries.search(word, { limit: 5 }).total, store.cursors.get('/home/ada/one.jsonl')?.cursor], [[], 1, '{"offset":1}']);
    append(store, note(50));
    assert.equal(store.stats().records, 41);
    store.close();
  }

  /** Whether not a byte of it is touched before it is kept aside. */
  const isForeign = (what: string): boolean => /no database|cut off|middle/.test(what);
  function versionIn(file: string): unknown {
    const database = new Database(file, { readonly: true });
    try {
      return database.pragma('user_version', { simple: true });
    } finally {
      database.close();
    }
  }

  const damages: Readonly<Record<string, () => void>> = {
    'is no database': () => writeFileSync(path, 'lorem ipsum '.repeat(10_000)),
    'is cut off within its first page': () => truncateSync(path, 700),
    'has lost its middle': () => truncateSync(path, 8192),
    'lacks a table it should have': () => {
      const database = new Database(path);
      database.exec('DROP TABLE journal_file');
      database.close();
    },
    'does not take a migration': () => {
      const database = new Database(path);
      database.pragma('user_version = 2'); // of which it has nothing: the tables of version 3 are there
      database.close();
    },
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`is kept aside when it ${what}, and made again from the journal`, () => {
      damage();
      const before = readFileSync(path);
      const store = openStore(data);
      const [name = ''] = aside();
      assert.match(name, /^daybook\.db\.damaged-\d{4}-\d\d-\d\dT[\d-]+Z$/);
      if (isForeign(what)) assert.ok(readFileSync(join(data, name)).equals(before));
      else assert.equal(versionIn(join(data, name)), what.includes('migration') ? 2 : schemaVersion, 'what was begun is rolled back');
      isWhole(store);
      assert.deepEqual(told(), ['database-damaged']);
      assert.match(readRepairs(data)[0]?.message ?? '', /^The database could not be used \(.+\)\. It was made again from the journal; the old one is .+damaged-[\dTZ-]+\.$/);
    });
  }

  it('is made again when it is missing', () => {
    for (const name of readdirSync(data).filter((each) => each.startsWith('daybook.db'))) rmSync(join(data, name));
    isWhole(openStore(data));
    assert.deepEqual([told(), aside()], [['database-missing'], []]);
    rmSync(join(data, 'backups'), { recursive: true });
    rmSync(path);
    const store = openStore(data);
    assert.equal(store.cursors.get('/home/ada/one.jsonl'), undefined);
    assert.equal(readRepairs(data).at(-1)?.message, 'The database was not there and was made again from the journal. AI sessions are read once more.');
    store.close();
  });

  it('is found damaged while it is in use, and the next one that writes goes on', () => {
    const [store, other] = [openStore(data), openStore(data)];
    const bytes = readFileSync(path);
    store.close(); // the log is in the file now, and only the pages of the other one are remembered
    writeFileSync(path, bytes.fill(0x55, 4096));
    let failures = 0;
    for (let number = 40; number < 60; number++) {
      try {
        append(other, note(number));
      } catch {
        failures++;
      }
    }
    other.catchUp();
    assert.ok(failures <= 1, String(failures));
    assert.deepEqual(idsOf(other).filter((id) => !ids(40, 60).includes(id)), expected);
    assert.ok(idsOf(other).length >= expected.length + 19);
    assert.deepEqual(other.check(), []);
    other.close();
  });

  it('goes when something is forgotten: it may have it', () => {
    truncateSync(path, 8192);
    const store = openStore(data);
    store.catchUp();
    assert.equal(aside().length, 1);
    store.forget({ records: ['e30'], sessions: [] });
    assert.deepEqual([aside(), traces(data, word)], [[], []]);
    store.close();
  });

  it('is written no more once a newer version has it', () => {
    const older = openStore(data);
    const newer = new Database(path);
    newer.pragma('user_version = 999');
    newer.close();
    assert.throws(() => append(older, note(70)), /was made by a newer version of Daybook \(schema 999, this one knows \d+\)\. It is only read/);
    assert.deepEqual([idsOf(older), older.behind()], [expected, 0]);
    older.close();
  });

  it('is the same after its folder moved', () => {
    const moved = join(at.path, 'moved ü');
    renameSync(data, moved);
    const store = openStore(moved);
    store.catchUp();
    assert.deepEqual([idsOf(store), store.behind(), readRepairs(moved)], [expected, 0, []]);
    store.close();
  });
});
