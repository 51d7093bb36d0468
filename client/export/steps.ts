/** Steps that every export has in the editor: in which format, where, the waiting, and the end. */

import { homedir } from 'node:os';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { ExportFormat } from '../../shared/exportResults.ts';
import type { Server } from '../server.ts';

const { t } = vscode.l10n;

/** A format, or a folder of examples with splits; undefined when the person thought better of it. */
export async function chooseFormat(server: Server): Promise<ExportFormat | 'dataset' | undefined> {
  const { formats } = await server.request('daybook/exportFormats', {});
  const names = { people: t('For people'), programs: t('For programs'), models: t('For models') };
  const dataset = { label: t('Dataset folder…'), description: 'dataset', detail: t('Examples in splits, without duplicates, with a card and a manifest'), format: 'dataset' as const };
  const items = (['people', 'programs', 'models'] as const).flatMap((audience) => [
    { label: names[audience], kind: vscode.QuickPickItemKind.Separator },
    ...(audience === 'models' ? [dataset] : []),
    ...formats.filter((format) => format.audience === audience).map((format) => ({ label: format.displayName, description: format.name, detail: t('Loses: {0}', format.loses), format })),
  ]);
  const picked = await vscode.window.showQuickPick(items, { title: t('Export (2 of 3)'), placeHolder: t('In which format?'), ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true });
  return picked && 'format' in picked ? picked.format : undefined;
}

export interface Place {
  /** What stands in the field at first. */
  readonly name: string;
  readonly title: string;
  readonly filters?: Readonly<Record<string, readonly string[]>>;
}

/** Not the workspace by itself: what is exported may hold more than what belongs into its repository. */
export function choosePlace({ name, title, filters }: Place): Thenable<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(homedir()), name), title, saveLabel: t('Export'),
    ...(filters && { filters: Object.fromEntries(Object.entries(filters).map(([label, extensions]) => [label, [...extensions]])) }),
  });
}

/** Undefined when the person cancelled: then nothing is left behind, and nothing has to be said. */
export function cancellable<T>(title: string, work: (token: vscode.CancellationToken) => Promise<T>): Thenable<T | undefined> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (_progress, token) => {
    try {
      return await work(token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
}

/** Shows the beginning of what would be written, and asks whether to go on. */
export async function lookFirst(sample: string, go: string): Promise<boolean> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: sample }), { preview: true });
  return (await vscode.window.showInformationMessage(t('This is the beginning of what would be written.'), go)) === go;
}

/** A remote machine has no file explorer to show: `revealFileInOS` is for desktops. */
export async function reveal(path: string): Promise<void> {
  const isRemote = vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
  await (isRemote
    ? vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(dirname(path)), { forceNewWindow: true })
    : vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path)));
}
