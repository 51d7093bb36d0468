import { posix, win32 } from 'node:path';
import type { Machine } from '../importer.ts';

const products = ['Code', 'Code - Insiders', 'VSCodium', 'VSCodium - Insiders', 'Code - OSS', 'Cursor', 'Windsurf', 'Windsurf - Next', 'Positron'];
/** What runs on a machine that one works on from another one. `.vscode-remote` is that of codespaces. */
const servers = [
  '.vscode-server', '.vscode-server-insiders', '.vscode-server-oss', '.vscode-remote', '.vscodium-server', '.cursor-server', '.windsurf-server', '.positron-server',
];
/** Packages that keep their settings within a folder of their own, and the product in them. */
const flatpaks = [['com.visualstudio.code', 'Code'], ['com.visualstudio.code.insiders', 'Code - Insiders'], ['com.vscodium.codium', 'VSCodium']] as const;

/** Joins pieces of a path as the machine spells it. */
export function joinOn(machine: Machine): (...pieces: string[]) => string {
  return machine.platform === 'win32' ? win32.join : posix.join;
}

export function isAbsoluteOn({ platform }: Machine, path: string): boolean {
  return (platform === 'win32' ? win32 : posix).isAbsolute(path);
}

/** The `User` folders of VS Code and its relatives on this machine, whether they exist or not; each once. */
export function userDirectories(machine: Machine): readonly string[] {
  const join = joinOn(machine);
  const { home, env, platform } = machine;
  const settings = settingsDirectories(machine);
  const packages = platform === 'linux' ? flatpaks.map(([name, product]) => join(home, '.var', 'app', name, 'config', product, 'User')) : [];
  return [...new Set([
    ...settings.flatMap((folder) => products.map((product) => join(folder, product, 'User'))),
    ...packages,
    ...servers.map((server) => join(home, server, 'data', 'User')),
    ...(env['VSCODE_AGENT_FOLDER'] ? [join(env['VSCODE_AGENT_FOLDER'], 'data', 'User')] : []),
    ...(env['VSCODE_PORTABLE'] ? [join(env['VSCODE_PORTABLE'], 'user-data', 'User')] : []),
    ...codeServer(machine),
    ...machine.vscodeUserDirectories,
  ])];
}

/** The `globalStorage` folders in which extensions of VS Code and its relatives keep their files on this machine. */
export function globalStorages(machine: Machine): readonly string[] {
  return userDirectories(machine).map((directory) => joinOn(machine)(directory, 'globalStorage'));
}

/** code-server follows XDG, on macOS too. */
function codeServer(machine: Machine): readonly string[] {
  const join = joinOn(machine);
  const { home, env, platform } = machine;
  const shared = env['XDG_DATA_HOME'] || join(home, '.local', 'share');
  const windows = platform === 'win32' ? [join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'code-server', 'Data', 'User')] : [];
  return [join(shared, 'code-server', 'User'), ...windows];
}

/** The directories in which each product has a folder. */
function settingsDirectories(machine: Machine): readonly string[] {
  const join = joinOn(machine);
  const { home, env, platform } = machine;
  const moved = env['VSCODE_APPDATA'] ? [env['VSCODE_APPDATA']] : [];
  if (platform === 'darwin') return [...moved, join(home, 'Library', 'Application Support')];
  if (platform === 'win32') return [...moved, env['APPDATA'] || join(home, 'AppData', 'Roaming')];
  return [...moved, env['XDG_CONFIG_HOME'] || join(home, '.config')];
}
