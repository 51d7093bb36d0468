import * as vscode from 'vscode';
import { uuidv7 } from 'uuidv7';
import { setting } from '../connection/settings.ts';
import { gapRecord } from './gap.ts';
import type { TerminalWorld } from './terminal.ts';
import { isTask } from './terminalCommand.ts';

/** A shell says within this time that it has shell integration, or it has none. */
const graceMs = 10_000;

/** Terminals that were told of; also when the source was switched off and on again. */
const told = new WeakSet<vscode.Terminal>();

/**
 * Says of each terminal without shell integration, once, that its commands are not recorded. Only where somebody typed something: a
 * terminal that nobody used has nothing to record.
 */
export function reportTerminalGaps({ queue, recording }: Pick<TerminalWorld, 'queue' | 'recording'>): vscode.Disposable {
  /** Terminals that may yet turn out to be gaps; undefined when their time is up. */
  const waiting = new Map<vscode.Terminal, ReturnType<typeof setTimeout> | undefined>();

  function watch(terminal: vscode.Terminal): void {
    if (terminal.shellIntegration || told.has(terminal) || !isShell(terminal)) return;
    waiting.set(terminal, setTimeout(() => {
      waiting.set(terminal, undefined);
      tell(terminal);
    }, graceMs));
  }

  function tell(terminal: vscode.Terminal): void {
    const isRipe = waiting.has(terminal) && waiting.get(terminal) === undefined;
    if (!isRipe || !terminal.state.isInteractedWith || !recording() || !setting('daybook.terminal.enabled')) return;
    waiting.delete(terminal);
    told.add(terminal);
    if (!terminal.shellIntegration) queue.add(gapRecord({ id: uuidv7(), terminal: terminal.name, shell: terminal.state.shell }));
  }

  function forget(terminal: vscode.Terminal): void {
    clearTimeout(waiting.get(terminal));
    waiting.delete(terminal);
  }

  for (const terminal of vscode.window.terminals) watch(terminal);
  return vscode.Disposable.from(
    vscode.window.onDidOpenTerminal(watch),
    vscode.window.onDidChangeTerminalState(tell),
    vscode.window.onDidChangeTerminalShellIntegration(({ terminal }) => forget(terminal)),
    vscode.window.onDidCloseTerminal(forget),
    { dispose: () => [...waiting.keys()].forEach(forget) },
  );
}

/** Terminals that extensions draw have no shell; those of tasks are no place to type commands. */
function isShell({ creationOptions, name }: vscode.Terminal): boolean {
  return !('pty' in creationOptions) && !('hideFromUser' in creationOptions && creationOptions.hideFromUser) && !isTask(name, '');
}
