/** The tests of a person's path: test/e2e, against the extension as it is packaged. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { askedAgain } from './again.ts';
import { mochaTests } from './mocha.ts';
import type { Show } from './mocha.ts';
import { packageFor, thisPlatform } from './package.ts';
import { cache, root } from './places.ts';
import { total } from './tally.ts';
import type { Report, Tally } from './tally.ts';
import { browserCode } from './vscode/available.ts';
import type { Unavailable } from './vscode/available.ts';
import { vsixVariable } from './workbench.ts';

const runMs = 10 * 60_000;
const testMs = 120_000;
/** Clicks and keys are lost where VS Code draws anew at that moment, more often on a busy machine: what fails is asked once more, and then fails. */
const browserRetries = 1;

const folder = join(root, 'test', 'e2e');
/** A third of the time of all: with them the tests inside VS Code take as long as the others. */
const later = ['dashboard.test.ts', 'sessions.test.ts'];

/** Packages the extension and runs them all; `args` go to mocha. */
export async function e2eTests(args: readonly string[] = []): Promise<Tally | Unavailable> {
  return e2eFiles(await allFiles(), args);
}

/** Those that run beside the tests inside VS Code; what they print is shown at the end. */
export async function e2eFirst(): Promise<Tally | Unavailable> {
  return e2eFiles((await allFiles()).filter((name) => !later.includes(name)), [], 'at the end');
}

/** The others, which run after those inside VS Code: each file that is there runs in one of the two. */
export async function e2eLater(): Promise<Tally | Unavailable> {
  return e2eFiles((await allFiles()).filter((name) => later.includes(name)), [], 'at the end');
}

async function allFiles(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
}

let packaged: Promise<string | undefined> | undefined;

async function e2eFiles(files: readonly string[], args: readonly string[], show: Show = 'as it comes'): Promise<Tally | Unavailable> {
  // Asked first, so that nothing is fetched while a test's own time runs.
  const available = await browserCode();
  if ('reason' in available) return available;
  packaged ??= packageFor([thisPlatform()], cache).then(([path]) => path);
  const vsix = await packaged;
  const hooks = join(root, 'test', 'support', 'e2eHooks.ts');
  const options = ['--no-config', '--forbid-only', '--require', hooks, '--timeout', String(testMs), '--retries', String(browserRetries)];
  const run = (further: readonly string[]): Promise<Report> =>
    mochaTests([...options, ...further, ...files.map((name) => join(folder, name))], { [vsixVariable]: vsix }, runMs, show);
  const first = await run(args);
  return total(args.length > 0 ? first : await askedAgain(first, (pattern) => run(['--grep', pattern])));
}
