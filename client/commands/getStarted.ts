import * as vscode from 'vscode';
import { walkthrough } from '../../shared/contributions.ts';

/** *Get Started*: the walkthrough. */
export function getStarted(extensionId: string): () => Thenable<void> {
  return () => vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#${walkthrough}`, false);
}
