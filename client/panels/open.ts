import * as vscode from 'vscode';
import { documentScheme } from '../../shared/contributions.ts';
import { parseType } from '../../shared/record.ts';
import type { SessionPanels } from '../document/panels.ts';
import type { Server } from '../server.ts';
import { timeOfDay } from '../text/time.ts';
import { addressOf } from './address.ts';
import type { DocumentKind } from './address.ts';

/** Opens Daybook's documents. All reject when the server is not there. */
export interface Open {
  /** Opens a session as a page; at a record of it, or where a passage stands, if these are given. */
  session(id: string, passage?: string, record?: string): Promise<void>;
  /** Opens a record as JSON. */
  record(id: string): Promise<void>;
  /** Opens a page of Daybook's own. */
  page(name: string): Promise<void>;
}

export function createOpen(server: Server, panels: SessionPanels): Open {
  return {
    session(id, text, record) {
      panels.open(id, text === undefined ? undefined : { text, ...(record !== undefined && { record }) });
      return Promise.resolve();
    },
    async record(id) {
      const shown = await server.request('daybook/show', { id });
      if (!shown) throw new Error(vscode.l10n.t('This record is no longer in Daybook.'));
      const kind = parseType(shown.record.type)?.kind ?? 'record';
      const uri = documentUri('record', id, `${kind} ${timeOfDay(shown.record.time)}`);
      await vscode.window.showTextDocument(uri, { preview: true });
    },
    page: (name) => showPreview(documentUri('page', 'recorded', name)),
  };
}

function documentUri(kind: DocumentKind, id: string, name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: documentScheme, ...addressOf(kind, id, name) });
}

async function showPreview(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', uri);
}
