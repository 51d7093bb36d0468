import * as vscode from 'vscode';
import type { Open } from '../panels/open.ts';

/** *What Is Recorded?*: one short page. */
export function whatIsRecorded(open: Open): () => Promise<void> {
  return () => open.page(vscode.l10n.t('What Daybook records'));
}
