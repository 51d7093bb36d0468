import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { fileName } from '../panels/address.ts';
import { sessionMarkdown } from '../panels/sessionMarkdown.ts';
import type { Server } from '../server.ts';
import { dateOf } from '../text/time.ts';
import { chosenSession } from './chosenSession.ts';

/** *Export Session as Markdown*: asks where, writes one file and shows it. */
export function exportMarkdown(server: Server): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const id = await chosenSession(server, argument);
    if (id === undefined) return;
    const [{ title, markdown }, startedAt] = await Promise.all([sessionMarkdown(server, id), startOf(server, id)]);
    const name = [dateOf(startedAt), fileName(title)].filter((part) => part !== '').join(' ') || 'session';
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(exportFolder(), `${name}.md`),
      filters: { Markdown: ['md'] },
      title: vscode.l10n.t('Export Session as Markdown'),
    });
    if (!target) return;
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(markdown));
    await vscode.window.showTextDocument(target);
  };
}

async function startOf(server: Server, id: string): Promise<string> {
  return (await server.request('daybook/session', { id }))?.session.startedAt ?? '';
}

/** Not the workspace by itself: a session may hold more than what belongs into its repository. */
function exportFolder(): vscode.Uri {
  return vscode.Uri.file(homedir());
}
