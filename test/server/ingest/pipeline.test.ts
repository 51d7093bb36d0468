import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIngest, type Ingest, type IngestStore } from '../../../server/ingest/pipeline.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import { contentHash, revisionId } from '../../../server/store/indexer.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import { ProblemError } from '../../../shared/problem.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';

const redactor = createRedactor();
const note = (text: string, more: object = {}): object => ({ family: 'events', kind: 'note', time: '2026-11-20T10:00:00Z', data: { text }, ...more });
const cursor = { path: '/source/file', source: 'tool', cursor: '{"offset":7}', sessions: ['tool:1'] };

describe('pipeline', () => {
  const at = folderForEachTest();
  let store: Store;
  beforeEach(() => {
    store = openStore(join(at.path, 'data'));
  });
  afterEach(() => store.close());

  const ingestInto = (target: IngestStore, onStored?: (records: readonly DaybookRecord[]) => void): Ingest =>
    createIngest({ store: target, redactor, hashes: { contentHash, revisionId }, ...(onStored && { onStored }) });
  const total = (): number => store.stats().records;
  const day = (): string => readFileSync(join(at.path, 'data/journal/events/2026-11-20.jsonl'), 'utf8');

  it('says which records it refused, by their place in what was handed in', async () => {
    const result = await ingestInto(store).submit({ source: 'cli', records: [note('a'), { family: 'x' }, note('b'), null, note('c', { id: '' })] });
    assert.deepEqual([result.accepted, result.duplicates, result.rejected.map(({ line }) => line)], [2, 0, [2, 4, 5]]);
  });

  it('deals the outcome of one batch out to its submissions', async () => {
    const ingest = ingestInto(store);
    const known = note('a', { id: 'same' });
    const results = await Promise.all([
      ingest.submit({ source: 'one', records: [known, 5] }),
      ingest.submit({ source: 'two', records: [] }),
      ingest.submit({ source: 'three', records: [known, note('b')] }),
    ]);
    assert.deepEqual(results.map(({ accepted, duplicates, rejected }) => [accepted, duplicates, rejected.length]), [[1, 0, 1], [0, 0, 0], [1, 1, 0]]);
  });

  it('writes nothing that waited behind what found the disk full, so that whoever tries again keeps the order', async () => {
    let isFull = true;
    const ingest = ingestInto({
      write(work) {
        if (!isFull) return store.write(work);
        isFull = false;
        throw new ProblemError({ code: 'disk-full', message: 'There is no space left.' });
      },
    });
    const submit = (text: string): Promise<unknown> => ingest.submit({ source: 'lsp', records: [note(text)] });
    const first = submit('a');
    await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
    const outcomes = await Promise.allSettled([first, submit('b')]);
    assert.deepEqual(outcomes.map(({ status }) => status), ['rejected', 'rejected']);
    for (const text of ['a', 'b']) await submit(text);
    assert.deepEqual(day().trim().split('\n').map((line) => (JSON.parse(line) as { data: { text: string } }).data.text), ['a', 'b']);
  });

  it('writes no secret', async () => {
    const secret = `ghp_${'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 36)}`;
    await ingestInto(store).submit({ source: 'cli', records: [note(`token ${secret}`, { subject: `curl ${secret}` })] });
    assert.ok(!day().includes(secret));
    const [record] = store.queries.latest(0, 1).records;
    assert.equal(record?.redactions, 2);
    assert.equal(store.stats().redactions, 2);
  });

  it('saves the cursor with its records', async () => {
    await ingestInto(store).submit({ source: 'tool', records: [note('a')], cursor });
    assert.deepEqual(store.cursors.get(cursor.path), { source: 'tool', cursor: cursor.cursor, sessions: cursor.sessions });
  });

  it('saves neither records nor cursor when the store fails, and says so to each of the batch', async () => {
    const stored: string[] = [];
    const failing: IngestStore = {
      write: (work) => store.write((batch) => {
        work(batch);
        throw new Error('disk full');
      }),
    };
    const ingest = ingestInto(failing, (records) => stored.push(...records.map(({ id }) => id)));
    const outcomes = await Promise.allSettled([
      ingest.submit({ source: 'tool', records: [note('a', { id: 'a' })], cursor }), ingest.submit({ source: 'tool', records: [note('b')] }),
    ]);
    assert.deepEqual(outcomes.map(({ status }) => status), ['rejected', 'rejected']);
    assert.deepEqual([total(), store.cursors.get(cursor.path), stored], [0, undefined, []]);
    // The lines are in the journal: a second try finds them there and writes them once.
    const again = await ingestInto(store).submit({ source: 'tool', records: [note('a', { id: 'a' })], cursor });
    assert.deepEqual(again, { accepted: 0, duplicates: 1, rejected: [] });
    assert.equal(day().trimEnd().split('\n').length, 2);
    assert.ok(store.cursors.get(cursor.path));
  });

  it('tells of what is new, and of nothing else', async () => {
    const told: number[] = [];
    const ingest = ingestInto(store, (records) => told.push(records.length));
    await ingest.submit({ source: 'cli', records: [note('a', { id: '1' }), note('b', { id: '2' })] });
    await ingest.submit({ source: 'cli', records: [note('a', { id: '1' }), 7] });
    assert.deepEqual(told, [2]);
  });

  it('writes the same journal line for a record that comes twice at once from two stores', async () => {
    const other = openStore(join(at.path, 'data'));
    const records = [note('a', { id: 'same' })];
    const results = await Promise.all([ingestInto(store).submit({ source: 'x', records }), ingestInto(other).submit({ source: 'x', records })]);
    other.close();
    assert.deepEqual(results.map(({ accepted }) => accepted).sort(), [0, 1]);
    assert.equal(day().trimEnd().split('\n').length, 1);
  });

  it('is not stopped by a payload that fits no column of the index', async () => {
    const ingest = ingestInto(store);
    const strange = [
      note('', { kind: 'terminal.command', session: 's', data: { startedAt: 5, status: {}, exitCode: 'one' } }),
      { family: 'chats', kind: 'message', session: 't:1', data: { role: 'user', parts: [{ type: 'tool_call_response', id: '1', status: 'x', exitCode: 0.5 }] } },
      { family: 'chats', kind: 'message', session: 't:1', data: { role: 'assistant', parts: [], usage: { inputTokens: 1e300 } } },
      { family: 'chats', kind: 'unknown', session: 't:1', data: [null] },
    ];
    await ingest.submit({ source: 'cli', records: strange });
    assert.equal((await ingest.submit({ source: 'cli', records: [note('after')] })).accepted, 1);
    assert.equal(store.rebuild().problems, 0);
  });
});
