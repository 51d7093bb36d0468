import * as vscode from 'vscode';
import { contextKeys } from '../shared/contributions.ts';
import { sentence } from '../shared/problem.ts';
import type { Status } from '../shared/protocol.ts';
import type { Server } from './server.ts';

/** What the server last said of itself; the only place that asks. */
export interface StatusWatch {
  /** Undefined until the server has answered, and after it stopped. */
  readonly current: Status | undefined;
  /** Whether to record, as last known: what a person paused stays paused when the server is started again. */
  readonly recording: boolean;
  /** Fires on every change of the status and of the server's state. */
  readonly onDidChange: vscode.Event<Status | undefined>;
  /** Takes an answer that carries a status. */
  update(status: Status): void;
  dispose(): void;
}

/** Follows the server and keeps the context keys of `when` clauses right. `recording` is what holds until the server has answered. */
export function watchStatus(server: Server, log: vscode.LogOutputChannel, recording: boolean): StatusWatch {
  const changed = new vscode.EventEmitter<Status | undefined>();
  let current: Status | undefined;
  let lastRecording = recording;

  function set(status: Status | undefined): void {
    current = status;
    lastRecording = status?.recording ?? lastRecording;
    // Until the status is known, views had better wait than say that recording is paused.
    setContext(contextKeys.server, server.state === 'running' && !status ? 'starting' : server.state);
    setContext(contextKeys.recording, status?.recording ?? false);
    setContext(contextKeys.stopped, status?.stoppedSince !== undefined);
    setContext(contextKeys.importing, status !== undefined && isReading(status));
    changed.fire(status);
  }

  function ask(): void {
    server.request('daybook/status', {}).then(set, (error: unknown) => log.warn(`The server did not tell its status. ${sentence(error)}`));
  }

  const listeners = vscode.Disposable.from(
    changed,
    server.on('daybook/statusChanged', set),
    server.onDidChangeState((state) => {
      set(undefined);
      if (state === 'running') ask();
    }),
  );
  return {
    get current() {
      return current;
    },
    get recording() {
      return lastRecording;
    },
    onDidChange: changed.event,
    update: set,
    dispose() {
      listeners.dispose();
    },
  };
}

/** Also before the first files are counted: until the first pass is through, nobody knows that there are no sessions. */
function isReading({ importing, recording, imported, attention }: Status): boolean {
  return importing !== undefined || (recording && imported === undefined && attention === undefined);
}

function setContext(key: string, value: string | boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
