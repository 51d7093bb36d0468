/** The language server: LSP in, core out. It knows the protocol and nothing else. */

import {
  DidChangeConfigurationNotification, ErrorCodes, FileChangeType, ResponseError, TextDocuments, TextDocumentSyncKind,
  type CancellationToken, type Connection, type InitializeParams, type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ProblemError } from '../../shared/problem.ts';
import type { RequestMethod, Requests, Tells } from '../../shared/protocol.ts';
import { answering } from '../log/noted.ts';
import { createSession, type ServerDeps, type Session } from './session.ts';
import { readSettings, settingNames } from './settings.ts';

/** Each custom request, and the command of the same effect. */
export const methods: readonly RequestMethod[] = [
  'daybook/record', 'daybook/sessions', 'daybook/touching', 'daybook/session', 'daybook/sessionMarkdown', 'daybook/sessionOutline', 'daybook/sessionItems',
  'daybook/sessionBlock', 'daybook/sessionFind', 'daybook/turnMarkdown', 'daybook/attachment', 'daybook/search', 'daybook/searchComplete', 'daybook/firstSearch',
  'daybook/show', 'daybook/workflow',
  'daybook/today', 'daybook/stats', 'daybook/statistics', 'daybook/rates', 'daybook/timeline', 'daybook/health', 'daybook/healthReport', 'daybook/diagnostics',
  'daybook/mark', 'daybook/forgetPreview', 'daybook/forget', 'daybook/redactPreview', 'daybook/redact', 'daybook/retention', 'daybook/keepWhatWouldGo', 'daybook/letGo',
  'daybook/encryption', 'daybook/unlock', 'daybook/encrypt', 'daybook/status', 'daybook/setRecording', 'daybook/import',
  'daybook/exportFormats', 'daybook/exportPreview', 'daybook/export', 'daybook/datasetPreview', 'daybook/dataset',
];

/** Name of a request as a server command; apart from the names of a client's own commands. */
export function commandOf(method: RequestMethod): string {
  return method.replace('daybook/', 'daybook.server.');
}

const anyFile = { filters: [{ scheme: 'file', pattern: { glob: '**/*' } }] };

/** Our settings, whether the client sends them alone or in a section of their own; undefined when it sends others. */
function ownSettings(settings: unknown): object | undefined {
  if (typeof settings !== 'object' || settings === null) return undefined;
  if ('daybook' in settings) return settings.daybook as object;
  return settingNames.some((name) => name in settings) ? settings : undefined;
}

export interface Served {
  /** Writes what is still to be written; once, however often it is called. */
  close(): Promise<void>;
}

export function serve(connection: Connection, deps: ServerDeps): Served {
  const documents = new TextDocuments(TextDocument);
  let session: Session | undefined;
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= session?.close() ?? Promise.resolve());

  connection.onInitialize((params): InitializeResult => {
    session = open(params);
    return {
      serverInfo: { name: 'Daybook' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        executeCommandProvider: { commands: methods.map(commandOf) },
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          fileOperations: { didCreate: anyFile, didRename: anyFile, didDelete: anyFile },
        },
      },
    };
  });

  function open(params: InitializeParams): Session {
    const wrong: string[] = [];
    const settings = readSettings(params.initializationOptions, (name) => wrong.push(name));
    try {
      return createSession(connection, deps, {
        settings,
        folders: (params.workspaceFolders ?? []).map(({ uri }) => uri),
        editor: params.clientInfo?.name ?? 'editor',
        canShowProgress: params.capabilities.window?.workDoneProgress === true,
        canWatchFiles: params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
        wrong,
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      throw new ResponseError(ErrorCodes.ServerNotInitialized, error.problem.message, { retry: false, ...(error.problem.code === 'store-locked' && { locked: true }) });
    }
  }

  connection.onInitialized(() => {
    void connection.client.register(DidChangeConfigurationNotification.type).catch(() => undefined); // optional: few clients have it
    session?.start();
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      session?.foldersChanged(added.map(({ uri }) => uri), removed.map(({ uri }) => uri));
    });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    const ours = ownSettings(settings);
    const wrong: string[] = [];
    if (ours !== undefined) session?.configure(readSettings(ours, (name) => wrong.push(name)), wrong);
  });

  documents.onDidOpen(({ document }) => session?.editor.opened(document));
  documents.onDidChangeContent(({ document }) => {
    if (document.version > 0) session?.editor.changed(document);
  });
  connection.onNotification('daybook/reloaded', ({ uri }: Partial<Tells['daybook/reloaded']>) => {
    if (typeof uri === 'string') session?.editor.reloaded(uri);
  });
  documents.onDidSave(({ document }) => session?.editor.saved(document));
  documents.onDidClose(({ document }) => session?.editor.closed(document));
  connection.onDidChangeWatchedFiles(({ changes }) => {
    session?.filesOnDisk(changes.filter(({ type }) => type !== FileChangeType.Deleted).map(({ uri }) => uri));
  });
  connection.workspace.onDidCreateFiles(({ files }) => session?.files('file.created', files));
  connection.workspace.onDidRenameFiles(({ files }) => session?.files('file.renamed', files.map(({ oldUri, newUri }) => ({ oldUri, uri: newUri }))));
  connection.workspace.onDidDeleteFiles(({ files }) => session?.files('file.deleted', files));

  for (const method of methods) connection.onRequest(method, (params: unknown, token: CancellationToken) => answer(method, params, token));
  connection.onExecuteCommand(({ command, arguments: args }, token) => {
    const method = methods.find((each) => commandOf(each) === command);
    return method ? answer(method, args?.[0] ?? {}, token) : new ResponseError(ErrorCodes.MethodNotFound, `There is no command ${command}.`);
  });

  async function answer<Method extends RequestMethod>(
    method: Method, params: unknown, token: CancellationToken,
  ): Promise<Requests[Method]['result'] | ResponseError> {
    if (!session) return new ResponseError(ErrorCodes.ServerNotInitialized, 'Daybook is not started yet.');
    try {
      const { requests, log } = session;
      return await answering(log, method, methods, () => requests[method](params as Requests[Method]['params'], token));
    } catch (error) {
      if (error instanceof ResponseError) return error;
      return new ResponseError(ErrorCodes.InternalError, error instanceof Error ? error.message : String(error));
    }
  }

  connection.onShutdown(close);
  documents.listen(connection);
  connection.listen();
  return { close };
}
