/** A browser for the tests: one that is here, or one that can be had without asking anybody. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { run } from '../process.ts';
import { chromiumFromRegistry } from './chromium.ts';

export interface Browser {
  /** Absolute path. */
  readonly executable: string;
  /** Variables it needs beside the usual ones. */
  readonly env: Readonly<Record<string, string>>;
}

const versionMs = 20_000;
const aptMs = 10 * 60_000;

/** The first browser that starts. Throws with one reason per way that failed. */
export async function findBrowser(): Promise<Browser> {
  const reasons: string[] = [];
  for (const way of [installed, ofPlaywright, fromRegistry, fromDebian]) {
    const found = await attempt(way);
    if (typeof found === 'string') reasons.push(found);
    else if (await starts(found)) return found;
    else reasons.push(`${found.executable} does not start`);
  }
  throw new Error(`No browser was found: ${reasons.join('; ')}.`);
}

type Way = () => Browser | string | Promise<Browser | string>;

/** The browser, or why there is none. */
async function attempt(way: Way): Promise<Browser | string> {
  try {
    return await way();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function installed(): Browser | string {
  const executable = usualPlaces().find((path) => existsSync(path));
  return executable === undefined ? 'no Chrome, Chromium or Edge is installed' : { executable, env: {} };
}

function ofPlaywright(): Browser | string {
  const executable = chromium.executablePath();
  return existsSync(executable) ? { executable, env: {} } : 'Playwright has not downloaded one';
}

async function fromRegistry(): Promise<Browser | string> {
  const fits = process.platform === 'linux' && process.arch === 'x64';
  return fits ? chromiumFromRegistry() : 'the npm registry has one for Linux x64 only';
}

/** Only where nobody is asked and nothing is changed that lasts: as root on a machine of continuous integration. */
async function fromDebian(): Promise<Browser | string> {
  if (process.getuid?.() !== 0 || !process.env['CI']) return 'apt is used only by root in continuous integration';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    const outcome = await run('apt-get', args, { timeoutMs: aptMs, env });
    if (outcome.code !== 0) return `apt-get ${args[0]} failed`;
  }
  return installed();
}

async function starts(browser: Browser): Promise<boolean> {
  const env = { ...process.env, ...browser.env };
  // On Windows a browser prints no version; it opens a window instead.
  if (process.platform === 'win32') return true;
  return (await run(browser.executable, ['--version', '--no-sandbox'], { timeoutMs: versionMs, env })).code === 0;
}

function usualPlaces(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
    case 'win32':
      return [process.env['ProgramFiles'], process.env['ProgramFiles(x86)'], process.env['LOCALAPPDATA']]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')]);
    default: {
      const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge'];
      const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...(process.env['PATH'] ?? '').split(':')];
      return names.flatMap((name) => folders.map((folder) => join(folder, name)));
    }
  }
}
