import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backUp, drill, listBackups } from '../../../server/backups.ts';
import { findBackup, restoreInto, restoreOver } from '../../../server/restoring.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';
import { append, ids, idsOf, message, note, notes } from './records.ts';

const word = 'zanzibarquince';
const noon = Date.UTC(2026, 10, 20, 12);

describe('what is forgotten', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  let data: string;
  let store: Store;
  beforeEach(() => {
    data = join(at.path, 'data');
    store = openStore(data);
  });
  afterEach(() => store.close());

  for (const [state, seal] of [['plain', () => undefined], ['sealed', () => store.seal({ everything: true })]] as const) {
    it(`leaves no byte in any backup: ${state} records, sessions, attachments, cursors`, async () => {
      append(store, ...notes(0, 20), note(20, word), message(`tool:${word}`, 1, `it says ${word}`), message('tool:two', 2, 'other'));
      seal();
      const picture = `${'ab'.repeat(32)}.png`;
      const prepared = await store.attachments.prepare(picture, Buffer.from(`pixels of ${word}`));
      store.write((batch) => {
        prepared.commit();
        const parts = [{ type: 'blob', modality: 'image', mime_type: 'image/png', attachment: picture }];
        batch.append([{ ...message(`tool:${word}`, 3, ''), data: { role: 'user', parts } }]);
        batch.setCursor('/home/ada/one.jsonl', { source: 'tool', cursor: `{"offset":12,"state":"${word}"}`, sessions: [`tool:${word}`] });
      });
      backUp(store, { reason: 'manual', now: noon });
      append(store, ...notes(21, 25));
      backUp(store, { reason: 'scheduled', now: noon + 1 });
      drill(data, noon);
      assert.ok(traces(join(data, 'backups'), word).length >= 5);
      const { backups } = store.forget({ records: ['e20'], sessions: [`tool:${word}`] });
      assert.deepEqual(backups, { rewritten: 2, unreached: [] });
      assert.deepEqual(traces(data, word), []);
      assert.deepEqual(listBackups(data).backups.map(({ records }) => records), [null, null]);
      for (const [number, { id }] of listBackups(data).backups.entries()) {
        const target = join(at.path, `restored ${number}`);
        restoreInto(data, findBackup(data, id), target);
        const copy = openStore(target);
        assert.deepEqual(idsOf(copy), [...ids(0, 20), ...(number === 0 ? ids(21, 25) : []), 'tool:two:2'].sort());
        // What is handed in once more is refused there, too.
        append(copy, note(20, word));
        assert.equal(copy.queries.record('e20'), undefined);
        copy.close();
      }
      assert.equal(drill(data, noon)?.failure, undefined);
    });
  }

  it('goes from a disk that was not there with the next backup on it, and does not come back before', () => {
    const disk = join(at.path, 'disk');
    append(store, ...notes(0, 10), note(20, word));
    backUp(store, { reason: 'manual', now: noon, place: disk });
    renameSync(disk, `${disk} in a drawer`);
    assert.deepEqual(store.forget({ records: ['e20'], sessions: [] }).backups, { rewritten: 0, unreached: [disk] });
    renameSync(`${disk} in a drawer`, disk);
    const target = join(at.path, 'restored');
    restoreInto(data, findBackup(data, 'latest'), target);
    assert.deepEqual(traces(target, word), []);
    const { before } = restoreOver(store, findBackup(data, 'latest'));
    assert.ok(before);
    assert.deepEqual([idsOf(store), traces(data, word)], [ids(0, 10), []]);
    backUp(store, { reason: 'manual', now: noon + 1, place: disk });
    assert.deepEqual(traces(disk, word), []);
  });

  it('is said to be there still where a backup cannot be read', () => {
    append(store, ...notes(0, 10), note(20, word));
    const { id } = backUp(store, { reason: 'manual', now: noon });
    writeFileSync(join(data, 'backups', `${id}.json`), 'torn');
    assert.deepEqual(store.forget({ records: ['e20'], sessions: [] }).backups, { rewritten: 0, unreached: [join(data, 'backups')] });
    rmSync(join(data, 'backups', `${id}.json`));
    backUp(store, { reason: 'manual', now: noon + 1 });
    assert.deepEqual(traces(data, word), []);
  });

  it('goes from what a process left that died while it tried a backup, restored one or forgot', () => {
    append(store, ...notes(0, 10), note(20, word));
    backUp(store, { reason: 'manual', now: noon });
    for (const left of ['tmp/drill-1', 'tmp/restore-1/journal', 'backups/.forgetting-x/ab', 'backups/objects']) {
      mkdirSync(join(data, left), { recursive: true });
      writeFileSync(join(data, left, 'left.tmp'), word);
    }
    cpSync(join(data, 'journal'), join(data, 'tmp/restore-1/journal'), { recursive: true });
    store.forget({ records: ['e20'], sessions: [] });
    assert.deepEqual(traces(data, word), []);
  });
});

describe('a restore over the record', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  let data: string;
  let store: Store;
  beforeEach(() => {
    data = join(at.path, 'data');
    store = openStore(data);
    append(store, ...notes(0, 20));
    store.seal({ everything: true });
    append(store, ...notes(20, 30), message('tool:one', 1, 'alpha'));
    store.write((batch) => batch.setCursor('/home/ada/one.jsonl', { source: 'tool', cursor: '{"offset":1}', sessions: ['tool:one'] }));
    backUp(store, { reason: 'manual', now: noon });
  });
  afterEach(() => store.close());

  const then = (): string[] => [...ids(0, 30), 'tool:one:1'].sort();

  it('puts back what was there, after a backup of what is, and another program goes on with it', () => {
    const other = openStore(data);
    append(other, ...notes(30, 40), message('tool:one', 2, 'beta'), message('tool:two', 3, 'gamma'));
    other.write((batch) => batch.setCursor('/home/ada/one.jsonl', { source: 'tool', cursor: '{"offset":2}', sessions: ['tool:one'] }));
    const now = idsOf(other);
    const { records, before, expected } = restoreOver(store, findBackup(data, 'latest'));
    assert.deepEqual([records, expected], [31, 31]);
    for (const each of [store, other]) {
      assert.deepEqual(idsOf(each), then());
      assert.equal(each.queries.search('beta', { limit: 5 }).total, 0);
      assert.equal(each.cursors.get('/home/ada/one.jsonl')?.cursor, '{"offset":1}');
      assert.deepEqual(each.queries.sessions(10).map(({ id }) => id), ['tool:one']);
    }
    append(other, message('tool:one', 2, 'beta'), note(99));
    assert.deepEqual(idsOf(store), [...then(), 'tool:one:2', 'e99'].sort());
    store.rebuild();
    assert.deepEqual(idsOf(store), [...then(), 'tool:one:2', 'e99'].sort());
    other.close();
    // And back again.
    restoreOver(store, findBackup(data, before ?? ''));
    assert.deepEqual(idsOf(store), now);
    assert.deepEqual([readdirSync(join(data, 'tmp')), store.check(), store.behind()], [[], [], 0]);
  });

  it('is finished by the next one that writes, wherever the process died', () => {
    const steps: readonly ((staged: string) => void)[] = [
      () => undefined,
      (staged) => renameSync(join(data, 'journal'), join(staged, 'journal-before')),
      (staged) => {
        renameSync(join(data, 'journal'), join(staged, 'journal-before'));
        renameSync(join(staged, 'journal'), join(data, 'journal'));
      },
    ];
    for (const [number, died] of steps.entries()) {
      append(store, note(100 + number));
      const target = join(at.path, `restored ${number}`);
      restoreInto(data, findBackup(data, 'latest'), target);
      const staged = join(data, 'tmp', `restore-${number}`);
      cpSync(join(target, 'journal'), join(staged, 'journal'), { recursive: true });
      writeFileSync(join(staged, 'cursors.jsonl'), '');
      writeFileSync(join(data, 'restore.json'), JSON.stringify({ staged: join('tmp', `restore-${number}`) }));
      died(staged);
      append(store, note(200));
      store.catchUp();
      assert.deepEqual(idsOf(store), [...then(), 'e200'].sort());
      assert.equal(store.cursors.get('/home/ada/one.jsonl'), undefined);
      assert.deepEqual([readdirSync(join(data, 'tmp')), readdirSync(data).includes('restore.json'), store.check()], [[], false, []]);
    }
  });

  it('changes nothing where the backup is damaged, and follows no link out of the folder', () => {
    append(store, note(50));
    const objects = join(data, 'backups/objects');
    for (const entry of readdirSync(objects, { recursive: true, withFileTypes: true })) {
      if (entry.name.endsWith('.zst')) writeFileSync(join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name)).fill(0));
    }
    assert.throws(() => restoreOver(store, findBackup(data, 'latest')), /is missing or damaged\. Restore another backup\./);
    writeFileSync(join(data, 'restore.json'), JSON.stringify({ staged: '../elsewhere' }));
    append(store, note(51));
    assert.deepEqual(idsOf(store), [...then(), 'e50', 'e51'].sort());
    assert.deepEqual(readdirSync(join(data, 'tmp')), []);
  });
});
