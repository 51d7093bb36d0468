import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { journalLine } from '../support/journal.ts';
import { daybook, dataDirectory, folder } from './inside.ts';

describe('a debug session', () => {
  it('is recorded when it starts and when it stops', async function () {
    await daybook();
    if (!vscode.extensions.getExtension('ms-vscode.js-debug')) {
      console.log('This VS Code has no built-in debugger for Node.');
      this.skip();
    }
    const program = join(folder(), 'tea.cjs');
    await writeFile(program, "console.log('tea');\n");
    const [open] = vscode.workspace.workspaceFolders ?? [];
    const launch = { type: 'node', request: 'launch', name: 'Make tea', program, console: 'internalConsole', env: { KETTLE: 'on-the-stove' } };
    assert.ok(await vscode.debug.startDebugging(open, launch), 'the debugger did not start');
    const of = (kind: string) =>
      journalLine(dataDirectory(), ({ type, subject }) => type === `dev.daybook.event.debug.${kind}` && subject === 'Make tea');
    const started = (await of('started')).record;
    assert.equal(started.data['program'], program);
    assert.equal(JSON.stringify(started).includes('on-the-stove'), false);
    const stopped = (await of('stopped')).record;
    assert.equal(stopped.data['session'], started.data['session']);
  });
});
