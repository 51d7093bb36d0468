import * as vscode from 'vscode';

/** *Open Settings*: those of Daybook. */
export function openSettings(extensionId: string): () => Thenable<void> {
  return () => vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId}`);
}
