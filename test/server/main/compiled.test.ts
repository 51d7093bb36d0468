import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderForEachTest } from '../../support/folder.ts';
import { root } from '../../support/places.ts';

const module = pathToFileURL(join(root, 'server/main/compiled.ts')).href;

describe('a script that is run with what V8 made of it before', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  const script = (): string => join(at.path, 'script.cjs');

  function write(word: string): void {
    writeFileSync(script(), `function said() { return require('node:path').basename(__filename) + ' ${word}'; }\nprocess.stdout.write(said());\n`);
  }

  /** What the script says, run in a process of its own. */
  function said(directory = join(at.path, 'cache')): string {
    const { stdout, stderr, status } = spawnSync(process.execPath, [
      '--input-type=module', '--eval', `import { runCompiled } from ${JSON.stringify(module)}; runCompiled(...${JSON.stringify([script(), directory, 'search'])});`,
    ], { encoding: 'utf8' });
    assert.deepEqual([stderr, status], ['', 0]);
    return stdout;
  }

  function kept(): { readonly path: string; readonly bytes: Buffer } {
    const names = readdirSync(join(at.path, 'cache'));
    assert.deepEqual(names.map((name) => name.replace(/-[0-9a-f]+$/, '')), ['search']);
    const path = join(at.path, 'cache', names[0] ?? '');
    return { path, bytes: readFileSync(path) };
  }

  it('says the same, and keeps it once for one script', () => {
    write('one');
    assert.equal(said(), 'script.cjs one');
    const { path, bytes } = kept();
    const { ino } = statSync(path);
    assert.equal(said(), 'script.cjs one');
    assert.deepEqual([kept().bytes.equals(bytes), statSync(path).ino], [true, ino]);
  });

  it('makes anew what is damaged, and what is older than a day', () => {
    write('one');
    said();
    const { path, bytes } = kept();
    const damaged = Buffer.from(bytes);
    damaged.fill(0, bytes.length >> 1);
    for (const wrong of [damaged, bytes.subarray(0, bytes.length >> 1), Buffer.from('')]) {
      writeFileSync(path, wrong);
      assert.equal(said(), 'script.cjs one');
      assert.ok(!kept().bytes.equals(wrong));
    }
    const before = new Date(Date.now() - 3 * 86_400_000);
    utimesSync(path, before, before);
    assert.equal(said(), 'script.cjs one');
    assert.ok(statSync(path).mtimeMs > before.getTime() + 86_400_000);
  });

  it('runs a script that was changed, as long as before', () => {
    write('one');
    const before = new Date(Date.now() - 60_000);
    utimesSync(script(), before, before);
    said();
    write('two');
    assert.equal(said(), 'script.cjs two');
    assert.equal(said(), 'script.cjs two');
  });

  it('runs where nothing can be kept', () => {
    write('one');
    writeFileSync(join(at.path, 'file'), '');
    assert.equal(said(join(at.path, 'file')), 'script.cjs one');
    assert.equal(said(join(at.path, 'file', 'below')), 'script.cjs one');
  });
});
