import * as vscode from 'vscode';
import { documentScheme } from '../../shared/contributions.ts';
import { findAttachment } from '../attachments/files.ts';
import { withPictures } from '../attachments/pictures.ts';
import { coalesce } from '../coalesce.ts';
import type { Server } from '../server.ts';
import type { StatusWatch } from '../status.ts';
import { parseAddress } from './address.ts';
import type { DocumentKind } from './address.ts';
import { asPage, withoutRemoteContent } from './markdown.ts';

/** Makes the text of a document by its id; rejects when the server is not there. */
type Provide = (id: string) => Promise<string>;

/** Serves the scheme `daybook`: sessions and pages as Markdown, records as JSON; open ones follow what is recorded. */
export function provideDocuments(server: Server, status: StatusWatch, page: () => string): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const providers: { readonly [Kind in DocumentKind]: Provide } = {
    session: (id) => sessionText(server, id),
    record: (id) => recordText(server, id),
    page: () => Promise.resolve(page()),
  };

  function refresh(kind: DocumentKind): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === documentScheme && parseAddress(uri)?.kind === kind) changed.fire(uri);
    }
  }
  // A long session is made anew as a whole, so not more than once in two seconds.
  const refreshSessions = coalesce(2000, () => refresh('session'));

  return vscode.Disposable.from(
    changed,
    refreshSessions,
    vscode.workspace.registerTextDocumentContentProvider(documentScheme, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri) {
        const address = parseAddress(uri);
        return address ? providers[address.kind](address.id) : vscode.l10n.t('There is nothing at this address.');
      },
    }),
    server.on('daybook/changed', ({ sessions }) => sessions && refreshSessions()),
    status.onDidChange(() => refresh('page')),
  );
}

async function sessionText(server: Server, id: string): Promise<string> {
  const session = await server.request('daybook/sessionMarkdown', { id, addresses: true });
  if (!session) return vscode.l10n.t('This session is no longer in Daybook.');
  return asPage(await withPictures(withoutRemoteContent(session.markdown), (name) => findAttachment(server, name), vscode.l10n.t('no longer there')));
}

async function recordText(server: Server, id: string): Promise<string> {
  const document = await server.request('daybook/show', { id });
  return JSON.stringify(document?.record ?? null, undefined, 2) + '\n';
}
