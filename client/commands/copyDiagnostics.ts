import * as vscode from 'vscode';
import type { DiagnosticsPart } from '../../shared/log.ts';
import { setting } from '../connection/settings.ts';
import type { Server } from '../server.ts';
import { changedSettings } from '../text/diagnostics.ts';

const { t } = vscode.l10n;

/** *Copy Diagnostics*: what a bug report needs, put on the clipboard without anything that was recorded, and shown when the person wants to see it first. */
export function copyDiagnostics(server: Server, extension: vscode.ExtensionContext['extension']): () => Promise<void> {
  return async () => {
    const { markdown } = await server.request('daybook/diagnostics', { client: clientParts(extension) });
    await vscode.env.clipboard.writeText(markdown);
    const look = t('Look at It');
    const message = t('The diagnostics were copied: versions, settings that differ, sizes, counts, the state of each source and the last lines of the log. No path, no name of a file, nothing that was recorded.');
    if ((await vscode.window.showInformationMessage(message, look)) !== look) return;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: markdown, language: 'markdown' }));
  };
}

function clientParts({ packageJSON }: vscode.ExtensionContext['extension']): DiagnosticsPart[] {
  const { version: daybook } = packageJSON as { readonly version: string };
  const kind = vscode.env.uiKind === vscode.UIKind.Web ? 'in a browser' : 'on the desktop';
  return [
    {
      title: 'Editor',
      facts: [
        ['Name', vscode.env.appName], ['Version', `${vscode.version}, ${kind}`], ['Language', vscode.env.language], ['Extension', daybook],
        ['Remote', vscode.env.remoteName === undefined ? 'no' : 'yes'], ['Trusted', vscode.workspace.isTrusted ? 'yes' : 'no'], ['Folders', String(vscode.workspace.workspaceFolders?.length ?? 0)],
      ],
    },
    { title: 'Settings that differ from their default', facts: changedSettings(setting) },
  ];
}
