import * as vscode from 'vscode';
import { documentScheme } from '../../shared/contributions.ts';
import type { Server } from '../server.ts';
import type { StatusWatch } from '../status.ts';
import { parseAddress } from './address.ts';
import type { DocumentKind } from './address.ts';

/** Makes the text of a document by its id; rejects when the server is not there. */
type Provide = (id: string) => Promise<string>;

/** Serves the scheme `daybook`: pages as Markdown, which follow what is recorded, and records as JSON. */
export function provideDocuments(server: Server, status: StatusWatch, page: () => string): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const providers: { readonly [Kind in DocumentKind]: Provide } = {
    record: (id) => recordText(server, id),
    page: () => Promise.resolve(page()),
  };

  function refresh(kind: DocumentKind): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === documentScheme && parseAddress(uri)?.kind === kind) changed.fire(uri);
    }
  }

  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(documentScheme, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri) {
        const address = parseAddress(uri);
        return address ? providers[address.kind](address.id) : vscode.l10n.t('There is nothing at this address.');
      },
    }),
    status.onDidChange(() => refresh('page')),
  );
}

async function recordText(server: Server, id: string): Promise<string> {
  const document = await server.request('daybook/show', { id });
  return JSON.stringify(document?.record ?? null, undefined, 2) + '\n';
}
