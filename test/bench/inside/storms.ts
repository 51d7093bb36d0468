/** What VS Code runs in its extension host to measure how late its event loop is when much happens at once. */

import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { checkout, print, printCommand, replaceInFiles, type Delay } from '../../host/storm.ts';

export async function run(): Promise<void> {
  const [open] = vscode.workspace.workspaceFolders ?? [];
  if (!open) throw new Error('No folder is open.');
  await vscode.extensions.getExtension(process.env['DAYBOOK_BENCH_EXTENSION'] ?? '')?.activate();
  // The server has started and settled.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  const delays: Record<string, Delay> = { checkout: await checkout(open.uri.fsPath) };
  if (!process.env['DAYBOOK_TEST_TERMINALS_MISSING']) delays['print'] = await print(printCommand);
  delays['replace'] = await replaceInFiles(open.uri.fsPath);
  writeFileSync(process.env['DAYBOOK_BENCH_REPORT'] ?? '', JSON.stringify(delays));
}
