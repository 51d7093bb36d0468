/** A real language server over standard input and output, as any LSP editor starts it: the built bundle, so build first. */

import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter, type ClientCapabilities, type ProtocolConnection } from 'vscode-languageserver/node';
import type { RequestMethod, Requests, ServerSettings } from '../../shared/protocol.ts';

export interface RunningServer {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  request<Method extends RequestMethod>(method: Method, params: Requests[Method]['params']): Promise<Requests[Method]['result']>;
  notify(method: string, params: unknown): Promise<void>;
  /** Ends it as an editor does. */
  stop(): Promise<void>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  readonly settings: ServerSettings;
  /** Home directory, so that no session of this machine is read. */
  readonly home: string;
  readonly workspaceFolders?: readonly { readonly uri: string; readonly name: string }[];
  /** What the client can; nothing when absent. */
  readonly capabilities?: ClientCapabilities;
  /** Called before the first message, to answer what the server asks. */
  readonly onConnection?: (connection: ProtocolConnection) => void;
  /** What it says on standard error is not shown. */
  readonly isSilent?: boolean;
  /** How the process is started, beyond what any editor does. */
  readonly launch?: { readonly execArgv: readonly string[]; readonly env: Readonly<Record<string, string>> };
}

const root = join(import.meta.dirname, '../..');

export async function startServer({
  settings, home, workspaceFolders = [], capabilities = {}, onConnection, isSilent = false, launch = { execArgv: [], env: {} },
}: ServerOptions): Promise<RunningServer> {
  const child = spawn(process.execPath, [...launch.execArgv, join(root, 'dist/bundle/server.cjs'), '--stdio'], {
    env: { PATH: process.env['PATH'], HOME: home, USERPROFILE: home, TMPDIR: process.env['TMPDIR'], NODE_NO_WARNINGS: '1', ...launch.env },
    stdio: ['pipe', 'pipe', isSilent ? 'ignore' : 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin.on('error', () => undefined); // a server that was killed reads no more
  const reader = new StreamMessageReader(child.stdout);
  // A server that is killed may leave half a message behind; the reader would wait for its rest for ever.
  reader.partialMessageTimeout = 0;
  const connection = createProtocolConnection(reader, new StreamMessageWriter(child.stdin));
  onConnection?.(connection);
  connection.listen();
  const dead = exited.then(() => {
    throw new Error('The server ended.');
  });
  dead.catch(() => undefined);
  const alive = <T>(promise: Promise<T>): Promise<T> => Promise.race([promise, dead]);

  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await exited;
    connection.dispose();
    child.stdin.destroy();
    child.stdout.destroy();
  }

  try {
    await alive(connection.sendRequest('initialize', {
      processId: process.pid, rootUri: null, capabilities, initializationOptions: settings, workspaceFolders,
    }));
    await connection.sendNotification('initialized', {});
  } catch (error) {
    await kill(); // one that refused to start waits for another word
    throw error;
  }
  return {
    process: child,
    connection,
    request: (method, params) => alive(connection.sendRequest(method, params)),
    notify: (method, params) => connection.sendNotification(method, params as object),
    async stop() {
      await alive(connection.sendRequest('shutdown'));
      await connection.sendNotification('exit');
      await exited;
      connection.dispose();
    },
    kill,
  };
}
