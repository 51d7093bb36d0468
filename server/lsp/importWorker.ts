/** The thread that reads the sources, seen from the language server. */

import { Worker } from 'node:worker_threads';
import type { LogLine } from '../../shared/log.ts';
import { sentence, type Problem } from '../../shared/problem.ts';
import type { Budget } from '../../shared/protocol.ts';
import type { RetentionPolicy } from '../../shared/retention.ts';
import type { ImportResult } from '../../shared/results.ts';
import type { Machine } from '../importers/importer.ts';
import type { Asked } from './giveWay.ts';
import type { Slowed } from './pace.ts';

/** What the thread is told at its start. */
export interface WorkerStart {
  readonly dataDirectory: string;
  readonly machine: Machine;
  readonly disabledSources: readonly string[];
  /** Bytes up to which an image or document is kept. */
  readonly maxAttachment: number;
  readonly budget: Budget;
  /** Whether somebody is being answered. */
  readonly asked: Asked;
  /** Levels of the log, shared with the server. */
  readonly log: SharedArrayBuffer;
  /** Whether to begin with everything there is; else only what it is told of is read. */
  readonly pass: boolean;
}

export type ToWorker =
  | { readonly type: 'changed'; readonly path: string; readonly source: string }
  /** Compress the days that are over. */
  | { readonly type: 'seal' }
  | Retain
  | { readonly type: 'stop' };

/** Plan what is to go, and let it go where it is due; `now`: let go at once what would. */
export interface Retain {
  readonly type: 'retain';
  readonly how: 'start' | 'look' | 'now';
  /** What the settings say; what held last when absent. */
  readonly policy?: RetentionPolicy;
}

export type FromWorker =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'firstPass'; readonly result: ImportResult; readonly firstTime: boolean }
  /** A line of the log; it stands in the file already. */
  | { readonly type: 'logged'; readonly line: LogLine }
  | { readonly type: 'error'; readonly message: string; readonly problem?: Problem }
  /** What `retain` asked for is done; `problem` says why it could not be. */
  | { readonly type: 'retained'; readonly problem?: string }
  /** Work rested to stay within the budget. */
  | { readonly type: 'slowed'; readonly slowed: Slowed }
  /** The record takes more than the budget: everything there is, is not read. */
  | { readonly type: 'full'; readonly diskBytes: number }
  /** There is nothing left to do. `handled` is how many messages it was told this after, so that none on its way is lost. */
  | { readonly type: 'idle'; readonly handled: number }
  /** The thread is no more, and nobody asked it to end. */
  | { readonly type: 'ended' };

export interface ImportWorker {
  tell(message: Exclude<ToWorker, { readonly type: 'stop' }>): void;
  /** Ends the thread between two batches. */
  stop(): Promise<void>;
}

export interface ImportWorkerEvents {
  readonly onMessage: (message: FromWorker) => void;
}

/** How long a batch that is being written may take before the thread is ended anyway; the journal survives that. */
const stopMs = 3_000;

export function startImportWorker(script: URL, start: WorkerStart, { onMessage }: ImportWorkerEvents): ImportWorker {
  const worker = new Worker(script, { workerData: start, name: 'daybook-import' });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('message', onMessage);
  worker.on('error', (error: unknown) => onMessage({ type: 'error', message: sentence(error) }));
  let isStopping = false;
  worker.once('exit', () => {
    if (!isStopping) onMessage({ type: 'ended' });
  });
  return {
    tell: (message) => worker.postMessage(message),
    async stop() {
      isStopping = true;
      worker.postMessage({ type: 'stop' } satisfies ToWorker);
      const timer = setTimeout(() => void worker.terminate(), stopMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
