import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { DatasetParams, ExportParams } from '../../shared/protocol.ts';
import type { DatasetResult, ExportFormat, ExportResult } from '../../shared/exportResults.ts';
import { exportDataset, writeDataset } from '../export/dataset.ts';
import { amount, exportName, remarks } from '../export/text.ts';
import { chooseSelection, type Chosen } from '../export/selection.ts';
import { offerToFix } from '../export/redacted.ts';
import { cancellable, chooseFormat, choosePlace, lookFirst, reveal } from '../export/steps.ts';
import { fileName } from '../panels/address.ts';
import type { Server } from '../server.ts';
import { idsOfNodes } from './chosenSession.ts';

const { t } = vscode.l10n;

/**
 * *Export…*: what, in which format, what it would be, where; then it is written, and can be cancelled until it is whole. From a session's
 * menu the first question is answered. Called with the parameters of `daybook/export` or `daybook/dataset`, nothing is asked.
 */
export function exportRecord(server: Server): (argument?: unknown, selected?: unknown) => Promise<ExportResult | DatasetResult | undefined> {
  return async (argument, selected) => {
    if (isDataset(argument)) return writeDataset(server, argument);
    if (isComplete(argument)) return write(server, argument);
    const sessions = idsOfNodes(argument, selected);
    const chosen = sessions.length === 0 ? await chooseSelection(server) : await chosenSessions(server, sessions);
    if (!chosen) return undefined;
    const format = await chooseFormat(server);
    if (format === 'dataset') return exportDataset(server, chosen);
    if (!format || !(await confirmed(server, chosen, format))) return undefined;
    const [layout] = format.layouts;
    const output = await choosePlace({
      name: exportName(fileName(chosen.name) || 'daybook', new Date(), format),
      ...(layout === 'file' ? { title: t('Export (3 of 3)'), filters: { [format.displayName]: [format.extension] } } : { title: t('Export (3 of 3): the name of a new folder') }),
    });
    if (!output) return undefined;
    // The dialog has asked already whether a file that is there may be replaced; of a folder it knows nothing.
    const result = await write(server, {
      format: format.name, selection: chosen.selection, output: output.fsPath, force: layout === 'file', ...(layout && { layout }),
    });
    if (result) await Promise.all([sayDone(result, format), offerToFix(server, result)]);
    return result;
  };
}

async function chosenSessions(server: Server, sessions: readonly string[]): Promise<Chosen> {
  const [first = ''] = sessions;
  const title = sessions.length === 1 ? (await server.request('daybook/sessionMarkdown', { id: first }))?.title ?? 'session' : 'daybook sessions';
  return { selection: { sessions }, name: title };
}

function isDataset(argument: unknown): argument is DatasetParams {
  return isComplete(argument) && 'split' in argument;
}

function isComplete(argument: unknown): argument is ExportParams {
  return typeof argument === 'object' && argument !== null && 'format' in argument && 'output' in argument;
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
  return chosen === look ? lookFirst(preview.sample, go) : chosen === go;
}

async function write(server: Server, params: ExportParams): Promise<ExportResult | undefined> {
  return cancellable(t('Exporting to {0}', basename(params.output)), (token) => server.request('daybook/export', params, token));
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
