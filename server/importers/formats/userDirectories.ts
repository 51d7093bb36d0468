import { posix, win32 } from 'node:path';
import type { Machine } from '../importer.ts';

const products = ['Code', 'Code - Insiders', 'VSCodium', 'Code - OSS', 'Cursor', 'Windsurf', 'Positron'];
const servers = ['.vscode-server', '.vscode-server-insiders', '.cursor-server', '.vscodium-server'];

/** Joins pieces of a path as the machine spells it. */
export function joinOn(machine: Machine): (...pieces: string[]) => string {
  return machine.platform === 'win32' ? win32.join : posix.join;
}

/** The `globalStorage` folders in which extensions of VS Code and its relatives keep their files on this machine. */
export function globalStorages(machine: Machine): readonly string[] {
  const join = joinOn(machine);
  const settings = settingsDirectory(machine, join);
  const shared = machine.env['XDG_DATA_HOME'] || join(machine.home, '.local', 'share');
  const directories = [
    ...products.map((product) => join(settings, product, 'User')),
    ...servers.map((server) => join(machine.home, server, 'data', 'User')),
    join(shared, 'code-server', 'User'),
    ...machine.vscodeUserDirectories,
  ];
  return [...new Set(directories)].map((directory) => join(directory, 'globalStorage'));
}

/** The directory in which each product has a folder. */
function settingsDirectory(machine: Machine, join: (...pieces: string[]) => string): string {
  if (machine.platform === 'darwin') return join(machine.home, 'Library', 'Application Support');
  if (machine.platform === 'win32') return machine.env['APPDATA'] || join(machine.home, 'AppData', 'Roaming');
  return machine.env['XDG_CONFIG_HOME'] || join(machine.home, '.config');
}
