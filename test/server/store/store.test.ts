import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaVersion } from '../../../server/store/schema.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';


function event(id: string, words: string, time = '2026-11-20T10:00:00.000Z'): DaybookRecord {
  return { specversion: '1.0', id, source: 'test', type: 'dev.daybook.event.note', time, sessionid: 'coding:1', data: { words } };
}

function message(id: string, content: string, more: object = {}): DaybookRecord {
  return {
    specversion: '1.0', id: `tool:s1:${id}`, source: 'tool', type: 'dev.daybook.chat.message', time: '2026-11-20T10:00:00.000Z',
    sessionid: 'tool:s1', data: { role: 'user', parts: [{ type: 'text', content }], ...more },
  };
}

describe('store', () => {
  const at = folderForEachTest();
  let store: Store;
  beforeEach(() => {
    store = openStore(join(at.path, 'data'));
  });
  afterEach(() => store.close());

  const append = (...records: DaybookRecord[]): void => store.write((batch) => batch.append(records));
  const found = (query: string): string[] => store.queries.search(query, { limit: 10 }).results.map(({ id }) => id);
  const journal = (path: string): string => join(at.path, 'data/journal', path);

  it('keeps events in a file of their day, readable by nobody else', () => {
    append(event('a', 'one'), event('b', 'two', '2026-11-21T10:00:00.000Z'));
    assert.equal(readFileSync(journal('events/2026-11-20.jsonl'), 'utf8'), `${JSON.stringify(event('a', 'one'))}\n`);
    if (process.platform !== 'win32') {
      assert.equal(statSync(journal('events/2026-11-21.jsonl')).mode & 0o777, 0o600);
      assert.equal(statSync(journal('events')).mode & 0o777, 0o700);
    }
  });

  it('keeps a chat session in the file of its first day', () => {
    append(message('1', 'hello'));
    append({ ...message('2', 'again'), time: '2026-11-25T10:00:00.000Z' });
    assert.equal(readFileSync(journal('chats/2026/11/20/tool_s1.jsonl'), 'utf8').split('\n').length, 3);
  });

  it('finds words, parts of identifiers and nothing else', () => {
    append(event('a', 'call getUserName twice'), event('b', 'other'));
    assert.deepEqual(found('user name'), ['a']);
    assert.deepEqual(found('getUserName'), ['a']);
    assert.deepEqual(found('missing'), []);
  });

  it('lets the latest revision count and counts once', () => {
    append(message('1', 'draft'));
    append({ ...message('1', 'final'), id: 'tool:s1:1~0123456789ab' });
    assert.deepEqual(found('draft'), []);
    assert.deepEqual(found('final'), ['tool:s1:1~0123456789ab']);
    assert.equal(store.queries.session('tool:s1')?.prompts, 1);
    assert.equal(store.stats().records, 1);
  });

  it('counts a response once however many messages it has, with its largest usage', () => {
    const reply = (id: string, output: number): DaybookRecord =>
      message(id, 'text', { role: 'assistant', responseId: 'r1', usage: { outputTokens: output } });
    append(message('1', 'ask'), reply('2', 5), reply('3', 9));
    const session = store.queries.session('tool:s1');
    assert.equal(session?.replies, 1);
    assert.equal(session?.usage.outputTokens, 9);
  });

  it('gives the same answers after a rebuild', () => {
    append(event('a', 'alpha'), message('1', 'draft alpha'), message('2', 'beta'));
    append({ ...message('1', 'final alpha'), id: 'tool:s1:1~0123456789ab' });
    const answers = (): unknown => [store.queries.search('alpha', { limit: 10 }), store.queries.sessions(10), { ...store.stats(), databaseBytes: 0 }];
    const before = answers();
    store.rebuild();
    assert.deepEqual(answers(), before);
    assert.equal(store.behind(), 0);
  });

  it('makes the database again when somebody deletes it under a running process', () => {
    append(event('a', 'alpha'));
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(at.path, `data/daybook.db${suffix}`), { force: true });
    append(event('b', 'alpha'));
    assert.deepEqual(found('alpha').sort(), ['a', 'b']);
  });

  it('indexes what was written before a crash, and cuts a torn line', () => {
    append(event('a', 'alpha'));
    appendFileSync(journal('events/2026-11-20.jsonl'), `${JSON.stringify(event('b', 'alpha'))}\n{"specversion":"1.0","id":"c","ty`);
    append(event('d', 'alpha'));
    assert.deepEqual(found('alpha').sort(), ['a', 'b', 'd']);
    const lines = readFileSync(journal('events/2026-11-20.jsonl'), 'utf8').trimEnd().split('\n');
    assert.deepEqual(lines.map((line) => (JSON.parse(line) as DaybookRecord).id), ['a', 'b', 'd']);
  });

  it('passes over a line that is no record and says so', () => {
    append(event('a', 'alpha'));
    appendFileSync(journal('events/2026-11-20.jsonl'), 'not json\n{"id":1}\n');
    assert.equal(store.catchUp().problems, 2);
    append(event('b', 'alpha'));
    assert.deepEqual(found('alpha').sort(), ['a', 'b']);
  });

  it('reads a file again that became shorter', () => {
    append(event('a', 'alpha'), event('b', 'beta'));
    truncateSync(journal('events/2026-11-20.jsonl'), JSON.stringify(event('a', 'alpha')).length + 1);
    store.catchUp();
    assert.deepEqual([found('alpha'), found('beta')], [['a'], []]);
  });

  it('lets the revision with the latest time count, in whatever order they come', () => {
    const revision = (mark: string, time: string): DaybookRecord => ({ ...message('1', mark), id: `tool:s1:1~${mark.padStart(12, '0')}`, time });
    append(message('1', 'first'), revision('c', '2026-11-20T12:00:00.000Z'), revision('b', '2026-11-20T11:00:00.000Z'));
    assert.deepEqual([found('b'), found('c').length], [[], 1]);
    assert.equal(store.queries.record('tool:s1:1')?.time, '2026-11-20T12:00:00.000Z');
    assert.equal(store.queries.session('tool:s1')?.prompts, 1);
  });

  it('shows nothing of a journal file that somebody deleted', () => {
    append(event('a', 'alpha'), message('1', 'alpha'));
    rmSync(journal('events/2026-11-20.jsonl'));
    assert.deepEqual(found('alpha'), ['tool:s1:1']);
    assert.equal(store.behind(), 1);
    store.catchUp();
    assert.equal(store.queries.search('alpha', { limit: 10 }).total, 1);
    assert.deepEqual(store.queries.sessions(10).map(({ id }) => id), ['tool:s1']);
    append(event('b', 'alpha'));
    assert.equal(found('alpha').length, 2);
  });

  it('begins anew when somebody deletes the whole directory', () => {
    append(event('a', 'alpha'));
    rmSync(join(at.path, 'data'), { recursive: true });
    assert.deepEqual(found('alpha'), []);
    append(event('b', 'alpha'));
    assert.deepEqual(found('alpha'), ['b']);
    assert.equal(readFileSync(journal('events/2026-11-20.jsonl'), 'utf8'), `${JSON.stringify(event('b', 'alpha'))}\n`);
    if (process.platform !== 'win32') assert.equal(statSync(join(at.path, 'data')).mode & 0o777, 0o700);
  });

  it('keeps nothing of a batch that fails', () => {
    assert.throws(() => store.write((batch) => {
      batch.append([event('a', 'alpha')]);
      throw new Error('boom');
    }), /boom/);
    // The line is in the journal: the index learns of it, so that both say the same.
    store.catchUp();
    assert.deepEqual(found('alpha'), ['a']);
  });

  it('reads a database of a newer version, and writes nothing into it', () => {
    store.close();
    const path = join(at.path, 'newer');
    const newer = openStore(path);
    newer.write((batch) => batch.append([event('a', 'alpha')]));
    newer.close();
    const bytes = readFileSync(join(path, 'daybook.db'));
    bytes.writeUInt32BE(999, 60);
    writeFileSync(join(path, 'daybook.db'), bytes);
    const journalled = readFileSync(join(path, 'journal/events/2026-11-20.jsonl'));
    const opened = openStore(path);
    opened.catchUp();
    assert.equal(opened.queries.search('alpha', { limit: 5 }).total, 1);
    for (const change of [() => opened.write((batch) => batch.append([event('b', 'beta')])), () => opened.seal({ everything: true }), () => opened.rebuild()]) {
      assert.throws(change, { message: `The database ${join(path, 'daybook.db')} was made by a newer version of Daybook (schema 999, this one knows ${schemaVersion}). It is only read, and nothing is recorded, until you update Daybook.` });
    }
    opened.close();
    assert.deepEqual([readFileSync(join(path, 'daybook.db')), readFileSync(join(path, 'journal/events/2026-11-20.jsonl'))], [bytes, journalled]);
    store = openStore(join(at.path, 'data'));
  });
});
