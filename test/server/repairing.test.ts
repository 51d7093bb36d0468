import Database from 'better-sqlite3';
import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { listBackups } from '../../server/backups.ts';
import { diagnose } from '../../server/doctor.ts';
import { repair } from '../../server/repairing.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { folderForEachTest } from '../support/folder.ts';
import { append, ids, idsOf, note, notes } from './backups/records.ts';
import { nowhere } from './importers/notes.ts';

describe('doctor --repair', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  let data: string;
  let store: Store;
  beforeEach(() => {
    data = join(at.path, 'data');
    store = openStore(data);
    append(store, ...notes(0, 30));
  });
  afterEach(() => store.close());

  const said = async (name: string): Promise<string[]> => (await diagnose({ store, machine: nowhere, importers: [] })).checks.filter((each) => each.name === name).map(({ message }) => message);

  it('makes a backup, and has nothing to do where all is well', () => {
    const { backup, done } = repair(store);
    assert.deepEqual([done, listBackups(data).backups.map(({ id, reason }) => [id, reason])], [[], [[backup, 'repair']]]);
  });

  it('keeps a damaged database aside and makes it again, with progress', async () => {
    store.close();
    damageIndex(join(data, 'daybook.db'));
    store = openStore(data);
    const [fault] = store.check();
    assert.ok(fault);
    assert.match((await said('database'))[0] ?? '', /is damaged \(.+\)\. To keep it aside and make it again from the journal, run: daybook doctor --repair$/);
    let steps = 0;
    const { done } = repair(store, () => steps++);
    assert.match(done[0] ?? '', /^The database was damaged \(.+\)\. It is kept aside, and was made again from the journal: 30 records in [\d.]+ s\.$/);
    assert.deepEqual([idsOf(store), store.check(), steps > 0], [ids(0, 30), [], true]);
    assert.match((await said('repairs'))[0] ?? '', /^\d{4}-\d\d-\d\d: The database could not be used \(.+\)\. It was made again/);
    append(store, note(30));
    assert.equal(store.stats().records, 31);
  });

  it('closes the folder to others, and takes away what was left half-written', function () {
    if (process.platform === 'win32') this.skip();
    chmodSync(data, 0o755);
    const left = join(data, 'journal/events/2026-11-01.jsonl.tmp');
    writeFileSync(left, 'half');
    assert.deepEqual(repair(store).done, [
      `${data} could be read by other users of this machine, and can no more.`, '1 file that a process left half-written was taken away; nothing of the record was in it alone.',
    ]);
    assert.deepEqual([statSync(data).mode & 0o777, existsSync(left)], [0o700, false]);
  });

  it('finds a torn tail, and a day that is half compressed, put right already', () => {
    const path = (name: string): string => join(data, 'journal/events', name);
    const whole = readFileSync(path('2026-11-01.jsonl'));
    store.seal({ everything: true });
    writeFileSync(path('2026-11-01.jsonl'), whole); // sealed, and the plain file was not taken away
    appendFileSync(path('2026-11-02.jsonl.zst'), readFileSync(path('2026-11-02.jsonl.zst')).subarray(0, 60)); // a frame that was being written
    appendFileSync(path('2026-11-03.jsonl'), '{"specversion":"1.0","id":"torn');
    store.catchUp();
    assert.deepEqual([idsOf(store), repair(store).done, store.behind()], [ids(0, 30), [], 0]);
    assert.equal(store.stats().records, 30);
    assert.deepEqual(readdirSync(join(data, 'journal/events')).filter((name) => name.endsWith('.tmp')), []);
  });

  it('says that a clock was wrong, and keeps what it recorded', async () => {
    const later = { ...note(90), time: '2091-01-02T00:00:00.000Z' };
    append(store, later, { ...later, id: 'e91', time: '2091-01-03T00:00:00.000Z' });
    const expected = ['2 records are of a time that is still to come, the last of 2091-01-03: a clock was wrong then. They are kept as they are.'];
    assert.deepEqual(await said('clock'), expected);
    store.seal({ everything: true });
    assert.deepEqual([await said('clock'), store.stats().records], [expected, 32]);
  });
});

/** Writes over the page in which an index begins: nobody notices before he asks it. */
function damageIndex(path: string): void {
  const database = new Database(path);
  const page = Number(database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'record_time'").pluck().get());
  const bytes = Number(database.pragma('page_size', { simple: true }));
  database.close();
  const handle = openSync(path, 'r+');
  try {
    writeSync(handle, Buffer.alloc(bytes, 0x55), 0, bytes, (page - 1) * bytes);
  } finally {
    closeSync(handle);
  }
}
