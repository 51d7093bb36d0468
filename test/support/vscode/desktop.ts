/** VS Code on the desktop: installed, or downloaded where that is possible. */
import { setTimeout as sleep } from 'node:timers/promises';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cache } from '../places.ts';
import { desktopEnvironment, hasDisplay, installedCode } from './installed.ts';
import type { Profile } from './profile.ts';
import type { Payload } from './serve.ts';

const downloadMs = 5 * 60_000;

/** The executable of a desktop VS Code, absolute; undefined where there is no display or the download fails, which it says. */
export async function desktopCode(): Promise<string | undefined> {
  if (!hasDisplay()) return undefined;
  return installedCode() ?? (await download());
}

/** The arguments that open a folder in a profile of its own, with the extension that is being developed. */
export function desktopArguments(profile: Profile, folder: string, payload: Payload): string[] {
  return [
    folder,
    ...Object.entries(payload).map(([name, path]: [string, string]) => `--${name}=${path}`),
    `--user-data-dir=${profile.userData}`,
    `--extensions-dir=${profile.extensions}`,
    ...['--disable-workspace-trust', '--disable-updates', '--skip-welcome', '--skip-release-notes'],
    ...['--disable-gpu-sandbox', '--no-sandbox'],
  ];
}

/** The desktop needs the person's runtime folder: the display's socket lies there. */
export function desktopVariables(profile: Profile): NodeJS.ProcessEnv {
  return desktopEnvironment({ ...profile.env, XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] });
}

async function download(): Promise<string | undefined> {
  try {
    const late = sleep(downloadMs, undefined, { ref: false }).then(() => Promise.reject(new Error('it took longer than five minutes')));
    return await Promise.race([downloadAndUnzipVSCode({ cachePath: cache, extractSync: true }), late]);
  } catch (error) {
    console.log(`VS Code could not be downloaded (${error instanceof Error ? error.message : String(error)}); it is tried in a browser.`);
    return undefined;
  }
}
