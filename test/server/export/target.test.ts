import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFailure } from '../../../server/export/failure.ts';
import { layoutOf, openTarget, type Target } from '../../../server/export/target.ts';
import { csv } from '../../../server/export/formats/csv.ts';
import { jsonl } from '../../../server/export/formats/jsonl.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { folderForEachTest } from '../../support/folder.ts';

describe('where an export lands', () => {
  const at = folderForEachTest();
  const path = (name: string): string => join(at.path, name);
  const open = (name: string, layout: 'file' | 'folder', force = false): Promise<Target> => openTarget(path(name), layout, { extension: 'csv', force });
  const problem = (code: string, message: RegExp) => (error: unknown): boolean => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problem.code, code);
    assert.match(error.problem.message, message);
    return true;
  };

  async function write(target: Target, name: string, text: string): Promise<void> {
    const file = await target.sink.open(name);
    await file.write(text);
    await file.close();
  }

  it('is a file under its name only when it is whole, readable by its owner alone', async () => {
    const target = await open('a.csv', 'file');
    const file = await target.sink.open('x');
    await file.write('one\n');
    assert.ok(!existsSync(path('a.csv')));
    await file.write(Buffer.from('two\n'));
    await file.close();
    assert.ok(!existsSync(path('a.csv')));
    const files = await target.commit();
    assert.deepEqual(files, [{ name: 'a.csv', bytes: 8, sha256: createHash('sha256').update('one\ntwo\n').digest('hex') }]);
    assert.equal(readFileSync(path('a.csv'), 'utf8'), 'one\ntwo\n');
    assert.deepEqual(readdirSync(at.path), ['a.csv']);
    if (process.platform !== 'win32') assert.equal(statSync(path('a.csv')).mode & 0o777, 0o600);
  });

  it('is nothing at all when it is given up, and folders made for it go too', async () => {
    const target = await open('a.csv', 'file');
    await (await target.sink.open('x')).write('half');
    await target.discard();
    const folder = await open('new/deep', 'folder');
    await (await folder.sink.open('sub/x.csv')).write('half');
    await folder.discard();
    assert.deepEqual(readdirSync(at.path), []);
  });

  it('replaces nothing unasked, not even what came in between', async () => {
    writeFileSync(path('a.csv'), 'mine');
    await assert.rejects(open('a.csv', 'file'), problem('exists', /a\.csv is there already and was left as it is\. .*--force/));
    const late = await open('b.csv', 'file');
    await write(late, 'x', 'export');
    writeFileSync(path('b.csv'), 'mine');
    await assert.rejects(late.commit(), problem('exists', /b\.csv is there already/));
    await late.discard();
    mkdirSync(path('out'));
    writeFileSync(path('out/x.csv'), 'mine');
    const folder = await open('out', 'folder');
    await write(folder, 'w.csv', 'export');
    await write(folder, 'x.csv', 'export');
    await assert.rejects(folder.commit(), problem('exists', /out\/x\.csv is there already/));
    await folder.discard();
    assert.deepEqual([readFileSync(path('b.csv'), 'utf8'), readdirSync(path('out')), readFileSync(path('out/x.csv'), 'utf8')], ['mine', ['x.csv'], 'mine']);
  });

  it('replaces what it may', async () => {
    writeFileSync(path('a.csv'), 'mine');
    const target = await open('a.csv', 'file', true);
    await write(target, 'x', 'export');
    await target.commit();
    mkdirSync(path('out'));
    for (const name of ['x.csv', 'other.csv']) writeFileSync(path(`out/${name}`), 'mine');
    const folder = await open('out', 'folder', true);
    await write(folder, 'x.csv', 'export');
    await folder.commit();
    assert.deepEqual(['a.csv', 'out/x.csv', 'out/other.csv'].map((name) => readFileSync(path(name), 'utf8')), ['export', 'export', 'mine']);
    assert.deepEqual(readdirSync(at.path).sort(), ['a.csv', 'out']);
  });

  it('clears away what killed exports left in its folder, and nothing else', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const kept = ['.a.csv.partial', `.b.csv.daybook-${process.pid}-0123abcd.partial`, `a.csv.daybook-${dead}-0123abcd.partial`];
    for (const name of [...kept, `.a.csv.daybook-${dead}-0123abcd.partial`]) writeFileSync(path(name), 'half');
    mkdirSync(path(`.out.daybook-${dead}-4567abcd.partial/data`), { recursive: true });
    await (await open('new.csv', 'file')).discard();
    assert.deepEqual(readdirSync(at.path).sort(), kept.toSorted());
    mkdirSync(path(`out/.out.daybook-${dead}-4567abcd.partial`), { recursive: true });
    await (await open('out', 'folder')).discard();
    assert.deepEqual(readdirSync(path('out')), []);
  });

  it('is a new folder as a whole, and joins one that came in between', async () => {
    const first = await open('out', 'folder');
    const second = await open('out', 'folder');
    await write(first, 'deep/a.csv', 'one');
    await write(second, 'deep/b.csv', 'two');
    assert.ok(!existsSync(path('out')));
    await first.commit();
    await second.commit();
    assert.deepEqual(readdirSync(path('out/deep')), ['a.csv', 'b.csv']);
    assert.deepEqual(readdirSync(at.path), ['out']);
  });

  it('has a temporary name that fits where its own does', async () => {
    for (const name of ['世'.repeat(80), '👩'.repeat(60), 'x'.repeat(250)]) {
      const target = await open(`${name}.csv`, 'file');
      await write(target, 'x', 'export');
      await target.commit();
    }
    assert.equal(readdirSync(at.path).length, 3);
  });

  it('says in a sentence why it cannot be', async () => {
    mkdirSync(path('folder'));
    writeFileSync(path('file'), '');
    await assert.rejects(open('folder', 'file'), problem('is-folder', /folder is a folder\. Name a file, such as .*daybook\.csv\.$/));
    await assert.rejects(open('file', 'folder'), problem('is-file', /file is a file, and this export is a folder of files/));
    await assert.rejects(open('file/below', 'folder'), problem('not-written', /a part of its path is no folder\. Nothing was exported\.$/));
    const orphan = await open('no/such/a.csv', 'file');
    await assert.rejects(orphan.sink.open('x'), problem('not-written', /no\/such\/a\.csv cannot be written: its folder is not there\./));
    const twice = await open('a.csv', 'file');
    await write(twice, 'x', '');
    await assert.rejects(twice.sink.open('y'), problem('several-files', /more than one file to write, y among them\. Name a folder/));
    await twice.discard();
  });

  it('says so when the disk is full, or may not be written', () => {
    for (const [code, sentence] of [
      ['ENOSPC', 'There is no space left on the disk for /x/a.csv. Nothing was exported.'], ['EROFS', '/x/a.csv cannot be written: its disk may only be read. Nothing was exported.'],
      ['EACCES', '/x/a.csv cannot be written: this user has no permission for its folder. Nothing was exported.'], ['EIO', '/x/a.csv could not be written: broken. Nothing was exported.'],
    ]) {
      const failure = writeFailure(Object.assign(new Error('broken'), { code }), '/x/a.csv');
      assert.ok(failure instanceof ProblemError);
      assert.equal(failure.message, sentence);
    }
    const bug = new TypeError('a bug');
    assert.equal(writeFailure(bug, '/x'), bug);
  });

  it('is never outside of its folder, by a name or by a link', async () => {
    const target = await open('out', 'folder');
    for (const name of ['../x', 'a/../../x', '/x', '', 'a//b', '.', 'a\\..\\b', 'a\0b']) await assert.rejects(target.sink.open(name), problem('outside', /is no name of a file below/), name);
    await target.discard();
    mkdirSync(path('out'));
    mkdirSync(path('elsewhere'));
    symlinkSync(path('elsewhere'), path('out/day'));
    const linked = await open('out', 'folder');
    await write(linked, 'day/x.csv', 'export');
    await assert.rejects(linked.commit(), problem('outside', /out\/day leads out of/));
    await linked.discard();
    assert.deepEqual(readdirSync(path('elsewhere')), []);
  });

  it('is a folder or a file as its path says', async () => {
    mkdirSync(path('there.csv'));
    assert.deepEqual(
      await Promise.all([layoutOf(path('a.csv'), csv), layoutOf(path('a.CSV'), csv), layoutOf(path('a'), csv), layoutOf(path('there.csv'), csv), layoutOf(path('a'), jsonl)]),
      ['file', 'file', 'folder', 'folder', 'file'],
    );
  });
});
