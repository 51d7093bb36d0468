import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { sourceOfNode } from '../views/health.ts';

/** *Copy Report*, on a line of *Health*: what a source writes that Daybook does not know, without any of its content. */
export function copyHealthReport(server: Server): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const source = sourceOfNode(argument);
    if (!source) return;
    const report = await server.request('daybook/healthReport', { source: source.id });
    if (!report) throw new Error(vscode.l10n.t('Nothing is known of {0}.', source.name));
    await vscode.env.clipboard.writeText(report.markdown);
    vscode.window.setStatusBarMessage(vscode.l10n.t('The report was copied. It holds names and types, no content.'), 6000);
  };
}
