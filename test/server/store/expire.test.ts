import Database from 'better-sqlite3';
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExpiredDay } from '../../../server/store/expired.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';

const word = 'zanzibarquince';

function at(day: number, number: number): string {
  return new Date(Date.UTC(2026, 10, day) + number * 60_000).toISOString();
}

function edit(day: number, number: number, more: Partial<DaybookRecord> = {}, file = `file:///w/src/ordinary${number % 7}.ts`): DaybookRecord {
  const data = { uri: file, languageId: 'typescript', startedAt: at(day, number), changes: 1, diff: `line ${number} of ${file}` };
  return { specversion: '1.0', id: `e${day}-${number}`, source: 'lsp', type: 'dev.daybook.event.editor.edited', time: at(day, number), workspace: 'file:///w', sessionid: `coding:${day}`, data, ...more };
}

function command(day: number, number: number, more: Partial<DaybookRecord> = {}): DaybookRecord {
  const data = { command: number % 2 === 0 ? 'npm test' : `make ${word}${day}`, exitCode: number % 3, status: number % 3 === 0 ? 'succeeded' : 'failed', startedAt: at(day, number), durationMs: 5 };
  return { specversion: '1.0', id: `t${day}-${number}`, source: 'vscode', type: 'dev.daybook.tool_execution.terminal.command', time: at(day, number), workspace: 'file:///w', sessionid: `coding:${day}`, data, ...more };
}

function message(day: number, number: number): DaybookRecord {
  const data = { role: number % 2 === 0 ? 'user' : 'assistant', model: 'sonnet', parts: [{ type: 'text', content: `about ordinary things ${number}` }] };
  return { specversion: '1.0', id: `tool:one:${day}-${number}`, source: 'tool', type: 'dev.daybook.chat.message', time: at(day, number), sessionid: 'tool:one', workspace: 'file:///w', data };
}

/** Four days; the words of the first two stand nowhere else. */
function everything(): DaybookRecord[] {
  return [1, 2, 3, 4].flatMap((day) => [
    ...Array.from({ length: 40 }, (_, number) => (day <= 2 ? edit(day, number, {}, `file:///w/${word}/of${day}.ts`) : edit(day, number))),
    ...Array.from({ length: 12 }, (_, number) => command(day, number)), ...Array.from({ length: 10 }, (_, number) => message(day, number)),
    edit(day, 700, { sessionid: 'coding:long', workspace: day === 1 ? `file:///${word}` : 'file:///w' }),
  ]);
}

const events = (...days: number[]): ExpiredDay[] => days.map((day) => ({ family: 'events', day: `2026-11-0${day}` }));

/** Everything that can be asked, without numbers that only the database knows. */
function answers(store: Store): unknown {
  const { queries } = store;
  const { journalBytes: _journal, databaseBytes: _database, ...stats } = store.stats();
  const hours = { since: 0, until: 1e7 };
  const facts = (['source', 'family', 'kind', 'actor', 'workspace', 'model', 'tool', 'exit', 'is', 'file'] as const)
    .map((name) => [name, queries.facts.values(name, 10_000), queries.facts.beginning(name, '', 1_000)]);
  const database = new Database(store.paths.database, { readonly: true });
  const words = database.prepare('SELECT text FROM word ORDER BY text').pluck().all();
  const paths = database.prepare('SELECT name FROM path ORDER BY name').pluck().all();
  const subjects = database.prepare('SELECT text FROM subject ORDER BY text').pluck().all();
  const rows = ['block', 'block_span', 'block_kind', 'block_session', 'sealed_keys', 'hidden', 'record'].map((table) => [table, database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]);
  const files = database.prepare('SELECT path, indexed_bytes, sealed_bytes FROM journal_file ORDER BY path').all();
  database.close();
  return {
    stats, facts, words, paths, subjects, rows, files, statistics: queries.statistics.rows(hours), sessions: queries.sessions(100, undefined, { only: 'everything' }),
    scan: [...queries.scan()].map(({ id }) => id), days: store.holdings.days(), chats: store.holdings.chats(), touching: queries.touching('/w/src/ordinary1.ts', 100),
    found: ['ordinary', 'line 3', word, 'make'].map((query) => queries.search(query, { limit: 1_000 }).results.map(({ id }) => id).sort()),
    of: queries.sessionRecords('coding:long').map(({ id }) => id),
  };
}

describe('letting days go', () => {
  const folder = folderForEachTest();
  let data: string;
  let store: Store;
  const ids = (): string[] => [...store.queries.scan()].map(({ id }) => id);
  const file = (path: string): string => join(data, 'journal', path);

  beforeEach(() => {
    data = join(folder.path, 'data');
    store = openStore(data);
  });
  afterEach(() => store.close());

  for (const state of ['plain', 'sealed', 'half sealed']) {
    it(`leaves no byte of ${state} days, everything else once, and the index as if it were made again`, () => {
      const all = everything();
      store.write((batch) => batch.append(all.filter((_, number) => state !== 'half sealed' || number % 2 === 0)));
      if (state !== 'plain') store.seal({ everything: true });
      if (state === 'half sealed') store.write((batch) => batch.append(all.filter((_, number) => number % 2 === 1)));
      assert.ok(traces(data, `${word}/of1`).length > 0);
      const before = store.stats();
      const result = store.expire(events(1, 2));
      assert.deepEqual({ ...result, bytes: result.bytes > 0 }, { records: 82, files: 2, bytes: true, errors: [], scrubbed: true });
      assert.equal(before.journalBytes - store.stats().journalBytes, result.bytes);
      assert.equal(store.stats().records, before.records - 82);
      assert.deepEqual(ids().sort(), all.map(({ id }) => id).filter((id) => !/^e[12]-/.test(id)).sort());
      for (const gone of [`${word}/of1`, `${word}/of2`, `file:///${word}`]) assert.deepEqual(traces(data, gone), []);
      for (const day of [1, 2]) assert.ok(!existsSync(file(`events/2026-11-0${day}.jsonl`)) && !existsSync(file(`events/2026-11-0${day}.jsonl.zst`)));
      assert.deepEqual(store.check(), []);
      const now = answers(store);
      store.rebuild();
      assert.deepEqual(now, answers(store));
      assert.equal(existsSync(join(data, 'forget.json')), false);
    });
  }

  it('keeps the sessions that are to be kept, and what people said of sessions', () => {
    const mark: DaybookRecord = { ...edit(1, 900), id: 'mark', type: 'dev.daybook.event.session.marked', data: { session: 'tool:one', pinned: true } };
    store.write((batch) => batch.append([...everything(), mark]));
    store.seal({ everything: true });
    const result = store.expire([{ family: 'events', day: '2026-11-01', kept: ['coding:long'] }, { family: 'tool_executions', day: '2026-11-01' }]);
    assert.deepEqual([result.records, result.files, result.errors], [52, 2, []]);
    assert.deepEqual(ids().filter((id) => /^(?:[et]1-|mark)/.test(id)), ['e1-700', 'mark']);
    assert.deepEqual(traces(data, `${word}/of1`), []);
    assert.equal(store.queries.session('tool:one')?.pinned, true);
    const now = answers(store);
    store.rebuild();
    assert.deepEqual(now, answers(store));
    // When nothing is kept any more, the rest goes, too.
    assert.equal(store.expire(events(1)).records, 1);
    assert.deepEqual(ids().filter((id) => /^(?:[et]1-|mark)/.test(id)), ['mark']);
  });

  it('refuses what is handed in once more, and erases it again when an older journal is put back', () => {
    store.write((batch) => batch.append(everything()));
    store.seal({ everything: true });
    cpSync(join(data, 'journal'), join(folder.path, 'older'), { recursive: true });
    store.expire(events(1, 2));
    store.write((batch) => {
      assert.equal(batch.seen(edit(1, 3), 'e1-3'), null);
      assert.equal(batch.seen(edit(3, 99), 'e3-99'), undefined);
      batch.append([edit(1, 3, {}, `file:///w/${word}/of1.ts`), edit(3, 99)]);
    });
    assert.deepEqual(ids().filter((id) => /^e1-|^e3-99/.test(id)), ['e3-99']);
    const rest = ids().filter((id) => id !== 'e3-99').sort();
    rmSync(join(data, 'journal'), { recursive: true });
    cpSync(join(folder.path, 'older'), join(data, 'journal'), { recursive: true });
    store.rebuild();
    assert.deepEqual(ids().sort(), rest);
    assert.deepEqual(traces(data, `${word}/of1`), []);
  });

  it('leaves no word of them in the index of what is recent, however much that is', function () {
    this.timeout(120_000);
    const many = openStore(join(folder.path, 'many'));
    many.write((batch) => batch.append([edit(1, 1, {}, `file:///w/${word}.ts`), ...Array.from({ length: 10_050 }, (_, number) => edit(4, number))]));
    const { database } = many.paths;
    many.expire(events(1));
    many.close();
    const plain = new Database(database);
    plain.exec(`CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, text, row)`);
    const found = plain.prepare<[], string>(`SELECT term FROM words WHERE term LIKE '%quince%'`).pluck().all();
    plain.close();
    assert.deepEqual(found, []);
  });

  it('is known to a store that was open before', () => {
    const other = openStore(data);
    store.write((batch) => batch.append(everything()));
    other.write((batch) => batch.append([edit(4, 800, { workspace: 'file:///other' })]));
    store.expire(events(1, 2, 3, 4));
    assert.equal([...other.queries.scan({ kinds: ['editor.edited'] })].length, 0);
    other.write((batch) => batch.append([edit(1, 1), edit(5, 1, { workspace: 'file:///other' })]));
    assert.deepEqual([...store.queries.scan({ kinds: ['editor.edited'] })].map(({ id, workspace }) => [id, workspace]), [['e5-1', 'file:///other']]);
    const now = answers(store);
    store.rebuild();
    assert.deepEqual(now, answers(store));
    other.close();
  });

  it('takes all there is, and damaged bytes with the last of their day', () => {
    store.write((batch) => batch.append([edit(1, 1), edit(2, 2)]));
    store.seal({ everything: true });
    writeFileSync(`${file('events/2026-11-01.jsonl')}.damaged`, word);
    assert.equal(store.expire(events(1, 2)).records, 2);
    assert.deepEqual([ids(), store.stats().records, traces(data, word)], [[], 0, []]);
    assert.deepEqual(store.expire(events(1, 2)), { records: 0, files: 0, bytes: 0, errors: [], scrubbed: true });
  });

  it('makes the index again where a block cannot be read', () => {
    store.write((batch) => batch.append(everything()));
    store.seal({ everything: true });
    const path = `${file('events/2026-11-01.jsonl')}.zst`;
    const bytes = readFileSync(path);
    bytes.fill(0x55, 30, 60);
    writeFileSync(path, bytes);
    store.close();
    store = openStore(data);
    store.expire(events(1, 2));
    store.catchUp();
    assert.deepEqual(ids().filter((id) => /^e[12]-/.test(id)), []);
    const now = answers(store);
    store.rebuild();
    assert.deepEqual(now, answers(store));
  });

  it('says in a file for its owner which days are refused, and lets them in again where that is deleted', () => {
    store.write((batch) => batch.append([edit(1, 1), edit(2, 2)]));
    store.expire([{ family: 'events', day: '2026-11-02', kept: ['b', 'a'] }, ...events(1)]);
    const path = join(data, 'expired.jsonl');
    assert.equal(readFileSync(path, 'utf8'), '{"family":"events","day":"2026-11-01"}\n{"family":"events","day":"2026-11-02","kept":["a","b"]}\n');
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
    rmSync(path);
    store.write((batch) => batch.append([edit(1, 1)]));
    assert.deepEqual(ids(), ['e1-1']);
    writeFileSync(path, 'no JSON\n');
    assert.throws(() => openStore(data), /expired\.jsonl has a line that is no JSON/);
    rmSync(path);
  });

  it('runs in steps between which others write', () => {
    const many = Array.from({ length: 1_500 }, (_, number) => edit(1, number % 1_300, { id: `m${number}` }));
    store.write((batch) => batch.append(many));
    store.seal({ everything: true });
    const other = openStore(data);
    let written = 0;
    const result = store.expire(events(1), () => other.write((batch) => batch.append([edit(5, written++)])));
    assert.equal(result.records, 1_500);
    assert.ok(written > 1);
    assert.equal(ids().length, written);
    other.close();
  });

  it('knows what there is by day and by chat', () => {
    store.write((batch) => batch.append(everything()));
    store.seal({ everything: true });
    const days = store.holdings.days();
    assert.deepEqual(days.map(({ family, day, records }) => [family, day, records]),
      [1, 2, 3, 4].flatMap((day) => [['events', `2026-11-0${day}`, 41], ['tool_executions', `2026-11-0${day}`, 12]]));
    const [chat] = store.holdings.chats();
    assert.deepEqual([chat?.session, chat?.records, chat?.ended], ['tool:one', 40, Date.UTC(2026, 10, 4) + 9 * 60_000]);
    assert.equal(days.reduce((sum, { bytes }) => sum + bytes, 0) + (chat?.bytes ?? 0), store.stats().journalBytes);
    assert.deepEqual(store.holdings.chatDays(), [{ day: '2026-11-01', bytes: chat?.bytes }]);
  });
});
