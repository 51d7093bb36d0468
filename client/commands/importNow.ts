import * as vscode from 'vscode';
import { views } from '../../shared/contributions.ts';
import type { ImportResult } from '../../shared/results.ts';
import type { Server } from '../server.ts';
import { counted } from '../text/translate.ts';

const { t } = vscode.l10n;

/** *Import Now*: reads all sources; progress in the view, the outcome in the status bar. */
export function importNow(server: Server): () => Promise<void> {
  return async () => {
    const result = await vscode.window.withProgress({ location: { viewId: views.sessions } }, () => server.request('daybook/import', {}));
    vscode.window.setStatusBarMessage(outcome(result), 6000);
  };
}

function outcome(result: ImportResult): string {
  const counts = Object.values(result.sources);
  const newRecords = counts.reduce((sum, count) => sum + count.newRecords, 0);
  if (newRecords === 0) return t('Daybook found nothing new.');
  return t('Daybook imported {0}.', counted(t, newRecords, '1 new record', '{0} new records'));
}
