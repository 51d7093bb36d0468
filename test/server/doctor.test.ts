import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose } from '../../server/doctor.ts';
import type { Importer } from '../../server/importers/importer.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { DoctorResult } from '../../shared/results.ts';
import { folderForEachTest } from '../support/folder.ts';
import { note, notesImporter, nowhere } from './importers/notes.ts';

function record(id: string, kind = 'note'): DaybookRecord {
  const data = { code: 'x', message: 'The line is torn.' };
  return { specversion: '1.0', id, source: 'test', type: `dev.daybook.event.${kind}`, time: '2026-11-20T10:00:00.000Z', data };
}

describe('doctor', () => {
  const at = folderForEachTest();
  let store: Store;
  beforeEach(() => {
    store = openStore(join(at.path, 'data'));
  });
  afterEach(() => store.close());

  const look = (importers: readonly Importer[] = []): Promise<DoctorResult> => diagnose({ store, machine: nowhere, importers });
  async function check(name: string, importers?: readonly Importer[]): Promise<DoctorResult['checks'][number]> {
    const found = (await look(importers)).checks.find((each) => each.name === name);
    assert.ok(found, name);
    return found;
  }

  it('finds a new record sound', async () => {
    const { healthy, checks } = await look();
    const expected = ['node ok', 'data directory ok', 'database ok', 'index ok', 'problems ok'];
    assert.deepEqual([healthy, checks.map(({ name, state }) => `${name} ${state}`)], [true, expected]);
  });

  it('says who else can read the directory, and what to do', async function () {
    if (process.platform === 'win32') this.skip();
    chmodSync(store.paths.root, 0o755);
    const { state, message } = await check('data directory');
    assert.equal(state, 'warning');
    assert.match(message, /can be read by other users of this machine\. Run: chmod 700 '/);
  });

  it('says that the index is behind', async () => {
    store.write((batch) => batch.append([record('1')]));
    appendFileSync(join(store.paths.journal, 'events/2026-11-20.jsonl'), `${JSON.stringify(record('2'))}\n`);
    const { state, message } = await check('index');
    assert.deepEqual([state, message], ['warning', 'One journal file holds more, or less, than the index. Run: daybook rebuild']);
    store.catchUp();
    assert.equal((await check('index')).state, 'ok');
  });

  it('says how to find what could not be read', async () => {
    store.write((batch) => batch.append([record('1', 'source.problem'), record('2', 'source.problem'), record('3')]));
    const { state, message } = await check('problems');
    assert.equal(state, 'warning');
    const [, query = ''] = /^2 things could not be read\. See with: daybook search (.+)$/.exec(message) ?? [];
    assert.deepEqual(store.queries.search(query, { limit: 10 }).results.map(({ id }) => id).sort(), ['1', '2']);
  });

  it('says what each source holds, or where it looked', async () => {
    const root = join(at.path, 'notes');
    assert.match((await check('Notes', [notesImporter(root)])).message, new RegExp(`^No sessions found \\(looked in ${root} `));
    mkdirSync(root);
    writeFileSync(join(root, 'a.notes'), note('1'));
    assert.deepEqual(await check('Notes', [notesImporter(root)]), { name: 'Notes', state: 'ok', message: '1 session file found.' });
  });

  it('takes a source that cannot be looked at for a warning, and a database that fails for a failure', async () => {
    const broken: Importer = { ...notesImporter(''), roots: () => { throw new Error('No home directory.'); } };
    assert.deepEqual(await check('Notes', [broken]), { name: 'Notes', state: 'warning', message: 'No home directory.' });
    const damaged = { ...store, queries: store.queries, check: () => ['row 3 missing'] };
    const { healthy, checks } = await diagnose({ store: damaged, machine: nowhere, importers: [] });
    assert.equal(healthy, false);
    assert.match(checks.find(({ name }) => name === 'database')?.message ?? '', /is damaged \(row 3 missing\)\. To keep it aside and make it again from the journal, run: daybook doctor --repair$/);
  });
});
