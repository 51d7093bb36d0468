/** Where VS Code and its relatives keep chat sessions. */

import { posix, win32 } from 'node:path';
import type { Machine, Root } from '../importer.ts';

const products = ['Code', 'Code - Insiders', 'VSCodium', 'Code - OSS', 'Cursor', 'Windsurf'];

const inWorkspace = /^[^/]+\/(chatSessions\/[^/]+\.jsonl?|GitHub\.copilot-chat\/transcripts\/[^/]+\.jsonl)$/i;
const sessionFile = /^[^/]+\.jsonl?$/i;

/** Folders that may hold sessions, for every `User` directory of this machine. */
export function roots(machine: Machine): readonly Root[] {
  const { join } = machine.platform === 'win32' ? win32 : posix;
  const directories = new Set([...userDirectories(machine, join), ...machine.vscodeUserDirectories]);
  return [...directories].flatMap((directory) => [
    { path: join(directory, 'workspaceStorage'), mayHold: (path: string) => inWorkspace.test(path) },
    { path: join(directory, 'globalStorage', 'emptyWindowChatSessions'), mayHold: (path: string) => sessionFile.test(path) },
    { path: join(directory, 'globalStorage', 'transferredChatSessions'), mayHold: (path: string) => sessionFile.test(path) },
  ]);
}

function userDirectories(machine: Machine, join: (...pieces: string[]) => string): readonly string[] {
  const settings = settingsDirectory(machine, join);
  const server = join(machine.env['XDG_DATA_HOME'] || join(machine.home, '.local', 'share'), 'code-server');
  return [...products.map((product) => join(settings, product, 'User')), join(server, 'User')];
}

/** The directory in which each product has a folder. */
function settingsDirectory(machine: Machine, join: (...pieces: string[]) => string): string {
  if (machine.platform === 'darwin') return join(machine.home, 'Library', 'Application Support');
  if (machine.platform === 'win32') return machine.env['APPDATA'] || join(machine.home, 'AppData', 'Roaming');
  return machine.env['XDG_CONFIG_HOME'] || join(machine.home, '.config');
}
