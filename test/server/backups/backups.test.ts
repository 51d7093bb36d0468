import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backUp, drill, listBackups } from '../../../server/backups.ts';
import { findBackup, restoreInto } from '../../../server/restoring.ts';
import { inspect } from '../../../server/store/backup/inspect.ts';
import { manifestPath, readManifest } from '../../../server/store/backup/manifest.ts';
import { outdated } from '../../../server/store/backup/rotate.ts';
import { readState } from '../../../server/store/backup/state.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { append, ids, idsOf, message, note, notes } from './records.ts';

const day = 86_400_000;
const noon = Date.UTC(2026, 10, 20, 12);

describe('a backup', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  let data: string;
  let store: Store;
  beforeEach(() => {
    data = join(at.path, 'data ü');
    store = openStore(data);
  });
  afterEach(() => store.close());

  const backups = (): string => join(data, 'backups');
  /** What a backup has, restored into a folder of its own. */
  function restored<T>(which: string, look: (store: Store) => T): T {
    const target = join(at.path, 'restored');
    rmSync(target, { recursive: true, force: true });
    restoreInto(data, findBackup(data, which), target);
    const opened = openStore(target);
    try {
      return look(opened);
    } finally {
      opened.close();
    }
  }

  it('gives back every record, mark, attachment and cursor, and nothing else', async () => {
    append(store, ...notes(0, 40), message('tool:one', 1, 'alpha'), { ...note(50), type: 'dev.daybook.event.session.marked', data: { session: 'tool:one', title: 'Mine', pinned: true } });
    store.seal({ everything: true });
    append(store, ...notes(40, 45));
    const picture = `${'ab'.repeat(32)}.png`;
    const prepared = await store.attachments.prepare(picture, Buffer.from('pixels'));
    store.write((batch) => {
      prepared.commit();
      batch.setCursor('/home/ada/one.jsonl', { source: 'tool', cursor: '{"offset":12}', sessions: ['tool:one'] });
    });
    writeFileSync(join(data, 'stopped'), '');
    const made = backUp(store, { reason: 'manual', now: noon });
    assert.deepEqual([made.records, made.sessions, made.missing, made.removed], [47, 1, 0, []]);
    restored('latest', (copy) => {
      assert.deepEqual(idsOf(copy), idsOf(store));
      assert.deepEqual([copy.queries.session('tool:one')?.title, copy.queries.session('tool:one')?.pinned], ['Mine', true]);
      assert.equal(copy.attachments.read(picture)?.toString(), 'pixels');
      assert.deepEqual(copy.cursors.get('/home/ada/one.jsonl'), { source: 'tool', cursor: '{"offset":12}', sessions: ['tool:one'] });
      assert.equal(copy.queries.search('alpha', { limit: 5 }).total, 1);
      assert.deepEqual(readdirSync(copy.paths.root).filter((name) => !name.startsWith('daybook.db')).sort(), ['attachments', 'journal']);
    });
  });

  it('copies only what is new since the one before', () => {
    append(store, ...notes(0, 30));
    assert.equal(backUp(store, { reason: 'manual', now: noon }).copied.files, 4);
    append(store, note(30));
    const again = backUp(store, { reason: 'manual', now: noon + 1 });
    assert.deepEqual([again.files, again.copied.files], [4, 2]); // a day, and the cursors
    assert.equal(restored('latest', (copy) => copy.stats().records), 31);
  });

  it('is of one moment, whatever is recorded and sealed while it is made', () => {
    append(store, ...notes(0, 30));
    const other = openStore(data);
    let next = 30;
    const { records } = backUp(store, { reason: 'manual', now: noon, onFile() {
      append(other, note(next++));
      if (next === 31) other.seal({ everything: true });
    } });
    other.close();
    assert.ok(next > 32);
    restored('latest', (copy) => {
      assert.equal(copy.stats().records, records);
      assert.deepEqual(idsOf(copy), ids(0, records ?? 0));
    });
  });

  it('has nothing of a record that is forgotten while it is made', () => {
    append(store, ...notes(0, 30));
    const other = openStore(data);
    let isForgotten = false;
    backUp(store, { reason: 'manual', now: noon, onFile() {
      if (!isForgotten) other.forget({ records: ['e0', 'e1', 'e2'], sessions: [] });
      isForgotten = true;
    } });
    other.close();
    assert.deepEqual(restored('latest', idsOf), ids(3, 30));
    assert.equal(listBackups(data).backups[0]?.records, 27);
  });

  it('has files that others cannot read', function () {
    if (process.platform === 'win32') this.skip();
    append(store, note(1));
    backUp(store, { reason: 'manual', now: noon });
    const modes = readdirSync(backups(), { recursive: true, withFileTypes: true })
      .map((entry) => (statSync(join(entry.parentPath, entry.name)).mode & 0o777).toString(8) + (entry.isDirectory() ? ' folder' : ' file'));
    assert.deepEqual([...new Set(modes)].sort(), ['600 file', '700 folder']);
  });

  it('is refused where a link was planted', function () {
    if (process.platform === 'win32') this.skip();
    append(store, note(1));
    symlinkSync(at.path, backups());
    assert.throws(() => backUp(store, { reason: 'manual', now: noon }), { problem: { code: 'place-unusable', message: `Backups cannot be kept in ${backups()}: it is a link and no folder.`, where: { file: backups() } } });
    assert.deepEqual(readdirSync(at.path).sort(), ['data ü']);
  });

  it('that is damaged is refused, and leaves nothing', () => {
    append(store, ...notes(0, 30));
    backUp(store, { reason: 'manual', now: noon });
    const file = readManifest(manifestPath(backups(), listBackups(data).backups[0]?.id ?? '')).files[0];
    assert.ok(file);
    const path = join(backups(), 'objects', file.sha256.slice(0, 2), `${file.sha256}.jsonl`);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
    writeFileSync(path, bytes);
    assert.equal(inspect(file, path), false);
    const target = join(at.path, 'restored');
    assert.throws(() => restoreInto(data, findBackup(data, 'latest'), target), { message: `${path}, the copy of ${file.path} in the backup, is missing or damaged. Restore another backup.` });
    assert.deepEqual(readdirSync(at.path), ['data ü']);
    assert.match(drill(data, noon)?.failure ?? '', /is missing or damaged/);
    // The next one does not rely on it.
    rmSync(path);
    append(store, note(30));
    backUp(store, { reason: 'manual', now: noon + 1 });
    assert.deepEqual(restored('latest', idsOf), ids(0, 31));
  });

  it('names nothing outside of where it is restored', () => {
    append(store, note(1));
    const { id } = backUp(store, { reason: 'manual', now: noon });
    const manifest = readFileSync(manifestPath(backups(), id), 'utf8');
    for (const path of ['../x.jsonl', 'journal/../../x', '/etc/x', 'a\\\\b', 'C:x', 'a\\nb', 'a//b']) {
      writeFileSync(manifestPath(backups(), id), manifest.replace(/"path": "journal[^"]+"/, `"path": "${path}"`));
      assert.throws(() => findBackup(data, manifestPath(backups(), id)), { problem: { code: 'backup-unreadable', message: `${manifestPath(backups(), id)} is no backup of Daybook, or one of a newer version.`, where: { file: manifestPath(backups(), id) } } });
    }
    assert.deepEqual(listBackups(data).problems.length, 1);
  });

  it('is tried out: restored for a moment, counted, compared', () => {
    assert.equal(drill(data, noon), undefined);
    append(store, ...notes(0, 30));
    backUp(store, { reason: 'manual', now: noon });
    const { id } = listBackups(data).backups[0] ?? { id: '' };
    assert.deepEqual(drill(data, noon), { id, at: new Date(noon).toISOString(), records: 30 });
    assert.deepEqual(readState(data).drill, { at: new Date(noon).toISOString(), records: 30 });
    assert.deepEqual(readdirSync(join(data, 'tmp')), []);
    const path = manifestPath(backups(), id);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"records": 30', '"records": 31'));
    assert.equal(drill(data, noon)?.failure, '30 of 31 records could be read back.');
  });

  it('takes older ones away by day and week, and what only they had', () => {
    append(store, ...notes(0, 10));
    for (let number = 6; number < 12; number++) {
      append(store, note(100 + number));
      backUp(store, { reason: 'scheduled', now: noon + number * day, kept: { daily: 2, weekly: 2 } });
    }
    // 2026-12-01 and the day before; Sunday 2026-11-29 was the week before.
    assert.deepEqual(listBackups(data).backups.map(({ at }) => at.slice(0, 10)), ['2026-12-01', '2026-11-30', '2026-11-29']);
    const named = new Set(listBackups(data).backups.flatMap(({ id }) => readManifest(manifestPath(backups(), id)).files.map(({ sha256 }) => sha256)));
    const lying = readdirSync(join(backups(), 'objects'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.equal(lying.length, named.size);
    for (const { id } of listBackups(data).backups) assert.ok(restored(id, (copy) => copy.stats().records) >= 14);
  });

  it('of a folder elsewhere is found, listed and restored by its path', () => {
    const place = join(at.path, 'other disk');
    append(store, ...notes(0, 5));
    const { id, folder } = backUp(store, { reason: 'manual', now: noon, place });
    assert.deepEqual([folder, listBackups(data).backups.map((each) => each.folder), existsSync(backups())], [place, [place], false]);
    rmSync(data, { recursive: true });
    for (const which of [place, manifestPath(place, id)]) {
      const target = join(at.path, `restored ${which === place}`);
      assert.deepEqual({ ...restoreInto(data, findBackup(data, which), target), files: 0 }, { id, directory: target, files: 0, records: 5, sessions: 0, expected: 5, before: null });
    }
    assert.throws(() => findBackup(data, '2026'), { message: 'There is no backup 2026. daybook backup --list has those there are.' });
    // The directory that was lost itself.
    assert.equal(restoreInto(data, findBackup(data, place), data).records, 5);
  });

  it('is not made twice at once', () => {
    append(store, note(1));
    backUp(store, { reason: 'manual', now: noon, onFile: () => assert.throws(() => backUp(store, { reason: 'manual', now: noon + 1 }), { message: 'Another program is making a backup right now. Try again in a minute.' }) });
    writeFileSync(join(data, 'backups.lock'), '999999999'); // of one that was killed
    backUp(store, { reason: 'manual', now: noon + 2 });
    assert.equal(listBackups(data).backups.length, 1);
  });
});

describe('which backups stay', function () {
  this.timeout(60_000);
  const backup = (at: string, reason: 'scheduled' | 'repair' | 'manual' = 'scheduled'): { id: string; at: string; reason: typeof reason } => ({ id: at.replaceAll(/[:.]/g, '-'), at, reason });

  it('is the newest of each day, week and reason', () => {
    const all = [
      backup('2026-10-01T09:00:00.000Z', 'repair'), backup('2026-10-02T09:00:00.000Z', 'repair'), backup('2026-11-01T23:59:59.000Z'), backup('2026-11-02T00:00:00.000Z'),
      backup('2026-11-20T09:00:00.000Z'), backup('2026-11-20T10:00:00.000Z'), backup('2026-11-21T09:00:00.000Z'),
    ];
    const gone = outdated(all, { daily: 2, weekly: 3 });
    assert.deepEqual(gone, [all[0], all[4]].map((each) => each?.id));
    assert.deepEqual(outdated(all.slice(-1), { daily: 0, weekly: 0 }), []);
  });
});
