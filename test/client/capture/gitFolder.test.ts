import assert from 'node:assert/strict';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openGitFolder } from '../../../client/capture/gitFolder.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('client: git’s own files', () => {
  let root = '';
  let remove: () => Promise<void> = () => Promise.resolve();

  beforeEach(async () => {
    ({ path: root, remove } = await temporaryFolder());
  });
  afterEach(() => remove());

  async function put(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }

  it('are read from where they were left', async () => {
    await put('.git/logs/HEAD', 'old\n');
    const folder = await openGitFolder(root);
    assert.equal(await folder.newMoves(), '');
    await appendFile(join(root, '.git/logs/HEAD'), 'new\n');
    assert.equal(await folder.newMoves(), 'new\n');
    assert.equal(await folder.newMoves(), '');
  });

  it('may not be there yet, and go', async () => {
    const folder = await openGitFolder(root);
    assert.deepEqual([await folder.newMoves(), await folder.stashes(), await folder.branches()], ['', '', []]);
    await put('.git/logs/refs/stash', 'one\n');
    assert.equal(await folder.stashes(), 'one\n');
    await rm(join(root, '.git'), { recursive: true });
    assert.equal(await folder.stashes(), '');
  });

  it('have branches in files and in one packed file', async () => {
    await put('.git/refs/heads/main', 'a\n');
    await put('.git/refs/heads/ada/prices', 'b\n');
    await put('.git/packed-refs', `# pack-refs\n${'c'.repeat(40)} refs/heads/old\n${'c'.repeat(40)} refs/tags/v1\n`);
    assert.deepEqual([...(await (await openGitFolder(root)).branches())].sort(), ['ada/prices', 'main', 'old']);
  });

  it('are elsewhere in a worktree: HEAD its own, stashes and branches shared', async () => {
    await put('.git', `gitdir: ${join(root, 'main', 'worktrees', 'w')}\n`);
    await put('main/worktrees/w/commondir', '../..\n');
    await put('main/worktrees/w/logs/HEAD', '');
    await put('main/refs/heads/shared', 'a\n');
    const folder = await openGitFolder(root);
    await appendFile(join(root, 'main/worktrees/w/logs/HEAD'), 'moved\n');
    assert.equal(await folder.newMoves(), 'moved\n');
    assert.deepEqual(await folder.branches(), ['shared']);
  });
});
