/** Requests that take their time: progress is shown, and they are cancelled when the client says so, or the server stops. */

import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection, type WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { ProblemError } from '../../shared/problem.ts';

export interface Watch {
  readonly signal: AbortSignal;
  /** Says how far it is. */
  readonly say: (text: string) => void;
}

export interface LongWork {
  /** Rejects with `RequestCancelled` when the work was cancelled. */
  run<T>(token: CancellationToken | undefined, title: string, work: (watch: Watch) => Promise<T>): Promise<T>;
  /** Stops what runs, and resolves when nothing does. */
  stop(): Promise<void>;
}

export function createLongWork(connection: Connection, canShowProgress: boolean): LongWork {
  const running = new Map<AbortController, Promise<unknown>>();
  return {
    async run(token, title, work) {
      const stop = new AbortController();
      token?.onCancellationRequested(() => stop.abort());
      const progress = canShowProgress ? showProgress(connection, title, () => stop.abort()) : undefined;
      const result = work({ signal: stop.signal, say: (text) => progress?.say(text) });
      running.set(stop, result);
      try {
        return await result;
      } catch (error) {
        if (!(error instanceof ProblemError) || error.problem.code !== 'cancelled') throw error;
        throw new ResponseError(LSPErrorCodes.RequestCancelled, error.problem.message);
      } finally {
        running.delete(stop);
        progress?.done();
      }
    },
    async stop() {
      for (const stop of running.keys()) stop.abort();
      await Promise.allSettled(running.values());
    },
  };
}

interface Progress {
  say(text: string): void;
  done(): void;
}

/** A client may take its time to show it, or refuse to. */
function showProgress(connection: Connection, title: string, stop: () => void): Progress {
  let reporter: WorkDoneProgressServerReporter | undefined;
  let isDone = false;
  connection.window.createWorkDoneProgress().then((created) => {
    if (isDone) return;
    reporter = created;
    created.begin(title, undefined, undefined, true);
    created.token.onCancellationRequested(stop);
  }, () => undefined);
  return {
    say: (text) => reporter?.report(text),
    done() {
      isDone = true;
      reporter?.done();
    },
  };
}
