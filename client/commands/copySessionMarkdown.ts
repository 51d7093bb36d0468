import * as vscode from 'vscode';
import { sessionMarkdown } from '../panels/sessionMarkdown.ts';
import type { Server } from '../server.ts';
import { chosenSession } from './chosenSession.ts';

/** *Copy Session as Markdown* */
export function copySessionMarkdown(server: Server): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const id = await chosenSession(server, argument);
    if (id === undefined) return;
    const { markdown } = await sessionMarkdown(server, id);
    await vscode.env.clipboard.writeText(markdown);
    vscode.window.setStatusBarMessage(vscode.l10n.t('The session was copied as Markdown.'), 4000);
  };
}
