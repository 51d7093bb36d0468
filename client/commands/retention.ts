import * as vscode from 'vscode';
import type { RetentionStatus } from '../../shared/retention.ts';
import { size } from '../../shared/size.ts';
import type { Server } from '../server.ts';
import { aboveText, dateText, keptText, partText, planText } from '../text/retention.ts';
import { counted } from '../text/translate.ts';

const { t } = vscode.l10n;

/** *Preview Retention…*: what is kept how long, what would go and when; from there it can be kept, or let go at once. */
export function previewRetention(server: Server): () => Promise<void> {
  return async () => {
    const status = await server.request('daybook/retention', {});
    const [keep, now, settings] = [t('Keep Them'), t('Let Go Now…'), t('Open Settings')];
    const choices = [...(status.plan ? [keep] : []), ...(status.preview.records > 0 ? [now] : []), settings];
    const chosen = await vscode.window.showInformationMessage(headline(status), { modal: true, detail: detail(status) }, ...choices);
    if (chosen === keep) await keepWhatWouldGo(server)();
    else if (chosen === now) await letGo(server, status);
    else if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'daybook.retention');
  };
}

/** *Keep What Would Go*: the plan is withdrawn. */
export function keepWhatWouldGo(server: Server): () => Promise<void> {
  return async () => {
    const { plan } = await server.request('daybook/retention', {});
    if (plan) await server.request('daybook/keepWhatWouldGo', {});
    const message = plan ? t('It stays. Nothing is planned again until the settings of retention change.') : t('Nothing waits to go.');
    void vscode.window.showInformationMessage(message);
  };
}

async function letGo(server: Server, { preview }: RetentionStatus): Promise<void> {
  const go = t('Let Go');
  const question = t('Let {0} go now?', counted(t, preview.records, '1 record', '{0} records'));
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail: t('Nobody can bring it back.') }, go)) !== go) return;
  const { lastResult } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Letting go what is too old') }, () => server.request('daybook/letGo', {}),
  );
  if (!lastResult) return;
  const failed = lastResult.errors.length > 0 ? ` ${lastResult.errors.join(' ')}` : '';
  void vscode.window.showInformationMessage(t('Gone: {0}, {1} of the journal.', counted(t, lastResult.records, '1 record', '{0} records'), size(lastResult.bytes)) + failed);
}

function headline({ plan, preview, policy }: RetentionStatus): string {
  if (plan) return planText(t, plan, policy, vscode.env.language);
  return preview.records === 0 ? t('Nothing would go now.') : t('{0} would go now.', counted(t, preview.records, '1 record', '{0} records'));
}

function detail({ preview, policy, kept, plan, lastResult }: RetentionStatus): string {
  const above = aboveText(t, preview, policy);
  return [
    keptText(t, policy),
    ...preview.parts.map((part) => t('{0}, from {1} to {2}: {3}', partText(t, part, policy), part.first, part.last, size(part.bytes))),
    ...(above === undefined ? [] : [above]),
    ...(kept && !plan ? [t('Somebody kept what would go. It is planned again when the settings change.')] : []),
    ...(lastResult ? [t('Last on {0}: {1} went, {2} of the journal.', dateText(lastResult.at, vscode.env.language), counted(t, lastResult.records, '1 record', '{0} records'), size(lastResult.bytes))] : []),
  ].join('\n\n');
}
