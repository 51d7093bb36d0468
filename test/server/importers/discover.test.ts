import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { discover, filesBelow, foldersBelow, recogniseBelow } from '../../../server/importers/discover.ts';
import type { Root } from '../../../server/importers/importer.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { note, notesImporter, nowhere } from './notes.ts';

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of list) found.push(each);
  return found;
}

describe('discover', () => {
  const at = folderForEachTest();

  function file(path: string, content = note('1'), ageSeconds = 0): string {
    const whole = join(at.path, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, content);
    const when = Date.now() / 1000 - ageSeconds;
    utimesSync(whole, when, when);
    return whole;
  }

  const root = (more: Partial<Root> = {}): Root => ({ path: at.path, mayHold: () => true, ...more });
  const found = async (): Promise<string[]> => (await discover([notesImporter(at.path)], nowhere)).map(({ path }) => path);

  it('finds what may hold sessions, the newest first', async () => {
    const old = file('deep/er/old.notes', note('1'), 100);
    const young = file('young.notes', note('1'), 10);
    file('other.txt');
    file('empty.notes', '');
    file('private/secret.notes');
    assert.deepEqual(await found(), [young, old]);
  });

  it('finds nothing in a folder that is not there, or is a file', async () => {
    assert.deepEqual(await discover([notesImporter(join(at.path, 'absent'))], nowhere), []);
    assert.deepEqual(await discover([notesImporter(file('a.notes'))], nowhere), []);
  });

  it('does not go through links, and comes to an end in a circle', async () => {
    const real = file('real/a.notes');
    symlinkSync(at.path, join(at.path, 'real/circle'));
    symlinkSync(real, join(at.path, 'link.notes'));
    assert.deepEqual(await found(), [real]);
  });

  it('goes down a bounded number of folders', async () => {
    file(`${'d/'.repeat(11)}in.notes`);
    file(`${'d/'.repeat(12)}out.notes`);
    assert.equal((await found()).length, 1);
  });

  it('stops when it is told to', async () => {
    file('a.notes');
    await assert.rejects(discover([notesImporter(at.path)], nowhere, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('walks from a folder of a root', async () => {
    file('x/1.notes');
    file('x/y/2.notes');
    assert.deepEqual(await all(filesBelow(root({ mayHold: (path) => path === 'x/y/2.notes' }), 'x')), [join(at.path, 'x/y/2.notes')]);
    assert.deepEqual(await all(foldersBelow(root())), ['', 'x', 'x/y'].map((path) => join(at.path, path)));
    assert.deepEqual(await all(foldersBelow(root({ mayEnter: (path) => path !== 'x/y' }), 'x')), [join(at.path, 'x')]);
  });
});

describe('recogniseBelow', () => {
  const at = folderForEachTest();

  it('gives each file to the importer that knows it, whatever its name, and lists the others', async () => {
    const known = join(at.path, 'session.bak');
    const other = join(at.path, 'readme.md');
    writeFileSync(known, note('1'));
    writeFileSync(other, '# Hello');
    const { files, unrecognised } = await recogniseBelow([at.path, known], [notesImporter('/elsewhere')]);
    assert.deepEqual([files.map(({ path }) => path), unrecognised], [[known], [other]]);
  });

  it('follows a link that a person names', async () => {
    const real = join(at.path, 'real');
    writeFileSync(real, note('1'));
    symlinkSync(real, join(at.path, 'link'));
    assert.deepEqual((await recogniseBelow([join(at.path, 'link')], [notesImporter('/elsewhere')])).files.map(({ path }) => path), [real]);
  });

  it('says when a path does not exist', async () => {
    await assert.rejects(recogniseBelow([join(at.path, 'absent')], []), { code: 'ENOENT' });
  });
});
