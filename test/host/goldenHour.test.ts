import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { continueSession, writeSession } from '../support/demo/claudeCode.ts';
import type { DemoSession, Step } from '../support/demo/claudeCode.ts';
import { begin } from './hour/scenes.ts';
import type { Recorded } from './hour/scenes.ts';
import { timeline } from './hour/timeline.ts';
import { daybook, folder, typeLine } from './inside.ts';
import { click, lineAbove, openPageOf, pageThatShows } from './page.ts';
import { shellIntegration } from './shell.ts';

const run = promisify(execFile);
const hourMs = 180_000;
/** Longer than the editor tells its own changes from others, and than changes on disk are gathered. */
const ownMs = 6_000;
const files: Readonly<Record<string, string>> = {
  'price.cjs': 'exports.total = (prices) => prices.reduce((sum, price) => sum + price, 0);\n',
  'price.test.cjs': "const { test } = require('node:test');\nconst assert = require('node:assert');\nconst { withTax } = require('./price.cjs');\n\n"
    + "test('tax is added', () => assert.equal(withTax(10), 12));\n",
  'main.cjs': "console.log(require('./price.cjs').total([1, 2]));\n",
  'notes.md': 'Prices are in euros.\n',
};
const testCommand = 'node --test hour/price.test.cjs';
const kinds = /^dev\.daybook\.(?:chat\.message|task\.run|tool_execution\.terminal\.command|event\.(?:editor|file|files|git|debug|test)\.)/;
const session: DemoSession = { id: '5f0c9a4e-7d1b-4c7e-8a55-2f6b1d9e3a10', title: 'Tax without cents', minutesAgo: 0, steps: [{ ask: 'The tax is wrong, mend it.' }], cwd: '' };

describe('an hour of work', function () {
  this.timeout(hourMs);
  let terminal: vscode.Terminal | undefined;
  after(() => terminal?.dispose());

  it('is one timeline: in order, each by whom it was, each with what caused it and how it ended', async function () {
    const missing = process.env['DAYBOOK_TEST_TERMINALS_MISSING'] ?? missingExtension();
    if (missing !== undefined) {
      console.log(missing);
      this.skip();
    }
    await daybook();
    await prepare();
    terminal = vscode.window.createTerminal();
    const shell = await shellIntegration(terminal);
    const type = (command: string): Promise<unknown> => Promise.resolve(shell.executeCommand(command));
    const price = join(folder(), 'hour', 'price.cjs');
    const document = await vscode.workspace.openTextDocument(price);
    const editor = await vscode.window.showTextDocument(document);
    await sleep(ownMs);

    const hour = await begin(isOfTheHour);
    const agent = { ...session, cwd: folder() };
    let path = '';
    let steps = 0;
    const agentDoes = async (step: Extract<Step, { readonly use: string }>, act: () => Promise<unknown>): Promise<void> => {
      const at = Date.now();
      await act();
      steps++;
      await continueSession(path, { ...agent, steps: Array.from({ length: steps }, () => ({ say: '' })) }, [{ ...step, ms: Date.now() - at }], at);
    };

    await hour.scene('A line is typed', async () => {
      await typeLine(editor, 'exports.withTax = (price) => price * 1.2 + 1;');
      await document.save();
    }, 'editor.edited', 'editor.saved');
    await hour.scene('The test fails', () => type(testCommand), 'terminal.command', 'test.run');
    await sleep(ownMs);
    await hour.scene('An agent is asked', async () => {
      path = await writeSession(homedir(), agent);
    }, 'message');
    await hour.scene('The agent edits the file on disk', async () => {
      const [old, now] = ['price * 1.2 + 1', 'Math.round(price * 120) / 100'];
      await agentDoes({ use: 'Edit', input: { file_path: price, old_string: old, new_string: now }, output: 'The file was changed.' }, async () =>
        writeFile(price, (await readFile(price, 'utf8')).replace(old, now)));
    }, 'message', 'editor.edited', 'file.changed');
    await hour.scene('The agent has the test run in the terminal, and it passes', async () => {
      await agentDoes({ use: 'Bash', input: { command: testCommand }, output: 'ok' }, async () => {
        const ended = new Promise((resolve) => vscode.window.onDidEndTerminalShellExecution(resolve));
        await type(testCommand);
        await ended;
      });
    }, 'message', 'terminal.command', 'test.run');
    await hour.scene('The program is debugged', async () => {
      const launch = { type: 'node', request: 'launch', name: 'Add prices', program: join(folder(), 'hour', 'main.cjs'), console: 'internalConsole' };
      assert.ok(await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], launch), 'the debugger did not start');
    }, 'debug.started', 'debug.started', 'debug.stopped', 'debug.stopped');
    await hour.scene('A task runs', () => runTask('check prices', 'exit 0'), 'run check prices', 'run check prices');
    await hour.scene('The work is committed', () => type('git commit -qam "Add the tax"'), 'terminal.command', 'git.commit');
    await hour.scene('Somebody else writes a note', () => writeFile(join(folder(), 'hour', 'notes.md'), 'Prices are in crowns.\n'), 'file.changed hour/notes.md');
    await hour.scene('The note is stashed', () => type('git stash -q'), 'terminal.command', 'git.stash', 'file.changed hour/notes.md');
    await hour.scene('The branch is switched', () => type('git checkout -q plain'), 'terminal.command', 'git.checkout', 'editor.edited hour/price.cjs', 'file.changed hour/price.cjs');

    const scenes = await hour.end();
    await compare(await timeline(scenes));
    await follow(scenes.flatMap(({ records }) => records));
  });
});

/** From the page of the agent's edit to that of the call behind it by a click, and back. */
async function follow(records: readonly Recorded[]): Promise<void> {
  const edit = records.find(({ type, data }) => type.endsWith('editor.edited') && data['fromDisk'] === true);
  const call = records.find(({ type, data }) => type.endsWith('chat.message') && JSON.stringify(data['parts']).includes('"name":"Edit"'));
  assert.ok(edit && call);
  const page = await openPageOf(edit.id);
  await lineAbove(page, ({ title }) => title === 'By Claude Code: it wrote the same into this file');
  await click(await lineAbove(page, ({ title }) => title === 'Caused by Claude Code: Edit · price.cjs'));
  await click(await lineAbove(await pageThatShows(call.id), ({ title }) => title === 'Led to the edit of hour/price.cjs'));
  assert.equal(String(await pageThatShows(edit.id)), String(page));
}

/** The hour ends in a file of the repository: what differs from it is shown, and DAYBOOK_TEST_GOLDEN=write writes it anew. */
async function compare(told: string): Promise<void> {
  const golden = process.env['DAYBOOK_TEST_GOLDEN_HOUR'];
  assert.ok(golden, 'the run does not say where the golden file is');
  if (process.env['DAYBOOK_TEST_GOLDEN'] === 'write') await writeFile(golden, told);
  assert.equal(told, await readFile(golden, 'utf8'));
}

function missingExtension(): string | undefined {
  const missing = ['vscode.git', 'ms-vscode.js-debug'].find((id) => !vscode.extensions.getExtension(id));
  return missing === undefined ? undefined : `This VS Code has no ${missing}.`;
}

function isOfTheHour(record: Recorded): boolean {
  if (!kinds.test(record.type)) return false;
  if (/\.event\.(?:editor|file)\./.test(record.type)) return record.subject?.startsWith('hour/') === true;
  return !record.type.includes('.chat.') || record.sessionid === `claude-code:${session.id}`;
}

/** A repository with a first commit, a branch to go on and one to go back to. */
async function prepare(): Promise<void> {
  const place = join(folder(), 'hour');
  await mkdir(place);
  for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text);
  const git = async (...args: string[]): Promise<unknown> => run('git', args, { cwd: folder() });
  await git('init', '-q');
  for (const [key, value] of [['user.name', 'Ada Byron'], ['user.email', 'ada@example.org']] as const) await git('config', key, value);
  await git('checkout', '-q', '-B', 'hour');
  await git('add', '.');
  await git('commit', '-qm', 'Before the hour');
  await git('branch', '-f', 'plain');
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<unknown> } }>('vscode.git');
  assert.ok(extension);
  await (await extension.activate()).getAPI(1).openRepository(vscode.Uri.file(folder()));
}

async function runTask(name: string, command: string): Promise<void> {
  const [open] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(open);
  await vscode.tasks.executeTask(new vscode.Task({ type: 'shell' }, open, name, 'daybook-test', new vscode.ShellExecution(command)));
}
