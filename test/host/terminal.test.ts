import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import * as vscode from 'vscode';
import type { FullOutput } from '../../shared/fullOutput.ts';
import { daybook, folder, recorded } from './inside.ts';
import { click, lineAbove, openPageOf, textInFront } from './page.ts';
import { shellIntegration } from './shell.ts';

describe('a command in a terminal', () => {
  let terminal: vscode.Terminal | undefined;

  before(daybook);

  after(() => terminal?.dispose());

  afterEach(() => set({}));

  it('that fails is recorded with its exit code, its folder and its output', async function () {
    const missing = process.env['DAYBOOK_TEST_TERMINALS_MISSING'];
    if (missing) {
      console.log(missing);
      this.skip();
    }
    terminal ??= vscode.window.createTerminal();
    const shell = await shellIntegration(terminal);
    // Of a command that ends at once VS Code hands over no output in a remote window, see client/capture/terminal.ts.
    const commandLine = "sh -c 'echo hello-daybook; sleep 0.2; exit 3'";
    shell.executeCommand(commandLine);

    const { file, record } = await recorded('dev.daybook.tool_execution.terminal.command', commandLine);
    assert.equal(record.data['exitCode'], 3);
    assert.equal(record.data['status'], 'failed');
    assert.equal(realpathSync(String(record.data['cwd'])), realpathSync(folder()));
    assert.equal(record.data['output'], 'hello-daybook');
    assert.equal(file, `journal/tool_executions/${record.time.slice(0, 10)}.jsonl`);
  });

  it('that prints much has all of it beside its record, where that is wanted, and the page of the record opens it', async function () {
    const missing = process.env['DAYBOOK_TEST_TERMINALS_MISSING'];
    if (missing) {
      console.log(missing);
      this.skip();
    }
    terminal ??= vscode.window.createTerminal();
    const shell = await shellIntegration(terminal);
    await set({ maxOutput: 200, maxFullOutput: 100 });
    const commandLine = "sh -c 'seq 1 3000; sleep 0.3'";
    shell.executeCommand(commandLine);

    const { record } = await recorded('dev.daybook.tool_execution.terminal.command', commandLine);
    const full = record.data['fullOutput'] as FullOutput;
    assert.ok(String(record.data['output']).length < 300);
    const all = Array.from({ length: 3_000 }, (_, at) => at + 1).join('\n');
    assert.deepEqual([full.bytes, full.omitted], [all.length, undefined]);

    const title = `Open All Output, ${all.length.toLocaleString('en')} Bytes`;
    await click(await lineAbove(await openPageOf(record.id), (line) => line.title === title));
    assert.equal((await textInFront('daybook-attachment')).getText(), all);
  });
});

async function set(values: Readonly<Record<string, number>>): Promise<void> {
  for (const name of ['maxOutput', 'maxFullOutput']) {
    await vscode.workspace.getConfiguration('daybook.terminal').update(name, values[name], vscode.ConfigurationTarget.Global);
  }
}
