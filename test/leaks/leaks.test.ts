import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { createRedactor, redactRecords } from '../../server/ingest/redact.ts';
import { openStore } from '../../server/store/store.ts';
import { openCore } from '../support/core.ts';
import { folderForEachTest } from '../support/folder.ts';
import { corpus, leaks } from './corpus.ts';
import { createDraw } from './random.ts';
import { plantSessionFiles } from './sessionFiles.ts';
import { secretsOf, type Secret } from './shapes.ts';

describe('secrets of issuers, in whatever they come', () => {
  const at = folderForEachTest();

  it('are gone: 995 of 1,000 at least, of more than 2,000 of 60 issuers in 12 carriers', async () => {
    const planted = corpus(1);
    assert.ok(planted.length >= 2_000);
    assert.ok(new Set(planted.map(({ carrier }) => carrier)).size >= 12);
    assert.ok(new Set(planted.map(({ shape }) => shape)).size >= 60);
    for (const { record, parts, carrier, shape } of planted) assert.ok(leaks(record, parts), `${shape} cannot be seen in: ${carrier}`);
    const redacted = await redactRecords(createRedactor(), planted.map(({ record }) => record));
    const left = planted.filter(({ parts }, index) => leaks(redacted[index], parts)).map(({ carrier, shape }) => `${shape} in: ${carrier}`);
    assert.ok(left.length <= planted.length * 0.005, left.join('\n'));
  });

  it('are not taken for words, however their letters fall', async () => {
    const { word, below } = createDraw(3);
    const values = Array.from({ length: 3_000 }, () => word(24 + below(30)));
    const redacted = await createRedactor().values(values.map((value) => `export SERVICE_TOKEN="${value}"`));
    assert.deepEqual(values.filter((value, index) => redacted[index]?.value.includes(value)), []);
  });

  it('are nowhere in the data directory and in no export, after they were in the session files of every tool', async () => {
    const tools = join(at.path, 'tools');
    const data = join(at.path, 'data');
    const draw = createDraw(2);
    const planted = plantSessionFiles(tools, [...secretsOf(draw), ...secretsOf(draw), ...secretsOf(draw)]);
    assert.ok(planted.length > 200);
    const core = openCore(data, at.path);
    const { sources } = await core.import({ from: [tools] });
    assert.ok(Object.keys(sources).length >= 11, Object.keys(sources).join(', '));
    assert.ok(core.stats().redactions > 150);
    mkdirSync(join(at.path, 'out'));
    for (const format of ['jsonl', 'markdown', 'html', 'csv', 'openai']) await (await core.exports()).run({ format, output: join(at.path, 'out', format) });
    await core.close();
    assertGone(contents(data), planted);
    assertGone(contents(join(at.path, 'out')), planted);

    const store = openStore(data);
    store.seal({ everything: true });
    store.close();
    assertGone(contents(data), planted);
  });
});

function assertGone(files: readonly { readonly path: string; readonly bytes: Buffer }[], planted: readonly { readonly file: string; readonly secret: Secret }[]): void {
  assert.ok(files.length > 0);
  const left = planted.flatMap(({ file, secret }) =>
    secret.parts.flatMap((part) => files.filter(({ bytes }) => bytes.includes(part)).map(({ path }) => `${secret.shape} of ${file} in ${path}`)));
  assert.deepEqual(left, []);
}

/** Every file below a folder; sealed days as what they hold. */
function contents(folder: string): { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    return { path, bytes: path.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes };
  });
}
