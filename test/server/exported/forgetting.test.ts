import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../../server/core.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { note } from '../redacting/older.ts';
import { bytesBelow, gone, openSample, sample, secretWords, shared } from './sample.ts';

describe('forgetting, in exports', () => {
  const at = folderForEachTest();
  let core: Core;
  const out = (...names: string[]): string => join(at.path, 'out', ...names);
  const run = async (format: string, name: string): Promise<unknown> => (await core.exports()).run({ format, output: out(name) });
  const dataset = async (name: string, sessions?: string[]): Promise<unknown> => (await core.exports()).dataset({
    format: 'openai', output: out(name), selection: sessions ? { sessions } : {}, split: { by: 'session', seed: 1, shares: [100, 0, 0] },
  });
  /** Files in which some of what is gone can be read, in whatever writing. */
  const holding = (): string[] => [...bytesBelow(out())].filter(([name, bytes]) => [gone.slice(5), 'Zanzibar', 'Łódź', 'marmalade'].some((word) => name.includes(word) || bytes.includes(word))).map(([name]) => name);

  beforeEach(async () => {
    mkdirSync(out());
    core = await openSample(at.path);
  });
  afterEach(() => core.close());

  const linesOfEach = [['jsonl', 'a.jsonl', 4], ['csv', 'a.csv', 4], ['json', 'a.json', 4], ['openai', 'o.jsonl', 1], ['sharegpt', 's.jsonl', 1], ['alpaca', 'l.jsonl', 1], ['huggingface', 'h.jsonl', 1], ['otlp', 't.jsonl', 1]] as const;
  for (const [format, name, lines] of linesOfEach) {
    it(`takes its lines out of ${format}, and leaves all others as they are`, async () => {
      await run(format, name);
      const before = readFileSync(out(name), 'utf8');
      const mode = statSync(out(name)).mode;
      assert.deepEqual(holding(), [out(name)]);
      const preview = await core.forgetPreview({ sessions: [gone] });
      assert.deepEqual(preview.exports, { lines: [{ path: out(name), lines }], documents: [], outOfReach: [] });
      assert.equal(readFileSync(out(name), 'utf8'), before, 'a preview changes nothing');
      const { exports } = await core.forget({ sessions: [gone] });
      assert.deepEqual(exports, { rewritten: [{ path: out(name), lines }], deleted: [], left: [], outOfReach: [] });
      assert.deepEqual(holding(), []);
      const after = readFileSync(out(name), 'utf8');
      assert.equal(statSync(out(name)).mode, mode);
      // What an export of now would write, and so every other line as it was.
      await (await core.exports()).run({ format, output: out('again'), layout: 'file' });
      assert.equal(after, readFileSync(out('again'), 'utf8'));
      assert.ok(after.includes('by the second column'));
    });
  }

  it('takes all of a JSON array, and leaves one', async () => {
    await run('json', 'a.json');
    await core.forget({ query: 'kind:note OR kind:message OR kind:session OR kind:session.marked' });
    assert.deepEqual(JSON.parse(readFileSync(out('a.json'), 'utf8')), []);
  });

  it('takes records by themselves, and with them what they once said', async () => {
    const revised = sample().map((each) => (each.id === 'tool:7a2b9d40-kept-session:2' ? { ...each, data: { role: 'assistant', model: 'm', parts: [{ type: 'text', content: 'Sorted, as it was said much later on' }] } } : each));
    await run('jsonl', 'before.jsonl');
    await run('openai', 'before-o.jsonl');
    await core.record(revised, 'test');
    await run('jsonl', 'after.jsonl');
    const { exports } = await core.forget({ query: '"much later"' });
    assert.deepEqual(exports.rewritten, [{ path: out('after.jsonl'), lines: 1 }, { path: out('before-o.jsonl'), lines: 1 }, { path: out('before.jsonl'), lines: 1 }]);
    assert.ok(![...bytesBelow(out()).values()].some((bytes) => bytes.includes('number 1 is sorted') || bytes.includes('much later')));
  });

  it('names documents that hold it, packed ones too, and leaves them', async () => {
    await run('markdown', 'md');
    await run('html', 'pages');
    await run('html', 'page.html');
    await run('text', 'text');
    await run('atif', 'atif');
    await run('xlsx', 'a.xlsx');
    await run('parquet', 'parquet');
    const before = bytesBelow(out());
    const { documents, lines, outOfReach } = (await core.forgetPreview({ sessions: [gone] })).exports;
    assert.deepEqual([lines, outOfReach], [[], []]);
    const readable = holding();
    assert.ok(readable.length >= 6);
    assert.deepEqual(documents, [...before.keys()].filter((name) => readable.includes(name) || /\.(?:xlsx|parquet)$|index\.html$/.test(name)));
    const kept = await core.forgetPreview({ ids: ['an-event-of-nobody'] });
    assert.deepEqual(kept.exports.documents.filter((name) => name.endsWith('.md')), []);
    const { exports } = await core.forget({ sessions: [gone] });
    assert.deepEqual(exports.left, documents);
    assert.deepEqual(bytesBelow(out()), before);
  });

  it('deletes documents where that is wanted, and no others', async () => {
    await run('markdown', 'md');
    await run('xlsx', 'a.xlsx');
    const before = bytesBelow(out());
    const { exports } = await core.forget({ sessions: [gone], exports: 'delete' });
    assert.deepEqual(exports.left, []);
    assert.deepEqual(holding(), []);
    assert.equal(exports.deleted.length, 2);
    assert.deepEqual([...bytesBelow(out()).keys()], [...before.keys()].filter((name) => !exports.deleted.includes(name)));
    assert.equal(bytesBelow(out()).size, 2);
    const ledger = readFileSync(join(at.path, 'data/exported.json'), 'utf8');
    assert.ok(!ledger.includes('Zanzibar') && !ledger.includes('a.xlsx'));
  });

  it('leaves everything where that is wanted, and names it', async () => {
    await run('jsonl', 'a.jsonl');
    const before = bytesBelow(out());
    const { exports } = await core.forget({ sessions: [gone], exports: 'keep' });
    assert.deepEqual([exports.rewritten, exports.left], [[], [out('a.jsonl')]]);
    assert.deepEqual(bytesBelow(out()), before);
  });

  it('keeps a dataset true: its lines, its card and the hashes in its manifest', async () => {
    await dataset('set');
    const { exports } = await core.forget({ sessions: [gone] });
    assert.deepEqual([exports.rewritten, exports.left, exports.outOfReach], [[{ path: out('set/data/train.jsonl'), lines: 1 }], [], []]);
    assert.deepEqual(holding(), []);
    await dataset('again');
    assert.deepEqual(readFileSync(out('set/data/train.jsonl')), readFileSync(out('again/data/train.jsonl')));
    const manifest = JSON.parse(readFileSync(out('set/manifest.json'), 'utf8')) as { splits: { examples: number }[]; files: { name: string; bytes: number; sha256: string }[] };
    assert.deepEqual(manifest.splits.map(({ examples }) => examples), [2]);
    for (const { name, bytes, sha256 } of manifest.files) {
      const content = readFileSync(out('set', name));
      assert.deepEqual([bytes, sha256], [content.length, createHash('sha256').update(content).digest('hex')], name);
    }
    assert.match(readFileSync(out('set/README.md'), 'utf8'), /\n2 examples in the format [^]*\| train \| 2 \| 3 \| \d+ \|/);
  });

  it('takes the id of a session out of the papers of a dataset that was made of it', async () => {
    await dataset('set', [gone, 'tool:7a2b9d40-kept-session']);
    assert.ok(readFileSync(out('set/manifest.json')).includes(gone));
    const { exports } = await core.forget({ sessions: [gone] });
    assert.deepEqual(exports.left, []);
    assert.deepEqual(holding(), []);
    assert.ok(readFileSync(out('set/manifest.json')).includes('tool:7a2b9d40-kept-session'));
  });

  it('goes by nothing that is also said elsewhere', async () => {
    await run('openai', 'o.jsonl');
    await core.record([note('about-all', `somebody wrote: ${shared} ${secretWords[0]}`)], 'test');
    const { exports } = await core.forget({ sessions: [gone] });
    assert.deepEqual(exports.rewritten, [{ path: out('o.jsonl'), lines: 1 }], 'by what is its own');
    assert.equal(readFileSync(out('o.jsonl'), 'utf8').split('\n').length, 3);
  });

  it('drops what is gone, and names what is away, what cannot be read and what is a link, which it does not follow', async () => {
    for (const name of ['deleted', 'closed', 'link']) await run('jsonl', `${name}.jsonl`);
    rmSync(out('deleted.jsonl'));
    const victim = join(at.path, 'victim.jsonl');
    renameSync(out('link.jsonl'), victim);
    symlinkSync(victim, out('link.jsonl'));
    rmSync(out('closed.jsonl'));
    writeFileSync(out('closed.jsonl'), Buffer.from('\x1f\x8b....', 'latin1'));
    const ledger = join(at.path, 'data/exported.json');
    const noted = JSON.parse(readFileSync(ledger, 'utf8')) as { exports: { folder: string; device: number; files: string[]; format: string; at: string }[] };
    noted.exports.push({ format: 'text', at: '2026-11-03T00:00:00.000Z', folder: join(at.path, 'disk/that/is/away'), device: 1, files: ['a.txt'] });
    noted.exports.push({ format: 'text', at: '2026-11-03T00:00:00.000Z', folder: out(), device: statSync(out()).dev, files: ['x.txt'] });
    writeFileSync(out('x.txt'), Buffer.from('\x1f\x8b....', 'latin1'));
    writeFileSync(ledger, JSON.stringify(noted));
    const before = readFileSync(victim);
    const { exports } = await core.forget({ sessions: [gone] });
    assert.deepEqual(exports.outOfReach.toSorted((a, b) => (a.path < b.path ? -1 : 1)), [
      { path: join(at.path, 'disk/that/is/away/a.txt'), reason: 'not reachable' }, { path: out('link.jsonl'), reason: 'something else' }, { path: out('x.txt'), reason: 'not readable' },
    ].sort((a, b) => (a.path < b.path ? -1 : 1)));
    assert.deepEqual(readFileSync(victim), before);
    assert.ok(!readFileSync(ledger, 'utf8').includes('deleted.jsonl'));
    assert.ok(readFileSync(ledger, 'utf8').includes('disk/that/is/away'));
  });

  it('names a file that may not be read', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    await run('jsonl', 'a.jsonl');
    chmodSync(out('a.jsonl'), 0);
    const { exports } = await core.forget({ sessions: [gone] });
    assert.deepEqual(exports.outOfReach, [{ path: out('a.jsonl'), reason: 'not readable' }]);
  });

  it('lets a continued export go on, without loss and without doubling', async () => {
    const parts = (await core.exports()).parts(join(at.path, 'data'));
    const next = (): Promise<{ files: readonly { name: string }[] }> => parts.run({ format: 'jsonl', output: out('all.jsonl') });
    const [first] = (await next()).files;
    await core.forget({ sessions: [gone] });
    const now = new Date().toISOString();
    await core.record([note('said-later', 'what came afterwards', { time: now })], 'test');
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [second] = (await next()).files;
    const ids = [first, second].map((file) => readFileSync(out(file?.name ?? ''), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id));
    assert.deepEqual(ids[1], ['said-later']);
    assert.deepEqual(ids.flat().sort(), [...sample().filter(({ sessionid, id }) => sessionid !== gone && id !== 'a-mark-of-the-session').map(({ id }) => id), 'said-later'].sort());
    assert.equal((await next()).files.length, 0);
  });

  it('does not look at exports of which nothing is known', async () => {
    await run('jsonl', 'a.jsonl');
    rmSync(join(at.path, 'data/exported.json'));
    const { exports } = await core.forget({ sessions: [gone] });
    assert.deepEqual(exports, { rewritten: [], deleted: [], left: [], outOfReach: [] });
    assert.ok(existsSync(out('a.jsonl')));
  });

  it('says so when the ledger cannot be read', async () => {
    await run('jsonl', 'a.jsonl');
    writeFileSync(join(at.path, 'data/exported.json'), '{');
    const { exports } = await core.forget({ sessions: [gone] });
    assert.deepEqual(exports.outOfReach, [{ path: join(at.path, 'data/exported.json'), reason: 'not readable' }]);
  });
});
