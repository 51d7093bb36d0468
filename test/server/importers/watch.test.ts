import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { watchSources, type SourceWatch } from '../../../server/importers/watch.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { note, notesImporter, nowhere } from './notes.ts';

const patienceMs = 5_000;

describe('watch', () => {
  const at = folderForEachTest();
  let root: string;
  let seen: Set<string>;
  let watch: SourceWatch | undefined;

  beforeEach(() => {
    root = join(at.path, 'tool', 'sessions');
    seen = new Set();
  });
  afterEach(() => watch?.close());

  async function start(): Promise<void> {
    watch = await watchSources([notesImporter(root)], nowhere, (path) => seen.add(relative(root, path)));
  }

  /** Waits until a change of this file is told. */
  async function told(path: string): Promise<void> {
    for (const end = Date.now() + patienceMs; !seen.has(path);) {
      if (Date.now() > end) assert.fail(`Nothing was told of ${path}; only of ${[...seen].join(', ')}.`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  const write = (path: string): void => writeFileSync(join(root, path), note('1'));

  it('tells of a file that is new or grows in a folder that is there', async () => {
    mkdirSync(join(root, 'project'), { recursive: true });
    write('project/old.notes');
    await start();
    appendFileSync(join(root, 'project/old.notes'), note('2'));
    write('project/new.notes');
    await told('project/old.notes');
    await told('project/new.notes');
  });

  it('tells of a file in a folder that is new, also when it was there before the watch', async () => {
    mkdirSync(root, { recursive: true });
    await start();
    mkdirSync(join(root, 'a/b'), { recursive: true });
    write('a/b/early.notes');
    await told('a/b/early.notes');
    write('a/b/late.notes');
    await told('a/b/late.notes');
  });

  it('tells of a file in a folder that was removed and made again', async () => {
    mkdirSync(join(root, 'a'), { recursive: true });
    await start();
    rmSync(join(root, 'a'), { recursive: true });
    mkdirSync(join(root, 'a'));
    write('a/first.notes');
    await told('a/first.notes');
    write('a/second.notes');
    await told('a/second.notes');
  });

  it('tells of a file that came at once with all the folders above it', async () => {
    await start();
    mkdirSync(join(root, 'project'), { recursive: true });
    write('project/first.notes');
    await told('project/first.notes');
  });

  it('waits for a root that is not there yet', async () => {
    mkdirSync(join(at.path, 'tool'));
    await start();
    mkdirSync(join(root, 'project'), { recursive: true });
    write('project/a.notes');
    await told('project/a.notes');
    write('project/b.notes');
    await told('project/b.notes');
  });

  it('waits for a root whose parents are not there either, one after the other', async () => {
    await start();
    mkdirSync(join(at.path, 'tool'));
    await new Promise((resolve) => setTimeout(resolve, 30));
    mkdirSync(root);
    write('first.notes');
    await told('first.notes');
    write('second.notes');
    await told('second.notes');
  });

  it('tells two tools that keep their sessions below one folder', async () => {
    mkdirSync(root, { recursive: true });
    const told = new Set<string>();
    const importers = ['one', 'two'].map((source) => ({ ...notesImporter(root), source }));
    watch = await watchSources(importers, nowhere, (_path, { source }) => told.add(source));
    write('a.notes');
    for (const end = Date.now() + patienceMs; told.size < 2;) {
      assert.ok(Date.now() < end, `only ${[...told].join(', ')} was told`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });

  it('tells nothing of what can hold no session, and goes through no link', async () => {
    mkdirSync(join(root, 'private'), { recursive: true });
    mkdirSync(join(at.path, 'outside'));
    await start();
    writeFileSync(join(at.path, 'outside/a.notes'), note('1'));
    symlinkSync(join(at.path, 'outside'), join(root, 'link'));
    symlinkSync('circle', join(root, 'circle'));
    mkdirSync(join(root, 'private/deep'));
    write('private/deep/a.notes');
    write('other.txt');
    write('last.notes');
    await told('last.notes');
    assert.deepEqual([...seen], ['last.notes']);
  });

  it('tells nothing after it was closed', async () => {
    mkdirSync(root, { recursive: true });
    await start();
    watch?.close();
    write('a.notes');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual([...seen], []);
  });
});
