/** What VS Code runs in its extension host to measure: how long an extension takes to start, and what a keystroke costs. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { percentile } from '../figure.ts';

const keystrokes = 260;
/** The first of them are not counted: V8 has not compiled yet what they run. */
const first = 80;
/** Keystrokes that are measured together: the work for one ends a moment after it. */
const together = 20;

export async function run(): Promise<void> {
  const id = process.env['DAYBOOK_BENCH_EXTENSION'] ?? '';
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`The extension ${id} is not there.`);
  const activation = await activated(extension);
  // The server has started and settled.
  await wait(6_000);
  writeFileSync(process.env['DAYBOOK_BENCH_REPORT'] ?? '', JSON.stringify({ activation, keystroke: await typing() }));
}

/** What the extension's first file measured (figures/editor.ts writes it): the rest of an activation is VS Code's own, the same for every extension. */
async function activated(extension: vscode.Extension<unknown>): Promise<number> {
  await extension.activate();
  const taken = (globalThis as { readonly activationMs?: number }).activationMs;
  if (taken === undefined) throw new Error(`The extension ${extension.id} did not say how long it took.`);
  return taken;
}

const schedule = `/proc/self/task/${process.pid}/schedstat`;

/**
 * Milliseconds of work of the extension host's event loop since it began: what its thread had of a processor where the system tells (Linux),
 * which is the same beside whatever else runs; else the time in which it was not waiting.
 */
function worked(): number {
  return existsSync(schedule) ? Number(readFileSync(schedule, 'utf8').split(' ')[0]) / 1e6 : performance.eventLoopUtilization().active;
}

/** Milliseconds in which the extension host's event loop was at work, per keystroke. */
async function typing(): Promise<number> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('No folder is open.');
  const file = vscode.Uri.joinPath(folder, 'typed.ts');
  await vscode.workspace.fs.writeFile(file, Buffer.from('const first = 1;\n'.repeat(200)));
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
  const costs: number[] = [];
  for (let done = 0; done < keystrokes; done += together) {
    const before = worked();
    for (let key = 0; key < together; key++) {
      await vscode.commands.executeCommand('default:type', { text: key % 10 === 9 ? '\n' : 'x' });
      await wait(5);
    }
    if (done >= first) costs.push((worked() - before) / together);
  }
  await editor.document.save();
  return percentile(costs, 0.5);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
