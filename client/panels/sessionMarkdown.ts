import * as vscode from 'vscode';
import type { Server } from '../server.ts';

/** Title and Markdown of a session; rejects with a sentence when it is gone. */
export async function sessionMarkdown(server: Server, id: string): Promise<{ title: string; markdown: string }> {
  const session = await server.request('daybook/sessionMarkdown', { id });
  if (!session) throw new Error(vscode.l10n.t('This session is no longer in Daybook.'));
  return session;
}
