/** Whether Daybook runs on another machine than the one a person sits at: then it does not see what tools keep there, and says so. */

import type { HealthNote } from '../../shared/health.ts';
import type { Machine } from '../importers/importer.ts';

/** What this machine is to the person, where the environment tells that it is another one; in words that follow “runs”. */
export function remoteOf({ env, vscodeUserDirectories }: Machine): string | undefined {
  if (env['CODESPACES'] === 'true') return 'in a codespace';
  if (env['REMOTE_CONTAINERS'] || env['DEVCONTAINER']) return 'in a dev container';
  if (env['WSL_DISTRO_NAME']) return 'in WSL';
  if (env['SSH_CONNECTION']) return 'on a machine that is reached over SSH';
  const isServer = vscodeUserDirectories.some((directory) => /[\\/]\.[\w-]+-(?:server|remote)(?:-\w+)?[\\/]data[\\/]User$/.test(directory));
  return isServer ? 'on a remote machine' : undefined;
}

/** A remark and no warning: nothing is wrong, and nothing can be done from here. */
export function remoteNotes(machine: Machine): readonly HealthNote[] {
  const remote = remoteOf(machine);
  if (remote === undefined) return [];
  const message = `Daybook runs ${remote} and reads what tools keep there. What they keep on the computer you sit at, chats of VS Code itself among `
    + 'it, is not seen from here: daybook import reads it there.';
  return [{ id: `remote:${remote.replaceAll(' ', '-')}`, code: 'remote', state: 'ok', message }];
}
