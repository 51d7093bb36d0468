import assert from 'node:assert/strict';
import { join } from 'node:path';
import { remoteNotes, remoteOf } from '../../../server/health/remote.ts';
import type { Machine } from '../../../server/importers/importer.ts';
import { openCore } from '../../support/core.ts';
import { folderForEachTest } from '../../support/folder.ts';

const machine = (env: Machine['env'], vscodeUserDirectories: readonly string[] = []): Machine => ({ platform: 'linux', home: '/home/ada', env, vscodeUserDirectories });

describe('a machine that one works on from another one', () => {
  const at = folderForEachTest();

  for (const [what, env, directories, remote] of [
    ['a desktop', {}, ['/home/ada/.config/Code/User'], undefined],
    ['WSL', { WSL_DISTRO_NAME: 'Ubuntu' }, [], 'in WSL'],
    ['SSH', { SSH_CONNECTION: '10.0.0.2 1 10.0.0.1 22' }, [], 'on a machine that is reached over SSH'],
    ['a dev container', { REMOTE_CONTAINERS: 'true' }, [], 'in a dev container'],
    ['a codespace', { CODESPACES: 'true', REMOTE_CONTAINERS: 'true' }, [], 'in a codespace'],
    ['the server of VS Code', {}, ['/home/ada/.vscode-server/data/User'], 'on a remote machine'],
    ['the server of VS Code Insiders', {}, ['/home/ada/.vscode-server-insiders/data/User'], 'on a remote machine'],
    ['the remote of codespaces', {}, ['/home/codespace/.vscode-remote/data/User'], 'on a remote machine'],
  ] as const) {
    it(`is told from others: ${what}`, () => assert.equal(remoteOf(machine(env, directories)), remote));
  }

  it('says in Health what is not seen from there, which is no warning', async () => {
    const core = openCore(join(at.path, 'data'), at.path);
    try {
      const there = (await core.health({ machine: machine({ WSL_DISTRO_NAME: 'Ubuntu' }) })).sources[0];
      assert.deepEqual([there?.source, there?.state], ['daybook', 'ok']);
      assert.match(there?.notes[0]?.message ?? '', /^Daybook runs in WSL and reads what tools keep there\. .*is not seen from here: daybook import reads it there\.$/);
      assert.deepEqual((await core.health()).sources[0]?.notes, []);
      assert.deepEqual(remoteNotes(machine({})), []);
    } finally {
      await core.close();
    }
  });
});
