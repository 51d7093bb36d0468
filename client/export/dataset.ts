/** A dataset folder, step by step: which examples, which splits, what it would be, where; then it is written, and can be cancelled until it is whole. */

import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { DatasetParams, SplitPlan } from '../../shared/protocol.ts';
import type { DatasetResult, ExportFormat } from '../../shared/exportResults.ts';
import { fileName } from '../panels/address.ts';
import type { Server } from '../server.ts';
import { datasetRemarks, isOfExamples, readShares, splitsText } from './datasetText.ts';
import { offerToFix } from './redacted.ts';
import type { Chosen } from './selection.ts';
import { cancellable, choosePlace, lookFirst, reveal } from './steps.ts';
import { exportName } from './text.ts';

const { t } = vscode.l10n;
const usualShares = '90, 5, 5';

/** Undefined when the person thought better of it. */
export async function exportDataset(server: Server, { selection, name }: Chosen): Promise<DatasetResult | undefined> {
  const format = await chooseExamples(server);
  const by = format && await chooseSplit();
  const shares = by && await chooseShares();
  if (!format || !by || !shares) return undefined;
  const split: SplitPlan = { by, seed: 0, shares };
  const proposed = exportName(`${fileName(name) || 'daybook'} dataset`, new Date(), { extension: '', layouts: ['folder'] });
  if (!(await confirmed(server, { format: format.name, selection, split, output: join(homedir(), proposed) }, format))) return undefined;
  const output = await choosePlace({ name: proposed, title: t('Export (3 of 3): the name of a new folder') });
  const result = output && await writeDataset(server, { format: format.name, selection, split, output: output.fsPath });
  if (result) await Promise.all([sayDone(result), offerToFix(server, result)]);
  return result;
}

export function writeDataset(server: Server, params: DatasetParams): Thenable<DatasetResult | undefined> {
  return cancellable(t('Exporting to {0}', basename(params.output)), (token) => server.request('daybook/dataset', params, token));
}

async function chooseExamples(server: Server): Promise<ExportFormat | undefined> {
  const { formats } = await server.request('daybook/exportFormats', {});
  // What the command line takes unless told stands first.
  const items = formats.filter(isOfExamples).sort((a, b) => Number(b.name === 'huggingface') - Number(a.name === 'huggingface'))
    .map((format) => ({ label: format.displayName, description: format.name, detail: t('Loses: {0}', format.loses), format }));
  return (await vscode.window.showQuickPick(items, { title: t('Export (2 of 3): a dataset'), placeHolder: t('Which examples?'), ignoreFocusOut: true, matchOnDescription: true }))?.format;
}

async function chooseSplit(): Promise<SplitPlan['by'] | undefined> {
  const items = [
    { label: t('By session'), detail: t('By chance; a session and its forks stay together'), by: 'session' as const },
    { label: t('By time'), detail: t('The latest sessions are the test'), by: 'time' as const },
    { label: t('By workspace'), detail: t('By chance; what belongs to one folder stays together'), by: 'workspace' as const },
  ];
  return (await vscode.window.showQuickPick(items, { title: t('Export (2 of 3): a dataset'), placeHolder: t('What decides the split of a session?'), ignoreFocusOut: true }))?.by;
}

async function chooseShares(): Promise<SplitPlan['shares'] | undefined> {
  const given = await vscode.window.showInputBox({
    title: t('Export (2 of 3): a dataset'), value: usualShares, prompt: t('How large are training, validation and test?'), ignoreFocusOut: true,
    validateInput: (text) => (readShares(text) ? undefined : t('Three whole numbers, such as 90, 5, 5. Training cannot be 0.')),
  });
  return given === undefined ? undefined : readShares(given);
}

/** Shows what would be written, before anything is. */
async function confirmed(server: Server, params: DatasetParams, format: ExportFormat): Promise<boolean> {
  const preview = await cancellable(t('Looking at what would be exported'), (token) => server.request('daybook/datasetPreview', params, token));
  if (!preview) return false;
  const [go, look] = [t('Choose Where…'), t('Show the Beginning')];
  const detail = datasetRemarks(t, preview, format).join('\n\n');
  const chosen = await vscode.window.showInformationMessage(t('Export a dataset as {0}?', format.displayName), { modal: true, detail }, go, look);
  return chosen === look ? lookFirst(preview.sample, go) : chosen === go;
}

async function sayDone(result: DatasetResult): Promise<void> {
  const [open, folder] = [t('Open the Card'), t('Open Folder')];
  const chosen = await vscode.window.showInformationMessage(t('Daybook exported {0} examples to {1}.', splitsText(result), basename(result.output)), open, folder);
  if (chosen === open) await vscode.window.showTextDocument(vscode.Uri.file(join(result.output, 'README.md')));
  if (chosen === folder) await reveal(result.output);
}
