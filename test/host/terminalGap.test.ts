import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { daybook, recorded } from './inside.ts';

/** About as long as a shell is given to say that it has shell integration. */
const graceMs = 6_000;

describe('a terminal without shell integration', () => {
  let terminal: vscode.Terminal | undefined;

  before(daybook);

  after(() => terminal?.dispose());

  it('is recorded as a gap once somebody uses it', async function () {
    const missing = process.env['DAYBOOK_TEST_TERMINALS_MISSING'];
    if (missing || process.platform === 'win32') {
      console.log(missing ?? 'There is no sh on Windows.');
      this.skip();
    }
    terminal = vscode.window.createTerminal({ name: 'plain shell', shellPath: '/bin/sh' });
    await terminal.processId;
    terminal.sendText('true');
    await sleep(graceMs);
    const { record } = await recorded('dev.daybook.event.source.gap', 'plain shell');
    assert.equal(record.data['code'], 'no-shell-integration');
    assert.match(String(record.data['message']), /^Commands of the terminal plain shell .*are not recorded: it has no shell integration\./);
  });
});
