/** The tests that run inside VS Code's extension host: test/host. On the desktop where there is one, else in a browser. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { askedAgain } from './again.ts';
import { reportMark } from './mark.ts';
import { cache, root } from './places.ts';
import { run } from './process.ts';
import { reportVariable } from './reporter.ts';
import { readReport, total } from './tally.ts';
import type { Report, Tally } from './tally.ts';
import { browserCode } from './vscode/available.ts';
import type { BrowserCode, Unavailable } from './vscode/available.ts';
import { desktopArguments, desktopCode, desktopVariables } from './vscode/desktop.ts';
import { openPage } from './vscode/page.ts';
import { createProfile } from './vscode/profile.ts';
import type { Profile } from './vscode/profile.ts';
import { thoroughVariable } from './thorough.ts';
import { serve } from './vscode/serve.ts';
import type { Payload, Served } from './vscode/serve.ts';
import { writeWorkspace } from './workspace.ts';

/** Names the file into which an extension host that is about to be killed writes its number. */
const dyingVariable = 'DAYBOOK_TEST_DYING';
/** Which tests: a regular expression, as mocha takes it. */
const grepVariable = 'DAYBOOK_TEST_GREP';

const runMs = 8 * 60_000;
const tests = join(root, 'test', 'host');
const hostLog = join(cache, 'host.log');
const shownCharacters = 4_000;
/** The bundle inside VS Code lies elsewhere and does not know where the repository is. */
const goldens = { DAYBOOK_TEST_GOLDEN_HOUR: join(tests, 'hour', 'golden.txt'), DAYBOOK_TEST_GOLDEN: process.env['DAYBOOK_TEST_GOLDEN'] };

/** Runs them all against the extension in the folder `extension`, which must be built. Throws when VS Code ends without a report. */
export async function hostTests(extension = root): Promise<Tally | Unavailable> {
  await checkList();
  const grep = process.env[grepVariable];
  const first = await hostRun(extension, grep);
  if ('reason' in first) return first;
  if (grep !== undefined) return total(first);
  return total(await askedAgain(first, async (pattern) => {
    const second = await hostRun(extension, pattern);
    if ('reason' in second) throw new Error(second.reason);
    return second;
  }));
}

async function hostRun(extension: string, grep: string | undefined): Promise<Report | Unavailable> {
  const isKilledFirst = grep === undefined || grep.includes('sample');
  return inFreshCode(extension, [join(root, 'examples', 'release')], async (open) => {
    // A first VS Code of the same person that dies in the middle of its work: the tests look at what is left.
    if (isKilledFirst) await open(join(root, 'dist', 'test', 'killed.cjs'), {});
    const { said, report } = await open(join(root, 'dist', 'test', 'host.cjs'), { DAYBOOK_TEST_KILLED: isKilledFirst ? 'yes' : undefined, [thoroughVariable]: process.env[thoroughVariable], [grepVariable]: grep });
    await keepLog(said);
    return reportAt(report, said);
  });
}

/** Runs the `run` of a bundle in the extension host of a fresh VS Code. Returns what VS Code said. */
export async function insideCode(extension: string, bundle: string, variables: NodeJS.ProcessEnv): Promise<string | Unavailable> {
  return inFreshCode(extension, [], async (open) => (await open(bundle, variables)).said);
}

/** Opens VS Code and runs the `run` of a bundle in it, to its end: what VS Code said, and where the report is. */
type Open = (bundle: string, further: NodeJS.ProcessEnv) => Promise<{ readonly said: string; readonly report: string }>;

/** A profile and a folder in which VS Code is opened, several times perhaps; `installed` are folders of further extensions. */
async function inFreshCode<T>(extension: string, installed: readonly string[], work: (open: Open) => Promise<T>): Promise<T | Unavailable> {
  const desktop = await desktopCode();
  const inBrowser = desktop === undefined ? await browserCode() : undefined;
  if (inBrowser !== undefined && 'reason' in inBrowser) return inBrowser;
  const profile = await createProfile({ settings: (path) => ({ 'daybook.dataDirectory': join(path, 'data') }) });
  const report = join(profile.root, 'report.json');
  const workspace = await writeWorkspace(join(profile.root, 'shop'));
  for (const folder of installed) await cp(folder, join(profile.extensions, basename(folder)), { recursive: true });
  const open: Open = async (bundle, further) => {
    const payload = { extensionDevelopmentPath: extension, extensionTestsPath: bundle };
    const variables = { ...further, [reportVariable]: report, [dyingVariable]: join(profile.root, 'dying'), DAYBOOK_TEST_TERMINALS_MISSING: inBrowser?.code.terminalsMissing, ...goldens };
    const said =
      inBrowser === undefined
        ? await runOnDesktop(desktop ?? '', profile, workspace, payload, variables)
        : await runInBrowser(inBrowser, profile, workspace, payload, variables);
    return { said, report };
  };
  try {
    return await work(open);
  } finally {
    await profile.remove();
  }
}

/** A test file that nobody lists would never run, and never fail. */
async function checkList(): Promise<void> {
  const list = await readFile(join(tests, 'index.ts'), 'utf8');
  const forgotten = (await readdir(tests)).filter((name) => name.endsWith('.test.ts') && !list.includes(`'./${name}'`));
  if (forgotten.length > 0) throw new Error(`test/host/index.ts does not list ${forgotten.join(', ')}.`);
}

/** An extension host that dies still ends with exit code 0; only the report proves that tests ran. */
async function reportAt(path: string, said: string): Promise<Report> {
  const report = existsSync(path) ? readReport(await readFile(path, 'utf8')) : undefined;
  if (report === undefined) throw new Error(`VS Code ended without a report of at least one test.\n${said.slice(-shownCharacters)}`);
  return report;
}

/** What VS Code said beside the report: much, and of use only when something is wrong. */
async function keepLog(said: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  await writeFile(hostLog, said);
  console.log('What VS Code itself said is in .vscode-test/host.log.');
}

type Run = [profile: Profile, workspace: string, payload: Payload, variables: NodeJS.ProcessEnv];

async function runOnDesktop(executable: string, ...[profile, workspace, payload, variables]: Run): Promise<string> {
  const env = { ...desktopVariables(profile), ...variables };
  const args = desktopArguments(profile, workspace, payload);
  return (await run(executable, args, { cwd: profile.root, env, timeoutMs: runMs, show: true })).output;
}

async function runInBrowser(available: BrowserCode, ...[profile, workspace, payload, variables]: Run): Promise<string> {
  const served = await serve(available.code, profile, variables);
  const { page, close } = await openPage(available.browser);
  const lines: string[] = [];
  try {
    const died = watchDeath(join(profile.root, 'dying'));
    const how = await Promise.race([testsEnd(page, served, served.address(workspace, payload), (line) => lines.push(line)), died.promise]).finally(died.end);
    return `${served.log()}\n${lines.join('\n')}\n${how}`;
  } finally {
    await close();
    await served.stop();
  }
}

/** Resolves when the process whose number is in the file is gone: a bundle writes it there before it kills its own. */
function watchDeath(path: string): { readonly promise: Promise<string>; end(): void } {
  const { promise, resolve } = Promise.withResolvers<string>();
  const timer = setInterval(() => {
    const process = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
    if (process > 0 && !isAlive(process)) resolve('The extension host was killed.');
  }, 200);
  return {
    promise,
    end() {
      clearInterval(timer);
      rmSync(path, { force: true });
    },
  };
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false; // that is the answer
  }
}

async function testsEnd(page: Page, served: Served, address: string, keep: (line: string) => void): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    const line = format(...args);
    keep(line);
    if (line.startsWith(reportMark)) console.log(line);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => resolve(`The extension host ended with ${code}.`));
  page.on('crash', () => resolve('The page crashed.'));
  void served.ended.then(() => resolve("VS Code's server ended."));
  const timer = setTimeout(() => resolve(`The tests did not end in ${runMs / 1000} seconds.`), runMs);
  await page.goto(address);
  return promise.finally(() => clearTimeout(timer));
}
