/** A terminal whose shell reports what it runs. */
import type * as vscode from 'vscode';
import { window } from 'vscode';

const integrationMs = 15_000;

/** Resolves when the shell has reported itself; rejects when it does not. */
export async function shellIntegration(opened: vscode.Terminal): Promise<vscode.TerminalShellIntegration> {
  if (opened.shellIntegration) return opened.shellIntegration;
  const { promise, resolve, reject } = Promise.withResolvers<vscode.TerminalShellIntegration>();
  const listener = window.onDidChangeTerminalShellIntegration((event) => event.terminal === opened && resolve(event.shellIntegration));
  const timer = setTimeout(() => reject(new Error(`The shell did not report itself in ${integrationMs / 1000} seconds.`)), integrationMs);
  return promise.finally(() => {
    clearTimeout(timer);
    listener.dispose();
  });
}
