/** The language client. It is the heaviest part of the extension, and a bundle of its own: loaded when the extension stands, not before. */

import type * as vscode from 'vscode';
import { CloseAction, ErrorAction, TransportKind } from 'vscode-languageclient/node';
import type { LanguageClientOptions } from 'vscode-languageclient/node';
import type { NotificationMethod, Notifications, ServerSettings, Tells } from '../../shared/protocol.ts';
import { createChanges } from './changes.ts';
import { isReload } from './reload.ts';
import { serverLaunch } from './launch.ts';
import { QuietClient } from './quietClient.ts';

/** Milliseconds within which what is typed is sent together. */
const togetherMs = 200;

export interface ConnectionWorld {
  /** Absolute path of the server's bundle. */
  readonly module: string;
  readonly log: vscode.LogOutputChannel;
  readonly settings: () => ServerSettings;
  readonly onClosed: () => void;
  /** The server answered that it cannot start. */
  readonly onRefused: (error: unknown) => void;
  readonly onNotification: <Method extends NotificationMethod>(method: Method, params: Notifications[Method]) => void;
  readonly onTrouble: (error: unknown) => void;
}

/** A client that is not started yet; a client whose start failed cannot be started a second time. */
export function connect({ module, log, settings, onClosed, onRefused, onNotification, onTrouble }: ConnectionWorld): QuietClient {
  const changes = createChanges<vscode.TextDocument, vscode.TextDocumentChangeEvent>(togetherMs, onTrouble);
  /** Those whose last changes are being sent because they were saved. */
  const saving = new Set<vscode.TextDocument>();
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: 'file' }, { scheme: 'untitled' }],
    outputChannel: log,
    initializationOptions: settings,
    initializationFailedHandler: (error) => {
      onRefused(error);
      return false;
    },
    middleware: {
      didChange: (event, next) => changes.add(event, async (all) => {
        const told: Tells['daybook/reloaded'] = { uri: client.code2ProtocolConverter.asUri(all.document.uri) };
        const isAnew = !saving.has(all.document) && isReload(all);
        await Promise.all([isAnew ? client.sendNotification('daybook/reloaded', told) : undefined, next(all)]);
      }),
      // Both are handed over at once, in this order: whoever speaks to the server next speaks after them.
      didSave: async (document, next) => {
        saving.add(document);
        const flushed = changes.flush(document);
        saving.delete(document);
        await Promise.all([flushed, next(document)]);
      },
      didClose: async (document, next) => {
        await Promise.all([changes.flush(document), next(document)]);
      },
    },
    errorHandler: {
      error: (_error, _message, count) => ({ action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true }),
      closed: () => {
        onClosed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  };
  const client = new QuietClient('daybook', 'Daybook', { module, transport: TransportKind.ipc, options: serverLaunch }, options, changes.flush);
  for (const method of ['daybook/changed', 'daybook/statusChanged'] as const) {
    client.onNotification(method, (params: Notifications[typeof method]) => onNotification(method, params));
  }
  return client;
}
