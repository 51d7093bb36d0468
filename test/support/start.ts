/**
 * `npm start`: VS Code with this checkout's extension on the folder in which it was typed, with the person's own sessions.
 * `--headless` needs no display, says what was recorded and imported, and stops; `--stay` keeps it running. `--data-dir DIR` records there.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endAll } from './endings.ts';
import { firstImport, inSentences } from './firstImport.ts';
import { root } from './places.ts';
import { run, startGroup } from './process.ts';
import { browserCode } from './vscode/available.ts';
import { codeServer } from './vscode/codeServer.ts';
import { desktopArguments, desktopVariables } from './vscode/desktop.ts';
import { hasDisplay, installedCode } from './vscode/installed.ts';
import { openPage } from './vscode/page.ts';
import { createProfile } from './vscode/profile.ts';
import type { Profile } from './vscode/profile.ts';
import { serve } from './vscode/serve.ts';

const { values: options } = parseArgs({
  options: {
    headless: { type: 'boolean', default: false },
    stay: { type: 'boolean', default: false },
    'data-dir': { type: 'string' },
  },
});

const buildMs = 120_000;
/** The folder in which npm was called; npm itself runs in the checkout. */
const folder = process.env['INIT_CWD'] ?? process.cwd();
const dataDirectory = options['data-dir'] === undefined ? undefined : resolve(folder, options['data-dir']);
const payload = { extensionDevelopmentPath: root };

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await endAll();
}

async function main(): Promise<void> {
  const built = await run(process.execPath, ['esbuild.mjs'], { cwd: root, timeoutMs: buildMs });
  if (built.code !== 0) throw new Error(`Daybook could not be built.\n${built.output.trim()}`);
  const settings = (): Record<string, string> => (dataDirectory === undefined ? {} : { 'daybook.dataDirectory': dataDirectory });
  const profile = await createProfile({ person: 'real', settings });
  if (options.headless) return headless(profile);
  const installed = installedCode();
  return installed === undefined ? inBrowser(profile) : onDesktop(installed, profile);
}

async function onDesktop(executable: string, profile: Profile): Promise<void> {
  console.log(`VS Code opens ${folder} with Daybook. Close its window or press Ctrl+C to end.`);
  const args = desktopArguments(profile, folder, payload);
  await startGroup(executable, args, { env: desktopVariables(profile), stdio: 'ignore' }).gone;
}

async function inBrowser(profile: Profile): Promise<void> {
  const served = await serve(await codeServer(), profile);
  const address = served.address(folder, payload);
  console.log(`VS Code with Daybook is at ${address}\nPress Ctrl+C to end.`);
  if (hasDisplay()) openInBrowser(address);
  await served.ended;
}

async function headless(profile: Profile): Promise<void> {
  const available = await browserCode();
  if ('reason' in available) throw new Error(available.reason);
  const served = await serve(available.code, profile);
  const { page } = await openPage(available.browser);
  await page.goto(served.address(folder, payload));
  console.log(`VS Code is open on ${folder}, in a browser without a window, with Daybook in it. The first import runs.`);
  const found = await firstImport(dataDirectory, profile.env);
  for (const sentence of inSentences(found)) console.log(sentence);
  if (!options.stay) return;
  console.log('Recording goes on. Press Ctrl+C to end.');
  await served.ended;
}

function openInBrowser(address: string): void {
  const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer' };
  const opener = startGroup(openers[process.platform] ?? 'xdg-open', [address], { stdio: 'ignore' });
  opener.child.once('error', () => console.log('Open the address in a browser.'));
}
