/** Much at once, and how long the event loop of the extension host was held up meanwhile. For a test and for the benchmark. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

/** Milliseconds by which the event loop was late. */
export interface Delay {
  readonly p99: number;
  readonly max: number;
}

export const replacedFiles = 1_000;
export const checkedOutFiles = 2_000;
export const printedBytes = 50 * 1024 * 1024;

const run = promisify(execFile);
const resolutionMs = 10;
/** What is gathered is told within this time after its end. */
const afterMs = 6_000;
const integrationMs = 15_000;

/** While the work is done, and a moment after it. */
async function delayDuring(work: () => Promise<void>): Promise<Delay> {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  await work();
  await sleep(afterMs);
  delays.disable();
  // What is measured is the time from one look to the next.
  const late = (nanoseconds: number): number => Math.max(0, Math.round((nanoseconds / 1e6 - resolutionMs) * 10) / 10);
  return { p99: late(delays.percentile(99)), max: late(delays.max) };
}

/** Replaces a word in a thousand files that nobody opened, as *Replace All* does; they are left unsaved, so that this comes last. */
export async function replaceInFiles(folder: string): Promise<Delay> {
  const place = join(folder, 'replaced');
  await mkdir(place);
  const paths = Array.from({ length: replacedFiles }, (_, at) => join(place, `${at}.js`));
  await Promise.all(paths.map((path) => writeFile(path, 'const coffee = 1;\n'.repeat(20))));
  await sleep(afterMs);
  return delayDuring(async () => {
    const edit = new vscode.WorkspaceEdit();
    for (const path of paths) for (let line = 0; line < 20; line++) edit.replace(vscode.Uri.file(path), new vscode.Range(line, 6, line, 12), 'tea');
    assert.ok(await vscode.workspace.applyEdit(edit));
  });
}

/** Changes to a branch on which two thousand files are others. */
export async function checkout(folder: string): Promise<Delay> {
  const place = join(folder, 'checkout');
  await mkdir(place);
  const git = async (...args: string[]): Promise<unknown> =>
    run('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'init.defaultBranch=main', ...args], { cwd: place });
  const write = (text: string): Promise<unknown> => Promise.all(Array.from({ length: checkedOutFiles }, (_, at) => writeFile(join(place, `${at}.txt`), `${text} ${at}\n`)));
  await git('init');
  for (const branch of ['one', 'two']) {
    await git('checkout', '-b', branch);
    await write(branch);
    await git('add', '.');
    await git('commit', '-m', branch);
  }
  await sleep(afterMs);
  const delay = await delayDuring(async () => {
    await git('checkout', 'one');
  });
  await rm(place, { recursive: true });
  await sleep(afterMs);
  return delay;
}

/** Prints fifty megabytes in a terminal with shell integration. */
export async function print(commandLine: string): Promise<Delay> {
  const terminal = vscode.window.createTerminal();
  try {
    const until = Date.now() + integrationMs;
    while (!terminal.shellIntegration) {
      if (Date.now() > until) throw new Error(`The shell did not report itself in ${integrationMs / 1000} seconds.`);
      await sleep(50);
    }
    const shell = terminal.shellIntegration;
    return await delayDuring(async () => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const listener = vscode.window.onDidEndTerminalShellExecution((ended) => ended.terminal === terminal && resolve(undefined));
      shell.executeCommand(commandLine);
      await promise.finally(() => void listener.dispose());
    });
  } finally {
    terminal.dispose();
  }
}

export const printCommand = `yes 'a line of output that is about as long as others' | head -c ${printedBytes}; sleep 0.2`;
