import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { seeded } from '../durability/random.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 9, 1, 8);
const words = ['alpha', 'beta', 'gamma', 'delta', 'getUserName', 'Größe', 'rare-word', 'src/app.ts'];

/** Records as they come in the course of some days: events, commands, chats that grow, and messages that are replaced. */
function history(count: number, seed: number): DaybookRecord[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const text = (): string => Array.from({ length: 1 + Math.floor(random() * 6) }, () => pick(words)).join(' ');
  return Array.from({ length: count }, (_, number): DaybookRecord => {
    const time = new Date(start + number * (6 * day / count)).toISOString();
    const common = { specversion: '1.0' as const, time, workspace: `file:///ws${number % 2}` };
    const roll = random();
    if (roll < 0.3) return { ...common, id: `e${number}`, source: 'lsp', type: 'dev.daybook.event.note', sessionid: `coding:${Math.floor(number / 50)}`, data: { text: text() } };
    if (roll < 0.45) {
      const data = { command: text(), status: 'failed', exitCode: 1, startedAt: time, durationMs: 5, output: text() };
      return { ...common, id: `c${number}`, source: 'vscode', type: 'dev.daybook.tool_execution.terminal.command', sessionid: 'coding:0', redactions: 1, data };
    }
    const session = `tool:s${Math.floor(random() * 5)}`;
    if (roll < 0.5) return { ...common, id: `${session}:session~${hex(number)}`, source: 'tool', type: 'dev.daybook.chat.session', sessionid: session, data: { title: `${text()} ${number}`, fidelity: 'full', format: 'f' } };
    const native = roll < 0.7 ? `m${Math.floor(random() * 12)}` : `m${number + 100}`;
    const id = roll < 0.7 ? `${session}:${native}~${hex(number)}` : `${session}:${native}`;
    const role = random() < 0.5 ? 'user' : 'assistant';
    const parts = [{ type: 'text', content: text() }, ...(role === 'assistant' ? [{ type: 'tool_call', id: `call${number % 40}`, name: 'Edit', arguments: { a: text() } }] : [])];
    return { ...common, id, source: 'tool', type: 'dev.daybook.chat.message', sessionid: session, data: { role, parts, responseId: `r${number % 60}`, usage: { outputTokens: Math.floor(random() * 100) } } };
  });
}

function hex(number: number): string {
  return number.toString(16).padStart(12, '0');
}

/** Everything that can be asked, but for sizes. */
function answers(store: Store, records: readonly DaybookRecord[]): unknown {
  const { journalBytes, databaseBytes, ...stats } = store.stats();
  const found = [...words, 'alpha beta', '"alpha beta"', 'user name', 'alph*', 'gamma -delta', 'alpha OR rare', 'groesse', 'grosse'].map((query) => {
    const { results, total } = store.queries.search(query, { limit: 1_000 });
    return [query, total, results.map(({ id, snippet }) => [id, snippet])];
  });
  const sessions = store.queries.sessions(100);
  return {
    stats, found, sessions,
    figures: sessions.map(({ id }) => store.queries.session(id)),
    documents: sessions.map(({ id }) => store.queries.sessionRecords(id)),
    scan: [...store.queries.scan()].map(({ id }) => id),
    some: [...store.queries.scan({ since: start + day, until: start + 3 * day })].length,
    latest: store.queries.latest(start + 2 * day, 20),
    all: records.map(({ id }) => store.queries.record(id)),
  };
}

describe('sealed days', function () {
  this.timeout(30_000);
  const at = folderForEachTest();
  const open: Store[] = [];
  afterEach(() => open.splice(0).forEach((store) => store.close()));
  const opened = (name: string): Store => {
    const store = openStore(join(at.path, name));
    open.push(store);
    return store;
  };
  const file = (path: string): string => join(at.path, 'sealed/journal', path);

  function fill(store: Store, records: readonly DaybookRecord[], between: (done: number) => void = () => undefined): void {
    for (let from = 0; from < records.length; from += 40) {
      store.write((batch) => batch.append(records.slice(from, from + 40).filter((record) => batch.seen(record, record.id) === undefined)));
      between(from);
    }
  }

  for (const seed of [1, 2, 3]) {
    it(`give the same answers as plain ones, whenever they were sealed (seed ${seed})`, () => {
      const records = history(900, seed);
      const random = seeded(seed + 100);
      const plain = opened('plain');
      const sealed = opened('sealed');
      fill(plain, records);
      fill(sealed, records, (done) => {
        if (random() < 0.2) sealed.seal({ everything: true });
        else if (random() < 0.2) sealed.seal({ now: start + (done / records.length) * 6 * day });
      });
      sealed.seal({ everything: true });
      const expected = answers(plain, records);
      assert.deepEqual(answers(sealed, records), expected);
      fill(sealed, records);
      assert.deepEqual(answers(sealed, records), expected, 'after everything was handed in once more');
      sealed.rebuild();
      assert.deepEqual(answers(sealed, records), expected, 'after a rebuild');
      for (const suffix of ['', '-wal', '-shm']) rmSync(join(at.path, `sealed/daybook.db${suffix}`), { force: true });
      assert.deepEqual(answers(sealed, records), expected, 'after the database was deleted');
    });
  }

  it('are plain lines after decompression, in the order in which they were written, and the plain file is gone', () => {
    const records = history(1_500, 4).filter(({ type }) => type.startsWith('dev.daybook.event.'));
    const store = opened('sealed');
    fill(store, records);
    const before = readFileSync(file('events/2026-10-02.jsonl'), 'utf8');
    const result = store.seal({ now: start + 30 * day, everything: true });
    assert.equal(existsSync(file('events/2026-10-02.jsonl')), false);
    assert.equal(zstdDecompressSync(readFileSync(file('events/2026-10-02.jsonl.zst'))).toString(), before);
    assert.ok(result.blocks > 0 && result.bytesAfter < result.bytesBefore / 2, JSON.stringify(result));
    if (process.platform !== 'win32') assert.equal(statSync(file('events/2026-10-02.jsonl.zst')).mode & 0o777, 0o600);
  });

  it('can be read by zstd itself', function () {
    try {
      execFileSync('zstd', ['--version'], { stdio: 'ignore' });
    } catch {
      this.skip(); // no zstd on this machine
    }
    const store = opened('sealed');
    fill(store, history(600, 4));
    const before = readFileSync(file('events/2026-10-02.jsonl'), 'utf8');
    store.seal({ everything: true });
    assert.equal(execFileSync('zstd', ['-dc', file('events/2026-10-02.jsonl.zst')]).toString(), before);
  });

  it('are only those that are over: today and a chat that goes on stay as they are', () => {
    const records = history(900, 5);
    const store = opened('sealed');
    fill(store, records);
    assert.equal(store.seal({ now: start + 6 * day }).blocks, 0, 'the files were written this minute');
    const store2 = store.seal({ now: Date.now() + 3_600_000 });
    assert.ok(store2.blocks > 0);
    assert.equal(store.seal({ now: Date.now() + 3_600_000 }).blocks, 0);
  });

  it('take what comes later for the same day', () => {
    const records = history(900, 6);
    const store = opened('sealed');
    fill(store, records);
    store.seal({ everything: true });
    const late: DaybookRecord = { specversion: '1.0', id: 'late', source: 'lsp', type: 'dev.daybook.event.note', time: '2026-10-02T09:00:00.000Z', data: { text: 'latecomer' } };
    store.write((batch) => batch.append([late]));
    assert.deepEqual(store.queries.search('latecomer', { limit: 5 }).results.map(({ id }) => id), ['late']);
    store.seal({ everything: true });
    assert.deepEqual(store.queries.search('latecomer', { limit: 5 }).results.map(({ id }) => id), ['late']);
    assert.equal(store.behind(), 0);
    const expected = answers(store, records);
    store.rebuild();
    assert.deepEqual(answers(store, records), expected);
  });

  it('survive a process that died after it wrote a frame, and before the database knew', () => {
    const records = history(900, 7);
    const store = opened('sealed');
    fill(store, records);
    const expected = answers(store, records);
    const path = 'events/2026-10-02.jsonl';
    copyFileSync(file(path), join(at.path, 'before'));
    const other = opened('other');
    fill(other, records);
    other.seal({ everything: true });
    const frames = readFileSync(join(at.path, 'other/journal', `${path}.zst`));
    for (const torn of [1, 9, Math.floor(frames.length / 2), frames.length - 1]) {
      writeFileSync(file(`${path}.zst`), frames.subarray(0, torn), { mode: 0o600 });
      assert.equal(store.behind(), 1);
      store.catchUp();
      assert.deepEqual(answers(store, records), expected, `${torn} bytes of a frame`);
      assert.equal(statSync(file(`${path}.zst`)).size, 0);
    }
    writeFileSync(file(`${path}.zst`), frames, { mode: 0o600 });
    store.catchUp();
    assert.deepEqual(answers(store, records), expected, 'a whole frame');
    store.seal({ everything: true });
    assert.deepEqual(answers(store, records), expected, 'and sealed');
    assert.deepEqual(zstdDecompressSync(readFileSync(file(`${path}.zst`))), readFileSync(join(at.path, 'before')));
  });

  it('survive a process that died before it took the plain file away', () => {
    const records = history(900, 8);
    const store = opened('sealed');
    fill(store, records);
    const expected = answers(store, records);
    const path = 'events/2026-10-02.jsonl';
    copyFileSync(file(path), join(at.path, 'before'));
    store.seal({ everything: true });
    copyFileSync(join(at.path, 'before'), file(path));
    store.catchUp();
    assert.deepEqual(answers(store, records), expected);
    store.rebuild();
    assert.deepEqual(answers(store, records), expected, 'after a rebuild');
    store.seal({ everything: true });
    assert.equal(existsSync(file(path)), false);
    assert.deepEqual(answers(store, records), expected, 'after it was sealed');
  });

  it('find a record that is there twice, also where the copy has the smaller number', () => {
    const root = join(at.path, 'data');
    const store = openStore(root);
    const records = [0, 1, 2].map((number): DaybookRecord => ({
      specversion: '1.0', id: `tool:long-session:m${number}`, source: 'tool', type: 'dev.daybook.chat.message', time: new Date(start + number * day).toISOString(),
      sessionid: 'tool:long-session', data: { role: 'user', parts: [{ type: 'text', content: `alpha ${number}` }] },
    }));
    store.write((batch) => batch.append(records));
    store.seal({ everything: true });
    const copied = zstdCompressSync(`${JSON.stringify(records[0])}\n`);
    writeFileSync(join(root, 'journal/chats/2026/10/01/tool_copy.jsonl.zst'), copied);
    const all = (): unknown => [records.map(({ id }) => store.queries.record(id)), store.queries.search('alpha', { limit: 10 }).total, store.stats().records];
    store.catchUp();
    assert.deepEqual(all(), [records, 3, 3]);
    store.rebuild();
    assert.deepEqual(all(), [records, 3, 3]);
    store.close();
  });

  it('are counted anew when somebody takes a sealed file away or cuts it', () => {
    const records = history(900, 9);
    const store = opened('sealed');
    fill(store, records);
    store.seal({ everything: true });
    const path = file('events/2026-10-02.jsonl.zst');
    const isThere = ({ time, type }: DaybookRecord): boolean => !(type.startsWith('dev.daybook.event.') && time.startsWith('2026-10-02'));
    truncateSync(path, statSync(path).size - 10);
    store.catchUp();
    assert.ok(existsSync(path.replace('.zst', '.damaged')), 'what cannot be read is set aside');
    const plain = opened('plain');
    fill(plain, records.filter(isThere));
    assert.deepEqual(answers(store, []), answers(plain, []));
  });

  it('say how many frames could not be read, and give the others', () => {
    const records = history(3_000, 10).map((record) => ({ ...record, time: '2026-10-02T10:00:00.000Z', data: { ...(record.data as object), more: 'x'.repeat(400) } }));
    const store = opened('sealed');
    fill(store, records);
    store.seal({ everything: true });
    const path = file('events/2026-10-02.jsonl.zst');
    const bytes = readFileSync(path);
    bytes.fill(0xff, 40, 60);
    writeFileSync(path, bytes);
    const { problems, records: readable } = store.rebuild();
    assert.equal(problems, 1);
    assert.ok(readable > 100, `${readable} records could be read`);
    appendFileSync(path, '');
  });
});
