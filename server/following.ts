/** Keeps up with the sources: a first pass over everything, newest first, then each file when it changes. */

import type { ImportResult } from '../shared/results.ts';
import { discover } from './importers/discover.ts';
import type { Importer, Machine } from './importers/importer.ts';
import type { ImportRun } from './importers/run.ts';
import { watchSources, type SourceWatch } from './importers/watch.ts';

export interface Following {
  /** Resolves with the figures of the first pass; rejects when it was stopped before. */
  readonly firstPass: Promise<ImportResult>;
  /** Ends the first pass and the watch; resolves when nothing is being read any more. */
  stop(): Promise<void>;
}

export interface FollowingEvents {
  readonly onProgress?: (done: number, total: number) => void;
  /** Something went wrong that is nobody's file: said once, following goes on. */
  readonly onError?: (error: unknown) => void;
}

export interface FollowingDeps {
  readonly importers: readonly Importer[];
  readonly machine: Machine;
  readonly run: ImportRun;
}

/** Writers append in bursts; one reading after the burst is enough and stays far below a person's patience. */
const settleMs = 250;
/** When to look again at a file whose end was still being written. */
const unsettledMs = 3_200;

export function createFollowing({ importers, machine, run }: FollowingDeps, events: FollowingEvents): Following {
  const abort = new AbortController();
  const timers = new Map<string, { readonly timer: NodeJS.Timeout; readonly due: number }>();
  const reading = new Map<string, Promise<void>>();
  const again = new Set<string>();
  let watching: SourceWatch | undefined;

  /** Reads the file after a while; the earlier of two wishes counts. */
  function schedule(path: string, importer: Importer, delayMs: number): void {
    const due = Date.now() + delayMs;
    const waiting = timers.get(path);
    if (abort.signal.aborted || (waiting && waiting.due <= due)) return;
    clearTimeout(waiting?.timer);
    const timer = setTimeout(() => {
      timers.delete(path);
      read(path, importer);
    }, delayMs);
    timers.set(path, { timer, due });
  }

  /** One reader at a time for a file; a change that comes meanwhile is read right after. */
  function read(path: string, importer: Importer): void {
    if (reading.has(path)) {
      again.add(path);
      return;
    }
    const done = run.file(path, importer)
      .then(({ followed }) => {
        if (followed === 'unsettled') schedule(path, importer, unsettledMs);
      })
      .catch((error: unknown) => events.onError?.(error))
      .finally(() => {
        reading.delete(path);
        if (again.delete(path)) schedule(path, importer, settleMs);
      });
    reading.set(path, done);
  }

  async function start(): Promise<ImportResult> {
    // The watch stands before the first pass, so that nothing written in between is missed.
    const watch = await watchSources(importers, machine, (path, importer) => schedule(path, importer, settleMs));
    if (abort.signal.aborted) watch.close();
    else watching = watch;
    const files = await discover(importers, machine, abort.signal);
    const sources = await run.files(files, { signal: abort.signal, ...(events.onProgress && { onProgress: events.onProgress }) });
    return { sources, unrecognised: [] };
  }

  const firstPass = start();
  return {
    firstPass,
    async stop() {
      abort.abort();
      watching?.close();
      for (const { timer } of timers.values()) clearTimeout(timer);
      timers.clear();
      await Promise.allSettled([firstPass, ...reading.values()]);
    },
  };
}
