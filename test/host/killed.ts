/** What VS Code runs to die: the sample extension's workflow, whose extension host is killed after step three. */
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

export async function run(): Promise<void> {
  writeFileSync(process.env['DAYBOOK_TEST_DYING'] ?? '', String(process.pid));
  await vscode.commands.executeCommand('releaseExample.publish', { dieAfter: 'sign' });
}
