import { setImmediate as immediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ServerState } from '../shared/contributions.ts';
import { sentence } from '../shared/problem.ts';
import type { NotificationMethod, Notifications, RequestMethod, Requests, ServerSettings } from '../shared/protocol.ts';
import type { Unlock } from '../shared/encryption.ts';
import { createGate } from './connection/gate.ts';
import type { QuietClient } from './connection/quietClient.ts';
import { createRestartPolicy } from './connection/restartPolicy.ts';
import type { Unlocking } from './encryption/unlocking.ts';

/** The language server, as the rest of the client sees it. */
export interface Server {
  readonly state: ServerState;
  readonly onDidChangeState: vscode.Event<ServerState>;
  /** Fires when the server stopped by itself; the argument says why, and whether it is started again. */
  readonly onDidStop: vscode.Event<{ readonly reason: string; readonly startsAgain: boolean }>;
  /** Waits while the server starts. Rejects when it failed, when it answers with an error and when the token is cancelled. */
  request<Method extends RequestMethod>(
    method: Method,
    params: Requests[Method]['params'],
    token?: vscode.CancellationToken,
  ): Promise<Requests[Method]['result']>;
  on<Method extends NotificationMethod>(method: Method, handler: (params: Notifications[Method]) => void): vscode.Disposable;
  /** Returns at once; the state says how it goes on. */
  start(): void;
  /** Tells a running server what the settings are now. */
  sendSettings(): void;
  /** Stops the server and starts a new one. */
  restart(): Promise<void>;
  /** Resolves when the server process has ended in good order. */
  stop(): Promise<void>;
  dispose(): void;
}

/** One attempt to have a server; its client is there once its code is loaded. */
interface Attempt {
  client?: QuietClient;
  /** The record is encrypted, and what opens it is being asked for. */
  isLocked?: true;
}

export interface ServerWorld {
  /** Absolute path of the server's bundle. */
  readonly module: string;
  readonly log: vscode.LogOutputChannel;
  /** Asked at every start and at `sendSettings`. */
  readonly settings: () => ServerSettings;
  /** Asked when the record is encrypted and the server cannot open it. */
  readonly unlocking: Unlocking;
}

/** A server that is not started yet. */
export function createServer({ module, log, settings, unlocking }: ServerWorld): Server {
  const gate = createGate();
  const policy = createRestartPolicy();
  const stateChanged = new vscode.EventEmitter<ServerState>();
  const stopped = new vscode.EventEmitter<{ reason: string; startsAgain: boolean }>();
  const emitters: { readonly [Method in NotificationMethod]: vscode.EventEmitter<Notifications[Method]> } = {
    'daybook/changed': new vscode.EventEmitter(),
    'daybook/statusChanged': new vscode.EventEmitter(),
  };
  let state: ServerState = 'starting';
  let current: Attempt | undefined;
  let opener: Unlock | undefined;
  let nextStart: ReturnType<typeof setTimeout> | undefined;
  let turn: Promise<void> = Promise.resolve();

  function enter(next: ServerState): void {
    if (next === 'running') gate.open();
    if (next === 'starting') gate.close();
    if (next === 'failed') gate.lock(new Error(vscode.l10n.t('The Daybook server is not running.')));
    state = next;
    stateChanged.fire(next);
  }

  function start(): void {
    enter('starting');
    const attempt: Attempt = {};
    current = attempt;
    connected(attempt).then(
      () => current === attempt && running(attempt),
      (error: unknown) => ended(attempt, sentence(error)),
    );
  }

  function running({ client }: Attempt): void {
    enter('running');
    if (client && opener) keep(client, opener).catch((error: unknown) => log.warn(`The key of the record could not be kept. ${sentence(error)}`));
    opener = undefined;
  }

  async function keep(client: QuietClient, given: Unlock): Promise<void> {
    const { keys }: Requests['daybook/unlock']['result'] = await client.sendRequest('daybook/unlock', given);
    await unlocking.opened(keys);
  }

  /** Tries what opens the record, until something does or the person does not want to. */
  function locked(attempt: Attempt): void {
    attempt.isLocked = true;
    unlocking.next().then((next) => {
      if (current !== attempt) return;
      opener = next;
      if (next) return start();
      current = undefined;
      enter('failed');
      stopped.fire({ reason: vscode.l10n.t('The record is encrypted and locked.'), startsAgain: false });
    }).catch((error: unknown) => log.error(sentence(error)));
  }

  async function connected(attempt: Attempt): Promise<void> {
    await immediate(); // what else starts with the editor comes first
    const { connect } = await import('./connection/connect.ts');
    if (current !== attempt) return;
    attempt.client = connect({
      module, log, settings: () => ({ ...settings(), ...(opener && { unlock: opener }) }),
      onClosed: () => ended(attempt, vscode.l10n.t('The connection to it was closed.')),
      onRefused: (error) => isLocked(error) && locked(attempt),
      onNotification: (method, params) => emitters[method].fire(params),
      onTrouble: (error) => log.warn(`What was typed could not be sent to the server. ${sentence(error)}`),
    });
    await attempt.client.start();
  }

  /** Both a failed start and a closed connection end an attempt, often one after the other: only the first counts. */
  function ended(attempt: Attempt, reason: string): void {
    if (current !== attempt || attempt.isLocked) return;
    current = undefined;
    const delayMs = policy.nextDelayMs(Date.now());
    log.error(`The server stopped. ${reason}`);
    if (delayMs !== undefined) {
      enter('starting');
      nextStart = setTimeout(start, delayMs);
    } else enter('failed');
    stopped.fire({ reason, startsAgain: delayMs !== undefined });
  }

  async function stop(): Promise<void> {
    clearTimeout(nextStart);
    const running = current?.client;
    current = undefined;
    // A client that never came up has nothing to stop and says so by rejecting.
    await running?.stop().catch((error: unknown) => log.warn(`The server did not stop in good order. ${sentence(error)}`));
  }

  return {
    get state() {
      return state;
    },
    onDidChangeState: stateChanged.event,
    onDidStop: stopped.event,
    async request(method, params, token) {
      await gate.pass();
      const client = current?.client;
      if (!client) throw new Error(vscode.l10n.t('The Daybook server is not running.'));
      // What was typed belongs to the time before.
      if (method === 'daybook/setRecording') await client.flush();
      return client.sendRequest(method, params, token);
    },
    on: (method, handler) => emitters[method].event(handler),
    start,
    sendSettings() {
      if (state !== 'running') return;
      current?.client
        ?.sendNotification('workspace/didChangeConfiguration', { settings: settings() })
        .catch((error: unknown) => log.warn(`The settings could not be sent to the server. ${sentence(error)}`));
    },
    restart() {
      // One after the other: two at once would leave two servers.
      turn = turn.then(async () => {
        policy.reset();
        enter('starting');
        await stop();
        start();
      });
      return turn;
    },
    stop,
    dispose() {
      void stop();
      for (const emitter of [stateChanged, stopped, ...Object.values(emitters)]) emitter.dispose();
    },
  };
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && (error as { readonly data?: { readonly locked?: unknown } }).data?.locked === true;
}
