import * as vscode from 'vscode';
import type { RedactPreview, RedactReceipt } from '../../shared/redaction.ts';
import { cancellable } from '../export/steps.ts';
import { isEmpty, previewDetail, receiptText, secretsIn, summary } from '../redaction/text.ts';
import type { Server } from '../server.ts';

const { t } = vscode.l10n;

/** *Redact the Past…*: what the rules of today find in what is recorded, a last question; then it is taken out and looked for. */
export function redactPast(server: Server): () => Promise<RedactReceipt | undefined> {
  return async () => {
    const preview = await cancellable(t('Looking at what is recorded with the rules of today'), (token) => server.request('daybook/redactPreview', {}, token));
    if (!preview || !(await confirmed(preview))) return undefined;
    const receipt = await cancellable(t('Redacting the past'), (token) => server.request('daybook/redact', {}, token));
    if (receipt) void say(receipt);
    return receipt;
  };
}

/** Where nothing is found there is nothing to ask; that it was looked at is noted all the same. */
async function confirmed(preview: RedactPreview): Promise<boolean> {
  if (isEmpty(preview)) return true;
  const go = t('Redact');
  return (await vscode.window.showWarningMessage(t('Redact {0}?', secretsIn(t, preview)), { modal: true, detail: previewDetail(t, preview) }, go)) === go;
}

async function say(receipt: RedactReceipt): Promise<void> {
  const isClean = receipt.search.left.length + receipt.exports.length + receipt.unreadable.length === 0 && receipt.scrubbed;
  if (isEmpty(receipt)) return void vscode.window.showInformationMessage(summary(t, receipt));
  const look = t('Show Receipt');
  const shown = isClean ? vscode.window.showInformationMessage(summary(t, receipt), look) : vscode.window.showWarningMessage(summary(t, receipt), look);
  if ((await shown) !== look) return;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: receiptText(t, receipt), language: 'markdown' }), { preview: true });
}
