import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownFiles } from '../../../server/exported/known.ts';
import { dropExported, noteExported, readExported } from '../../../server/export/ledger.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { root } from '../../support/places.ts';
import { note, openWith } from '../redacting/older.ts';

describe('the ledger of exports', () => {
  const at = folderForEachTest();
  const data = (): string => join(at.path, 'data');
  const ledger = (): string => join(data(), 'exported.json');
  const names = async (): Promise<string[]> => (await readExported(data())).flatMap(({ format, files }) => files.map((file) => `${format} ${file}`));
  const noted = (output: string, format = 'jsonl', files: readonly string[] = []): Promise<void> =>
    noteExported(data(), { format, output: join(at.path, output), layout: files.length > 0 ? 'folder' : 'file', files });

  beforeEach(() => mkdirSync(data()));

  it('has each file once, with the format that it was written in last, and all files of a folder', async () => {
    await noted('a.jsonl');
    await noted('a.jsonl');
    await noted('b.csv', 'csv');
    await noted('a.jsonl', 'openai');
    mkdirSync(join(at.path, 'days'));
    await noted('days', 'csv', ['events_2026-11-20.csv']);
    await noted('days', 'csv', ['events_2026-11-21.csv', 'sub/x.csv']);
    assert.deepEqual(await names(), ['csv b.csv', 'openai a.jsonl', 'csv events_2026-11-21.csv', 'csv sub/x.csv', 'csv events_2026-11-20.csv']);
    if (process.platform !== 'win32') assert.equal(statSync(ledger()).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(data()), ['exported.json']);
    await dropExported(data(), new Set([join(realpathSync(at.path), 'b.csv')]));
    assert.ok(!(await names()).includes('csv b.csv'));
  });

  it('holds no more files than it may: the oldest are no longer known', async () => {
    const many = (prefix: string): string[] => Array.from({ length: 60_000 }, (_, number) => `${prefix}${number}.md`);
    for (const folder of ['one', 'two']) mkdirSync(join(at.path, folder));
    await noted('one', 'markdown', many('a'));
    await noted('two', 'markdown', many('b'));
    assert.deepEqual((await readExported(data())).map(({ folder, files }) => [folder.slice(-3), files.length]), [['two', 60_000]]);
    await noted('two', 'markdown', many('c'));
    const files = (await readExported(data()))[0]?.files ?? [];
    assert.deepEqual([files.length, files[0], files.at(-1)], [100_000, 'c0.md', 'b39999.md']);
  });

  it('loses nothing where several processes note at once', async () => {
    const script = `
      import { noteExported } from ${JSON.stringify(join(root, 'server/export/ledger.ts'))};
      const [data, folder, prefix] = process.argv.slice(1);
      for (let at = 0; at < 8; at++) await noteExported(data, { format: 'jsonl', output: folder + '/' + prefix + at + '.jsonl', layout: 'file', files: [] });`;
    const children = ['a', 'b', 'c'].map((prefix) => spawn(process.execPath, ['--input-type=module', '-e', script, data(), at.path, prefix], { stdio: 'inherit' }));
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as number));
    assert.deepEqual(codes, [0, 0, 0]);
    assert.equal((await names()).length, 24);
  }).timeout(60_000);

  it('is not read where it is something else, names files elsewhere, or is a link', async () => {
    for (const text of ['{', '{"version":2,"exports":[]}', JSON.stringify({ version: 1, exports: [{ format: 'x', at: '', folder: '/', device: 1, files: ['../etc/passwd'] }] }),
      JSON.stringify({ version: 1, exports: [{ format: 'x', at: '', folder: 'relative', device: 1, files: ['a'] }] })]) {
      writeFileSync(ledger(), text);
      await assert.rejects(readExported(data()), /Move it away/, text);
      await assert.rejects(noted('a.jsonl'), /Move it away/, text);
      assert.equal(readFileSync(ledger(), 'utf8'), text);
    }
    rmSync(ledger());
    writeFileSync(join(at.path, 'elsewhere.json'), '{"version":1,"exports":[]}');
    symlinkSync(join(at.path, 'elsewhere.json'), ledger());
    if (process.platform !== 'win32') await assert.rejects(readExported(data()), /Move it away/);
  });

  it('is written by every export before its file has its name, and not by previews or what is stopped', async () => {
    const core = openWith(undefined, at.path);
    await core.record([note('a', 'words')], 'test');
    const exports = await core.exports();
    await exports.preview({ format: 'jsonl' });
    await assert.rejects(exports.run({ format: 'jsonl', output: join(at.path, 'no.jsonl'), selection: { query: 'nothing' } }));
    assert.deepEqual(await names(), []);
    const { notNoted } = await exports.run({ format: 'jsonl', output: join(at.path, 'a.jsonl') });
    assert.equal(notNoted, undefined);
    await exports.run({ format: 'csv', output: join(at.path, 'new/csv') });
    await exports.parts(data()).run({ format: 'jsonl', output: join(at.path, 'part.jsonl') });
    await core.carryOut([{ format: 'csv', folder: join(at.path, 'daily'), every: 'day' }], { now: Date.parse('2026-11-10T00:00:00Z'), signal: new AbortController().signal });
    assert.match((await names()).sort().join(), /^csv events_2026-11-02\.csv,csv events_2026-11-02\.csv,jsonl a\.jsonl,jsonl part_.*\.jsonl$/);
    const { files, outOfReach } = await knownFiles(data());
    assert.deepEqual([files.length, outOfReach], [4, []]);
    await core.close();
  });

  it('keeps nobody from exporting where it cannot be written: that is said', async () => {
    const core = openWith(undefined, at.path);
    await core.record([note('a', 'words')], 'test');
    writeFileSync(ledger(), '{');
    const { notNoted } = await (await core.exports()).run({ format: 'jsonl', output: join(at.path, 'a.jsonl') });
    assert.match(notNoted ?? '', /Move it away.*look at it yourself/);
    assert.ok(statSync(join(at.path, 'a.jsonl')).size > 0);
    await core.close();
  });
});
