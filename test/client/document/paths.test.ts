import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { folderOf, isFile, pathMeant } from '../../../client/document/paths.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('client: paths in sessions', () => {
  const posix = process.platform === 'win32' ? it.skip : it;

  posix('are meant below the folder of the session, or absolute', () => {
    assert.equal(pathMeant('src/a.ts', '/w'), '/w/src/a.ts');
    assert.equal(pathMeant('./src/../b.ts', '/w'), '/w/b.ts');
    assert.equal(pathMeant('/other/a.ts', '/w'), '/other/a.ts');
    assert.equal(pathMeant('src/a.ts', undefined), undefined);
  });

  posix('lead nowhere that is dangerous, or elsewhere', () => {
    const hostile = [
      '', '../secret', 'a/../../secret', '//server/share/x', '\\\\server\\share\\x', '~/x', '~root/x', '/dev/tty', '/proc/self/environ', '/net/host/x', 'C:\\x', 'c:/x',
      'a\u0000b', 'a\nb', '/run/x', 'x'.repeat(1_001), '.',
    ];
    assert.deepEqual(hostile.filter((path) => pathMeant(path, '/w') !== undefined), []);
  });

  posix('never leave the folder, whatever a relative one says', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('..', '.', 'a', 'b', '', '...', '\\', '~')), (names) => {
      const path = names.join('/');
      const meant = path.startsWith('/') ? undefined : pathMeant(path, '/w/x');
      return meant === undefined || meant.startsWith('/w/x/');
    }));
  });

  it('are opened where they are ordinary files', async () => {
    const { path, remove } = await temporaryFolder();
    await mkdir(join(path, 'folder'));
    await writeFile(join(path, 'a.ts'), '');
    if (process.platform !== 'win32') await promisify(execFile)('mkfifo', [join(path, 'pipe')]);
    assert.deepEqual(await Promise.all(['a.ts', 'folder', 'pipe', 'gone'].map((name) => isFile(join(path, name)))), [true, false, false, false]);
    await remove();
  });

  posix('have a folder where the workspace is on this machine', () => {
    assert.equal(folderOf('file:///home/ada/my%20shop'), '/home/ada/my shop');
    for (const other of [null, 'vscode-remote://ssh/x', 'file://server/share', 'file:///%ZZ', 'nonsense']) assert.equal(folderOf(other), undefined);
  });
});
