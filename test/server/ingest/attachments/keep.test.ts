import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createIngest, type Ingest } from '../../../../server/ingest/pipeline.ts';
import { createRedactor } from '../../../../server/ingest/redact.ts';
import { contentHash, revisionId } from '../../../../server/store/indexer.ts';
import { openStore, type Store } from '../../../../server/store/store.ts';
import type { BlobPart } from '../../../../shared/attachment.ts';
import type { Problem } from '../../../../shared/problem.ts';
import type { DaybookRecord } from '../../../../shared/record.ts';
import type { ChatMessage } from '../../../../shared/session.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { png, pngText } from '../../../support/pictures.ts';
import { traces } from '../../../support/search.ts';

const redactor = createRedactor();
const hash = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const secret = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 36)].join('');

describe('attachments that come in', () => {
  const at = folderForEachTest();
  let store: Store;
  let ingest: Ingest;
  let maxBytes: number;
  const folder = (): string => join(at.path, 'data/attachments');
  const names = (): string[] => (existsSync(folder()) ? readdirSync(folder(), { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile()).map(({ name }) => name).sort();

  beforeEach(() => {
    maxBytes = 1 << 20;
    store = openStore(join(at.path, 'data'));
    ingest = createIngest({ store, redactor, hashes: { contentHash, revisionId }, attachments: { files: store.attachments, maxBytes: () => maxBytes } });
  });
  afterEach(() => store.close());

  const blob = (content: Uint8Array, mimeType = 'image/png'): BlobPart => ({ type: 'blob', mimeType, bytes: content.length, sha256: hash(content) });
  const message = (id: string, parts: ChatMessage['parts']): object =>
    ({ family: 'chats', kind: 'message', id, session: 'tool:1', time: '2026-11-20T10:00:00Z', data: { role: 'user', parts } });
  const contents = (...all: readonly Uint8Array[]): ReadonlyMap<string, Uint8Array> => new Map(all.map((each) => [hash(each), each]));
  const record = (id: string): DaybookRecord => store.queries.record(id) ?? assert.fail(`There is no ${id}.`);
  const partOf = (id: string): BlobPart => (record(id).data as ChatMessage).parts[0] as BlobPart;

  it('are a file of their bytes that nobody else may read, and a reference in the record', async () => {
    const picture = png();
    const wrong = { ...blob(picture), mimeType: 'text/html' };
    await ingest.submit({ source: 'tool', records: [message('m', [wrong])], contents: contents(picture) });
    const name = `${hash(picture)}.png`;
    assert.deepEqual(partOf('m'), { type: 'blob', mimeType: 'image/png', bytes: picture.length, sha256: hash(picture), attachment: name });
    const path = join(folder(), name.slice(0, 2), name);
    assert.deepEqual([readFileSync(path), store.attachments.read(name), store.attachments.find(name)], [picture, picture, { path, bytes: picture.length }]);
    assert.deepEqual(names(), [name]);
    if (process.platform !== 'win32') assert.deepEqual([statSync(path).mode & 0o777, statSync(folder()).mode & 0o777], [0o600, 0o700]);
    assert.deepEqual(traces(join(at.path, 'data/journal'), picture.toString('base64').slice(0, 40)), []);
  });

  it('are there before the record that refers to them is written', async () => {
    const picture = png(9);
    const seen: boolean[] = [];
    const watched = createIngest({
      store: {
        write: (work) => store.write((batch) => work({ ...batch, append(records) {
          seen.push(store.attachments.has(`${hash(picture)}.png`));
          batch.append(records);
        } })),
      }, redactor, hashes: { contentHash, revisionId }, attachments: { files: store.attachments, maxBytes: () => maxBytes },
    });
    await watched.submit({ source: 'tool', records: [message('m', [blob(picture)])], contents: contents(picture) });
    assert.deepEqual([seen, partOf('m').attachment], [[true], `${hash(picture)}.png`]);
  });

  it('are one file however often they come, and nothing is written for what is known', async () => {
    const picture = png();
    const submit = (id: string): ReturnType<Ingest['submit']> => ingest.submit({ source: 'tool', records: [message(id, [blob(picture)])], contents: contents(picture) });
    await submit('one');
    const path = store.attachments.find(names()[0] ?? '')?.path ?? '';
    const before = statSync(path, { bigint: true });
    await submit('two');
    assert.deepEqual(await submit('one'), { accepted: 0, duplicates: 1, rejected: [] });
    assert.deepEqual(names().length, 1);
    assert.equal(statSync(path, { bigint: true }).mtimeNs, before.mtimeNs);
  });

  it('are left out when they are too large, and it is said; one that is there already keeps its name', async () => {
    const [small, large] = [png(1), png(2, 300)];
    maxBytes = small.length;
    const records = [message('small', [blob(small)]), message('large', [blob(large)])];
    await ingest.submit({ source: 'tool', records, contents: contents(small, large) });
    assert.deepEqual([partOf('small').leftOut, partOf('large').leftOut, partOf('large').attachment, names().length], [undefined, 'too-large', undefined, 1]);
    const problem = [...store.queries.scan({ kinds: ['source.problem'] })].map(({ data }) => data as Problem);
    assert.deepEqual(problem.map(({ code, message, where }) => [code, message, where?.setting]), [[
      'attachment-left-out', `An attachment (image/png, ${large.length.toLocaleString('en')} bytes) was left out: it is larger than the setting daybook.attachments.maxSize allows.`,
      'daybook.attachments.maxSize',
    ]]);
    maxBytes = 0;
    assert.equal((await ingest.submit({ source: 'tool', records, contents: contents(small, large) })).accepted, 0);
    maxBytes = 1 << 20;
    await ingest.submit({ source: 'tool', records, contents: contents(small, large) });
    assert.deepEqual([partOf('large').leftOut, partOf('large').attachment, names().length], [undefined, `${hash(large)}.png`, 2]);
  });

  it('are redacted when they are text: neither file nor record says what was there', async () => {
    const text = Buffer.from(`# Deployment\n\nexport TOKEN=${secret}\n`);
    await ingest.submit({ source: 'tool', records: [message('m', [blob(text, 'text/markdown')])], contents: contents(text) });
    const { attachment = '', sha256 = '', bytes } = partOf('m');
    const stored = store.attachments.read(attachment) ?? Buffer.alloc(0);
    assert.match(stored.toString(), /^# Deployment\n\nexport TOKEN=.*redacted.*\n$/);
    assert.deepEqual([sha256, bytes, attachment], [hash(stored), stored.length, `${hash(stored)}.txt`]);
    assert.equal(record('m').redactions, 1);
    assert.deepEqual([...traces(join(at.path, 'data'), secret), ...traces(join(at.path, 'data'), hash(text))], []);
  });

  it('are not kept when a secret can be read in a picture, or when they are nothing that is kept', async () => {
    const [said, program] = [png(3, 8, [pngText(`key ${secret}`)]), Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1')];
    await ingest.submit({ source: 'tool', records: [message('said', [blob(said)]), message('program', [blob(program, 'image/png')])], contents: contents(said, program) });
    assert.deepEqual([partOf('said').leftOut, partOf('program').leftOut, names()], ['secret', 'kind', []]);
  });

  it('leave no file when their record is refused, is forgotten, or could not be written', async () => {
    store.forget({ records: ['gone'], sessions: [] });
    await ingest.submit({ source: 'tool', records: [message('gone', [blob(png(4))]), { family: 'x' }], contents: contents(png(4), png(5)) });
    assert.deepEqual(names(), []);
    const failing = createIngest({
      store: { write: () => { throw new Error('disk full'); } }, redactor, hashes: { contentHash, revisionId },
      attachments: { files: store.attachments, maxBytes: () => maxBytes },
    });
    await assert.rejects(failing.submit({ source: 'tool', records: [message('m', [blob(png(6))])], contents: contents(png(6)) }), /disk full/);
    assert.deepEqual(names(), []);
  });

  it('are written again when somebody who forgot took the file away in between', async () => {
    const picture = png(7);
    const name = `${hash(picture)}.png`;
    const [first, second] = [await store.attachments.prepare(name, picture), await store.attachments.prepare(name, picture)];
    store.attachments.remove([]);
    first.commit();
    assert.deepEqual(store.attachments.read(name), picture);
    store.attachments.remove([name]);
    second.commit();
    assert.deepEqual(names(), [name]);
  });
});
