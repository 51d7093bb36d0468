import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCore, type Core } from '../../server/core.ts';
import { createRedactor } from '../../server/ingest/redact.ts';
import { folderForEachTest } from '../support/folder.ts';
import { note, notesImporter, nowhere } from './importers/notes.ts';

const redactor = createRedactor();
const event = (id: string, more: object = {}): object =>
  ({ family: 'events', kind: 'note', id, time: '2026-11-20T10:00:00Z', data: { text: `alpha ${id}` }, ...more });

describe('core', () => {
  const at = folderForEachTest();
  let core: Core;
  let stored: number;

  const open = (): Core => createCore({
    dataDirectory: join(at.path, 'data'), machine: nowhere, redactor, importers: [notesImporter(join(at.path, 'notes'))],
    onStored: (records) => { stored += records.length; },
  });
  beforeEach(() => {
    stored = 0;
    mkdirSync(join(at.path, 'notes'));
    core = open();
  });
  afterEach(() => core.close());

  it('gives back what was recorded', async () => {
    assert.deepEqual(await core.record([event('1', { session: 's' }), event('2')], 'cli'), { accepted: 2, duplicates: 0, rejected: [] });
    assert.equal(stored, 2);
    assert.equal(core.show('1')?.record.source, 'cli');
    assert.equal(core.session('s')?.turns[0]?.records.length, 1);
    assert.match(core.sessionMarkdown('s')?.markdown ?? '', /^# Work outside a folder\n/);
    assert.deepEqual(core.search({ query: 'alpha' }).results.map(({ id }) => id).sort(), ['1', '2']);
    assert.deepEqual(core.search({ query: 'alp', typing: true }).total, 2);
    assert.deepEqual(core.latest(Date.parse('2026-11-20T00:00:00Z'), 1).total, 2);
    assert.equal(core.latest(Date.parse('2026-11-21T00:00:00Z'), 1).total, 0);
  });

  it('has nothing for ids that are not there', () => {
    assert.deepEqual([core.show('x'), core.session('x'), core.sessionMarkdown('x'), core.lastCodingSession('x')], [null, null, null, undefined]);
  });

  it('pages through sessions that ended at the same moment', async () => {
    await core.record(['a', 'b', 'c', 'd', 'e'].map((session) => event(session, { session })), 'cli');
    const pages: string[] = [];
    for (let last: { id: string; endedAt: string } | undefined; ;) {
      const { sessions } = core.sessions({ limit: 2, ...(last && { before: last }) });
      pages.push(sessions.map(({ id }) => id).join(''));
      last = sessions.at(-1);
      if (!last) break;
    }
    assert.deepEqual(pages, ['ed', 'cb', 'a', '']);
  });

  it('remembers the coding session of a workspace', async () => {
    const workspace = 'file:///w';
    const later = event('2', { session: 'coding:2', workspace, time: '2026-11-20T11:00:00Z' });
    await core.record([event('1', { session: 'coding:1', workspace }), later], 'lsp');
    assert.deepEqual(core.lastCodingSession('file:///w'), { id: 'coding:2', ended: Date.parse('2026-11-20T11:00:00Z') });
  });

  it('imports what its importers find, once', async () => {
    writeFileSync(join(at.path, 'notes/a.notes'), note('1') + note('2'));
    assert.equal((await core.import({})).sources['notes']?.newRecords, 2);
    assert.equal((await core.import({ sources: ['notes'] })).sources['notes']?.newRecords, 0);
    assert.deepEqual(await core.import({ sources: ['other'] }), { sources: {}, unrecognised: [] });
    assert.equal(core.session('notes:a.notes')?.session.prompts, 2);
  });

  it('reads everything, then what it is told of, and says when there is nothing left', async () => {
    writeFileSync(join(at.path, 'notes/a.notes'), note('1'));
    const idle: string[] = [];
    const reading = core.reading({ onIdle: () => idle.push(core.session('notes:b.notes') ? 'after b' : 'before b') });
    const watch = await core.watch((path, source) => reading.changed(path, source));
    assert.equal((await reading.pass()).sources['notes']?.prompts, 1);
    writeFileSync(join(at.path, 'notes/b.notes'), note('1'));
    for (const end = Date.now() + 5_000; !idle.includes('after b');) {
      assert.ok(Date.now() < end, 'A new file was not read.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(reading.isBusy(), false);
    watch.close();
    await reading.stop();
  });

  it('tells of writes by others, not of its own', async () => {
    const other = open();
    const before = core.version();
    await core.record([event('1')], 'cli');
    assert.equal(core.version(), before);
    await other.record([event('2')], 'cli');
    assert.notEqual(core.version(), before);
    await other.close();
  });

  it('finds everything again after a rebuild', async () => {
    await core.record([event('1'), event('2', { session: 's' })], 'cli');
    const before = core.search({ query: 'alpha' });
    const { files, records, problems } = core.rebuild();
    assert.deepEqual([files, records, problems, core.search({ query: 'alpha' })], [1, 2, 0, before]);
  });

  it('keeps what was handed in before it closes', async () => {
    const kept = core.record([event('1')], 'cli');
    await core.close();
    assert.equal((await kept).accepted, 1);
    core = open();
    assert.equal(core.stats().records, 1);
  });
});
