/** Something for each source that can be made to tell of something here. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { JournalLine } from '../support/journal.ts';
import { folder, openNew, typeLine } from './inside.ts';
import { openNotebook } from './notebook.ts';
import { shellIntegration } from './shell.ts';

type Recorded = JournalLine['record'];

/** Longer than anything is gathered for. */
export const gatheredMs = 5_000;

/** What one source alone records of what is done here, by its switch. */
export const recordedBy: Readonly<Record<string, (record: Recorded) => boolean>> = {
  'daybook.editor.enabled': ({ type }) => type.includes('.event.editor.'),
  'daybook.terminal.enabled': ({ type }) => type.endsWith('.terminal.command'),
  'daybook.capture.tasks': ({ type }) => type.endsWith('.task.run'),
  'daybook.capture.debug': ({ type }) => type.includes('.event.debug.'),
  'daybook.capture.git': ({ type }) => type.includes('.event.git.'),
  'daybook.capture.diagnostics': ({ type }) => type.includes('.event.diagnostics.'),
  'daybook.capture.files': ({ type }) => /\.event\.files?\./.test(type),
  'daybook.capture.testResults': ({ type, data }) => type.endsWith('.test.run') && data['parent'] !== undefined,
  'daybook.capture.testReports': ({ type, data }) => type.endsWith('.test.run') && data['reports'] !== undefined,
};

/** Of which another switch takes something away: without commands there is no output in which to find tests. */
export const takesAlong: Readonly<Record<string, readonly string[]>> = { 'daybook.terminal.enabled': ['daybook.capture.testResults'] };

export interface EverySource {
  /** Switches of what cannot happen here, because this VS Code has no such thing. */
  readonly absent: ReadonlySet<string>;
  /** Resolves once all that it did is told. */
  act(): Promise<void>;
  close(): Promise<void>;
}

export async function openEverySource(): Promise<EverySource> {
  const absent = new Set<string>();
  const repository = join(folder(), 'every-source');
  await mkdir(repository);
  const git = gitIn(repository);
  if (!(await openRepository(repository, git))) absent.add('daybook.capture.git');
  const notebook = await openNotebook(vscode.Uri.file(join(folder(), 'every.ipynb')));
  if (!vscode.extensions.getExtension('ms-vscode.js-debug')) absent.add('daybook.capture.debug');
  const terminal = process.env['DAYBOOK_TEST_TERMINALS_MISSING'] || process.platform === 'win32' ? undefined : vscode.window.createTerminal();
  const shell = terminal && (await shellIntegration(terminal));
  if (!shell) for (const name of ['daybook.terminal.enabled', 'daybook.capture.testResults']) absent.add(name);
  await writeFile(join(folder(), 'every.cjs'), program);
  let round = 0;

  return {
    absent,
    async act() {
      const name = `round ${++round}`;
      await edit(name);
      const problems = vscode.languages.createDiagnosticCollection(name);
      problems.set(vscode.Uri.file(join(folder(), `${name}.md`)), [new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), 'wrong')]);
      await runTask(name);
      await writeFile(join(folder(), 'junit.xml'), `<testsuite name="round"><testcase name="${name}"/></testsuite>`);
      shell?.executeCommand(`node every.cjs '${name}'`);
      if (!absent.has('daybook.capture.git')) await git('commit', '--allow-empty', '-qm', name);
      await notebook?.run(round % 2 === 0);
      if (!absent.has('daybook.capture.debug')) await debug(name);
      await sleep(gatheredMs);
      problems.dispose();
    },
    async close() {
      terminal?.dispose();
      await notebook?.close();
      for (const path of [repository, join(folder(), 'every.ipynb'), join(folder(), 'every.cjs')]) await rm(path, { recursive: true });
    },
  };
}

/** Prints what mocha prints, and ends a moment later: of what ends at once a remote window hands over no output. */
const program = "console.log(`  ✔ ${process.argv[2]}\\n\\n  1 passing (5ms)`);\nsetTimeout(() => undefined, 300);\n";

type Git = (...args: readonly string[]) => Promise<unknown>;

function gitIn(cwd: string): Git {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'init.defaultBranch=main'];
  return (...args) => promisify(execFile)('git', [...identity, ...args], { cwd });
}

async function openRepository(path: string, git: Git): Promise<boolean> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<unknown> } }>('vscode.git');
  if (!extension) return false;
  await git('init', '-q');
  await git('commit', '--allow-empty', '-qm', 'Begin');
  await (await extension.activate()).getAPI(1).openRepository(vscode.Uri.file(path));
  return true;
}

async function edit(name: string): Promise<void> {
  const editor = await openNew(`${name}.md`, '# Round\n');
  await typeLine(editor, `Line of ${name}.`);
  await editor.document.save();
  assert.match(await readFile(editor.document.uri.fsPath, 'utf8'), /Line of round/);
}

async function runTask(name: string): Promise<void> {
  const [open] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(open);
  await vscode.tasks.executeTask(new vscode.Task({ type: 'shell' }, open, name, 'daybook-test', new vscode.ShellExecution('exit 0')));
}

/** Resolves when the session has ended. */
async function debug(name: string): Promise<void> {
  const [open] = vscode.workspace.workspaceFolders ?? [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const listener = vscode.debug.onDidTerminateDebugSession((session) => session.name === name && resolve(undefined));
  const launch = { type: 'node', request: 'launch', name, program: join(folder(), 'every.cjs'), console: 'internalConsole' };
  assert.ok(await vscode.debug.startDebugging(open, launch), 'the debugger did not start');
  await promise.finally(() => void listener.dispose());
}
