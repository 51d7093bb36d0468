import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import * as vscode from 'vscode';
import { daybook, folder, recorded } from './inside.ts';
import { shellIntegration } from './shell.ts';

describe('a command in a terminal', () => {
  let terminal: vscode.Terminal | undefined;

  before(daybook);

  after(() => terminal?.dispose());

  it('that fails is recorded with its exit code, its folder and its output', async function () {
    const missing = process.env['DAYBOOK_TEST_TERMINALS_MISSING'];
    if (missing) {
      console.log(missing);
      this.skip();
    }
    terminal = vscode.window.createTerminal();
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
});
