/** A VS Code that is installed on this machine: its desktop executable, not its command-line script. */
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const macApplication = 'Visual Studio Code.app/Contents/MacOS/Electron';
const windowsProgram = 'Microsoft VS Code/Code.exe';

/** Absolute path; undefined when none is found or there is no display to show it on. */
export function installedCode(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (!hasDisplay(env)) return undefined;
  return [...besideCommands(env), ...usualPlaces(env)].find((path) => existsSync(path));
}

export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  return process.platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/** The environment without what a VS Code terminal adds to it: with it, a new VS Code would run as plain Node or join the old one. */
export function desktopEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const inherited = (name: string): boolean => /^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !inherited(name)));
}

/** `code` on the PATH is a script in the `bin` folder of an installation; links lead to it. */
function besideCommands(env: NodeJS.ProcessEnv): string[] {
  const commands = (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, process.platform === 'win32' ? 'code.cmd' : 'code'));
  return commands.filter((path) => existsSync(path)).flatMap((path) => executablesOf(dirname(dirname(realpathSync(path)))));
}

function executablesOf(installation: string): string[] {
  if (process.platform === 'darwin') return [join(installation, '..', '..', 'MacOS', 'Electron')];
  // In a remote window `code` is a script of the same name that belongs to no installation.
  const isInstallation = existsSync(join(installation, 'resources'));
  return isInstallation ? [join(installation, process.platform === 'win32' ? 'Code.exe' : 'code')] : [];
}

function usualPlaces(env: NodeJS.ProcessEnv): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['/Applications', join(homedir(), 'Applications')].map((folder) => join(folder, macApplication));
    case 'win32':
      return [join(env['LOCALAPPDATA'] ?? '', 'Programs'), env['ProgramFiles'] ?? ''].map((folder) => join(folder, windowsProgram));
    default:
      return ['/usr/share/code/code', '/opt/visual-studio-code/code', '/snap/code/current/usr/share/code/code'];
  }
}
