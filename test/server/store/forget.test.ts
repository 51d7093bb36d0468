import Database from 'better-sqlite3';
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';

const word = 'zanzibarquince';

function note(number: number, more: Partial<DaybookRecord> = {}, text = `ordinary ${number}`): DaybookRecord {
  const time = new Date(Date.UTC(2026, 10, 1 + (number % 3)) + number * 1_000).toISOString();
  return { specversion: '1.0', id: `e${number}`, source: 'lsp', type: 'dev.daybook.event.note', time, ...more, data: { text } };
}

function message(session: string, number: number, text: string, id = `${session}:${number}`): DaybookRecord {
  const data = { role: 'user', parts: [{ type: 'text', content: text }] };
  return { specversion: '1.0', id, source: 'tool', type: 'dev.daybook.chat.message', time: new Date(Date.UTC(2026, 10, 2) + number * 1_000).toISOString(), sessionid: session, workspace: `file:///of/${session.slice(5)}`, data };
}

describe('forgetting', () => {
  const at = folderForEachTest();
  let data: string;
  let store: Store;
  const ids = (): string[] => [...store.queries.scan()].map(({ id }) => id).sort();
  const append = (...records: DaybookRecord[]): void => store.write((batch) => batch.append(records));
  const forget = (what: { records?: readonly string[]; sessions?: readonly string[] }): ReturnType<Store['forget']> => store.forget({ records: [], sessions: [], ...what });

  beforeEach(() => {
    data = join(at.path, 'data');
    store = openStore(data);
  });
  afterEach(() => store.close());

  for (const [state, seal] of [['plain', () => undefined], ['sealed', () => store.seal({ everything: true })]] as const) {
    it(`leaves no byte of a ${state} record, and everything else once`, () => {
      append(...Array.from({ length: 30 }, (_, number) => note(number)), note(30, { subject: word, workspace: `file:///${word}` }, `it says ${word}`));
      seal();
      append(note(31));
      assert.ok(traces(data, word).length > 0);
      const before = store.stats().journalBytes;
      const receipt = forget({ records: ['e30'] });
      assert.deepEqual({ ...receipt, bytes: receipt.bytes > 0 }, { records: 1, sessions: 0, files: 1, bytes: true, attachments: 0, unreadable: [], scrubbed: true });
      assert.equal(before - store.stats().journalBytes, receipt.bytes);
      assert.deepEqual(traces(data, word), []);
      assert.equal(store.queries.search(word, { limit: 5 }).total, 0);
      assert.equal(store.queries.record('e30'), undefined);
      const rest = Array.from({ length: 32 }, (_, number) => `e${number}`).filter((id) => id !== 'e30').sort();
      assert.deepEqual(ids(), rest);
      assert.equal(store.stats().records, 31);
      store.rebuild();
      assert.deepEqual(ids(), rest);
      assert.deepEqual(store.check(), []);
    });

    it(`leaves no byte of a ${state} session: its file, revisions, marks and title`, () => {
      const header: DaybookRecord = { ...message('tool:one', 9, ''), id: 'tool:one:session', type: 'dev.daybook.chat.session', data: { title: word, fidelity: 'full', format: 'x' } };
      const mark = note(3, { type: 'dev.daybook.event.session.marked' });
      append(message('tool:one', 1, `first ${word}`), message('tool:two', 2, 'other words'), header, { ...mark, data: { session: 'tool:one', title: `own ${word}` } });
      append(message('tool:one', 1, `changed ${word}`, 'tool:one:1~0123456789ab'), note(4));
      seal();
      assert.equal(store.queries.session('tool:one')?.title, `own ${word}`);
      const receipt = forget({ sessions: ['tool:one'] });
      assert.deepEqual([receipt.records, receipt.sessions, receipt.scrubbed], [4, 1, true]);
      assert.deepEqual([...traces(data, word), ...traces(data, 'file:///of/one'), ...traces(data, 'tool:one')], []);
      assert.deepEqual(ids(), ['e4', 'tool:two:2']);
      assert.equal(store.queries.session('tool:one'), undefined);
      assert.equal(store.queries.session('tool:two')?.workspace, 'file:///of/two');
    });
  }

  it('refuses what was forgotten, and what a forgotten session says later', () => {
    append(message('tool:one', 1, word), message('tool:two', 2, 'other'), note(3, {}, word));
    forget({ sessions: ['tool:one'], records: ['e3'] });
    store.write((batch) => {
      for (const record of [message('tool:one', 1, word), message('tool:one', 7, word), note(3)]) assert.equal(batch.seen(record, record.id), null);
      assert.equal(batch.seen(message('tool:two', 8, 'x'), 'tool:two:8'), undefined);
      batch.append([message('tool:one', 1, word), message('tool:one', 7, word), note(3, {}, word), message('tool:two', 8, 'new')]);
    });
    assert.deepEqual(ids(), ['tool:two:2', 'tool:two:8']);
    assert.deepEqual(traces(data, word), []);
  });

  it('is known to a store that was open before, and to one that is opened later', () => {
    const other = openStore(data);
    append(message('tool:one', 1, word));
    other.write((batch) => batch.append([note(1, { workspace: 'file:///w' })]));
    forget({ sessions: ['tool:one'] });
    other.write((batch) => batch.append([message('tool:one', 2, word), note(2, { workspace: 'file:///w' })]));
    assert.deepEqual(ids(), ['e1', 'e2']);
    assert.deepEqual([...other.queries.scan()].map(({ workspace }) => workspace), ['file:///w', 'file:///w']);
    other.close();
    store.close();
    store = openStore(data);
    append(message('tool:one', 3, word));
    assert.deepEqual(ids(), ['e1', 'e2']);
  });

  for (const everything of [false, true]) {
    it(`erases it again when an older ${everything ? 'sealed' : 'plain'} journal is put back`, () => {
      append(note(1), note(2, {}, word), message('tool:one', 1, word), message('tool:two', 1, 'kept'));
      if (everything) store.seal({ everything });
      cpSync(join(data, 'journal'), join(at.path, 'older'), { recursive: true });
      forget({ records: ['e2'], sessions: ['tool:one'] });
      rmSync(join(data, 'journal'), { recursive: true });
      cpSync(join(at.path, 'older'), join(data, 'journal'), { recursive: true });
      store.rebuild();
      assert.deepEqual(ids(), ['e1', 'tool:two:1']);
      assert.deepEqual(traces(data, word), []);
    });
  }

  it('leaves nothing in pages of the database that were free already', () => {
    append(note(1));
    const database = new Database(store.paths.database);
    database.exec(`CREATE TABLE gone (text); INSERT INTO gone VALUES ('${word}'); DROP TABLE gone; PRAGMA wal_checkpoint(TRUNCATE)`);
    database.close();
    assert.deepEqual(traces(data, word), [store.paths.database]);
    forget({ records: ['e1'] });
    assert.deepEqual(traces(data, word), []);
  });

  it('keeps no words of a forgotten session in the cursor of its file', () => {
    const cursor = { source: 'tool', cursor: JSON.stringify({ offset: 5, state: { said: word } }), sessions: ['tool:one', 'tool:two'] };
    store.write((batch) => {
      batch.append([message('tool:one', 1, word), message('tool:two', 1, 'kept')]);
      batch.setCursor('/a/file', cursor);
      batch.setCursor('/another', { ...cursor, cursor: '{"offset":6,"state":{}}', sessions: ['tool:two'] });
    });
    forget({ sessions: ['tool:one'] });
    const stripped = { source: 'tool', cursor: '{"offset":5}', sessions: ['tool:two'] };
    assert.deepEqual(store.cursors.get('/a/file'), stripped);
    assert.equal(store.cursors.get('/another')?.cursor, '{"offset":6,"state":{}}');
    assert.deepEqual(traces(data, word), []);
    store.write((batch) => batch.setCursor('/a/file', cursor));
    assert.deepEqual(store.cursors.get('/a/file'), stripped);
  });

  it('takes damaged bytes along with the last of their day, and names those that stay', () => {
    append(note(1, {}, word), note(2));
    const [first, second] = ['2026-11-02', '2026-11-03'].map((day) => join(data, 'journal', 'events', `${day}.jsonl.damaged`)) as [string, string];
    for (const path of [first, second]) writeFileSync(path, 'damaged');
    append(note(5, {}, word));
    assert.deepEqual(forget({ records: ['e1', 'e5'] }).unreadable, [second]);
    assert.equal(statSync(first, { throwIfNoEntry: false }), undefined);
    assert.equal(readFileSync(second, 'utf8'), 'damaged');
  });

  it('forgets nothing of what nobody asked for', () => {
    append(note(1), note(2));
    assert.deepEqual(forget({ records: ['unknown'] }), { records: 0, sessions: 0, files: 0, bytes: 0, attachments: 0, unreadable: [], scrubbed: true });
    assert.deepEqual(ids(), ['e1', 'e2']);
  });

  it('writes tombstones that say nothing, for their owner only', () => {
    append(message('tool:one', 1, word));
    forget({ records: ['tool:one:1'], sessions: ['tool:one'] });
    for (const name of ['forgotten', 'forgotten.key']) assert.equal(statSync(join(data, name)).mode & 0o777, 0o600);
    assert.match(readFileSync(join(data, 'forgotten'), 'utf8'), /^Daybook tombstones 1[^\n]*\nr [\w-]{22}\ns [\w-]{22}\n$/);
    assert.equal(statSync(join(data, 'forget.json'), { throwIfNoEntry: false }), undefined);
  });

  it('refuses to go on without the key of its tombstones', () => {
    forget({ records: ['x'] });
    store.close();
    rmSync(join(data, 'forgotten.key'));
    assert.throws(() => openStore(data), /forgotten\.key is missing.*Put it back/);
    rmSync(join(data, 'forgotten'));
    store = openStore(data);
  });
});
