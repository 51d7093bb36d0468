import { homedir } from 'node:os';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { ExportParams } from '../../shared/protocol.ts';
import type { ExportFormat, ExportResult } from '../../shared/results.ts';
import { amount, exportName, remarks } from '../export/text.ts';
import { chooseSelection, type Chosen } from '../export/selection.ts';
import { fileName } from '../panels/address.ts';
import type { Server } from '../server.ts';
import { idsOfNodes } from './chosenSession.ts';

const { t } = vscode.l10n;

/**
 * *Export…*: what, in which format, what it would be, where; then it is written, and can be cancelled until it is whole. From a session's
 * menu the first question is answered. Called with the parameters of `daybook/export`, nothing is asked.
 */
export function exportRecord(server: Server): (argument?: unknown, selected?: unknown) => Promise<ExportResult | undefined> {
  return async (argument, selected) => {
    if (isComplete(argument)) return write(server, argument);
    const sessions = idsOfNodes(argument, selected);
    const chosen = sessions.length === 0 ? await chooseSelection(server) : await chosenSessions(server, sessions);
    const format = chosen && await chooseFormat(server);
    if (!format || !(await confirmed(server, chosen, format))) return undefined;
    const output = await choosePlace(chosen, format);
    if (!output) return undefined;
    const [layout] = format.layouts;
    // The dialog has asked already whether a file that is there may be replaced; of a folder it knows nothing.
    const result = await write(server, {
      format: format.name, selection: chosen.selection, output: output.fsPath, force: layout === 'file', ...(layout && { layout }),
    });
    if (result) await sayDone(result, format);
    return result;
  };
}

async function chosenSessions(server: Server, sessions: readonly string[]): Promise<Chosen> {
  const [first = ''] = sessions;
  const title = sessions.length === 1 ? (await server.request('daybook/sessionMarkdown', { id: first }))?.title ?? 'session' : 'daybook sessions';
  return { selection: { sessions }, name: title };
}

function isComplete(argument: unknown): argument is ExportParams {
  return typeof argument === 'object' && argument !== null && 'format' in argument && 'output' in argument;
}

async function chooseFormat(server: Server): Promise<ExportFormat | undefined> {
  const { formats } = await server.request('daybook/exportFormats', {});
  const names = { people: t('For people'), programs: t('For programs'), models: t('For models') };
  const items = (['people', 'programs', 'models'] as const).flatMap((audience) => [
    { label: names[audience], kind: vscode.QuickPickItemKind.Separator },
    ...formats.filter((format) => format.audience === audience).map((format) => ({ label: format.displayName, description: format.name, detail: t('Loses: {0}', format.loses), format })),
  ]);
  const picked = await vscode.window.showQuickPick(items, { title: t('Export (2 of 3)'), placeHolder: t('In which format?'), ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true });
  return picked && 'format' in picked ? picked.format : undefined;
}

/** Shows what would be written, before anything is. */
async function confirmed(server: Server, { selection }: Chosen, format: ExportFormat): Promise<boolean> {
  const preview = await cancellable(t('Looking at what would be exported'), (token) =>
    server.request('daybook/exportPreview', { format: format.name, selection, ...(format.layouts[0] && { layout: format.layouts[0] }) }, token));
  if (!preview) return false;
  if (preview.items === 0) {
    void vscode.window.showInformationMessage(t('There is nothing to export: nothing that was chosen fits into this format.'));
    return false;
  }
  const [go, look] = [t('Choose Where…'), t('Show the Beginning')];
  const chosen = await vscode.window.showInformationMessage(
    t('Export {0} as {1}?', amount(t, preview, format.unit), format.displayName), { modal: true, detail: remarks(t, preview, format).join('\n\n') }, go, look,
  );
  if (chosen !== look) return chosen === go;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: preview.sample }), { preview: true });
  const again = await vscode.window.showInformationMessage(t('This is the beginning of what would be written.'), go);
  return again === go;
}

/** Not the workspace by itself: what is exported may hold more than what belongs into its repository. */
function choosePlace({ name }: Chosen, format: ExportFormat): Thenable<vscode.Uri | undefined> {
  const isFile = format.layouts[0] === 'file';
  return vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(homedir()), exportName(fileName(name) || 'daybook', new Date(), format)),
    ...(isFile && { filters: { [format.displayName]: [format.extension] } }),
    title: isFile ? t('Export (3 of 3)') : t('Export (3 of 3): the name of a new folder'),
    saveLabel: t('Export'),
  });
}

async function write(server: Server, params: ExportParams): Promise<ExportResult | undefined> {
  return cancellable(t('Exporting to {0}', basename(params.output)), (token) => server.request('daybook/export', params, token));
}

/** Undefined when the person cancelled: then nothing is left behind, and nothing has to be said. */
function cancellable<T>(title: string, work: (token: vscode.CancellationToken) => Promise<T>): Thenable<T | undefined> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (_progress, token) => {
    try {
      return await work(token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
}

async function sayDone(result: ExportResult, format: ExportFormat): Promise<void> {
  const isText = format.layouts[0] === 'file' && ['md', 'json', 'jsonl', 'txt', 'csv'].includes(format.extension);
  const [open, folder] = [t('Open'), t('Open Folder')];
  const chosen = await vscode.window.showInformationMessage(
    t('Daybook exported {0} to {1}.', amount(t, result, format.unit), basename(result.output)), ...(isText ? [open] : []), folder,
  );
  if (chosen === open) await vscode.window.showTextDocument(vscode.Uri.file(result.output));
  if (chosen === folder) await reveal(result.output);
}

/** A remote machine has no file explorer to show: `revealFileInOS` is for desktops. */
async function reveal(path: string): Promise<void> {
  const isRemote = vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
  await (isRemote
    ? vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(dirname(path)), { forceNewWindow: true })
    : vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path)));
}
