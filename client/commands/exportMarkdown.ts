import { homedir } from 'node:os';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ExportParams } from '../../shared/protocol.ts';
import { offerToFix } from '../export/redacted.ts';
import { cancellable } from '../export/steps.ts';
import { fileName } from '../panels/address.ts';
import { sessionMarkdown } from '../panels/sessionMarkdown.ts';
import type { Server } from '../server.ts';
import { dateOf } from '../text/time.ts';
import { chosenSession } from './chosenSession.ts';

/** *Export Session as Markdown*: asks where, writes one file through the last gate like every export, and shows it. */
export function exportMarkdown(server: Server): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const id = await chosenSession(server, argument);
    if (id === undefined) return;
    const [session, startedAt] = await Promise.all([sessionMarkdown(server, id), startOf(server, id)]);
    const name = [dateOf(startedAt), fileName(session.title)].filter((part) => part !== '').join(' ') || 'session';
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(exportFolder(), `${name}.md`),
      filters: { Markdown: ['md'] },
      title: vscode.l10n.t('Export Session as Markdown'),
    });
    if (!target) return;
    const params: ExportParams = {
      format: 'markdown', layout: 'file', output: target.fsPath, force: true, // the dialog has asked
      selection: { sessions: [id] }, options: { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    };
    const title = vscode.l10n.t('Exporting to {0}', basename(target.fsPath));
    const result = await cancellable(title, (token) => server.request('daybook/export', params, token));
    if (!result) return;
    await vscode.window.showTextDocument(target);
    await offerToFix(server, result);
  };
}

async function startOf(server: Server, id: string): Promise<string> {
  return (await server.request('daybook/session', { id }))?.session.startedAt ?? '';
}

/** Not the workspace by itself: a session may hold more than what belongs into its repository. */
function exportFolder(): vscode.Uri {
  return vscode.Uri.file(homedir());
}
