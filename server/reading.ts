/** Reads sources: all of them in one pass, newest first, and single files when they change. Ends by itself when there is nothing to do. */

import type { ImportResult } from '../shared/results.ts';
import { discover } from './importers/discover.ts';
import type { Importer, Machine } from './importers/importer.ts';
import type { ImportRun } from './importers/run.ts';

export interface Reading {
  /** Reads everything there is; resolves with the figures, rejects when it was stopped before. `signal` ends this pass alone. */
  pass(signal?: AbortSignal): Promise<ImportResult>;
  /** A file of a source has changed: it is read soon. */
  changed(path: string, source: string): void;
  /** Whether something is being read or is about to be. */
  isBusy(): boolean;
  /** Resolves when nothing is being read any more. */
  stop(): Promise<void>;
}

export interface ReadingEvents {
  readonly onProgress?: (done: number, total: number) => void;
  /** Something went wrong that is nobody's file: said once, reading goes on. */
  readonly onError?: (error: unknown) => void;
  /** There is nothing to do any more. */
  readonly onIdle?: () => void;
}

export interface ReadingDeps {
  readonly importers: readonly Importer[];
  readonly machine: Machine;
  readonly run: ImportRun;
}

/** Writers append in bursts; one reading after the burst is enough and stays far below a person's patience. */
const settleMs = 250;
/** When to look again at a file whose end was still being written. */
const unsettledMs = 3_200;

export function createReading({ importers, machine, run }: ReadingDeps, events: ReadingEvents): Reading {
  const abort = new AbortController();
  const timers = new Map<string, { readonly timer: NodeJS.Timeout; readonly due: number }>();
  const reading = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const passes = new Set<Promise<ImportResult>>();

  function isBusy(): boolean {
    return timers.size > 0 || reading.size > 0 || passes.size > 0;
  }

  function settled(): void {
    if (!isBusy() && !abort.signal.aborted) events.onIdle?.();
  }

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
        settled();
      });
    reading.set(path, done);
  }

  async function readAll(given?: AbortSignal): Promise<ImportResult> {
    const signal = given ? AbortSignal.any([abort.signal, given]) : abort.signal;
    const files = await discover(importers, machine, signal);
    const sources = await run.files(files, { signal, ...(events.onProgress && { onProgress: events.onProgress }) });
    return { sources, unrecognised: [] };
  }

  return {
    async pass(signal) {
      const all = readAll(signal);
      passes.add(all);
      try {
        return await all;
      } finally {
        passes.delete(all);
        // Whoever waits for the figures gets them first.
        setImmediate(settled);
      }
    },
    changed(path, source) {
      const importer = importers.find((each) => each.source === source);
      if (importer) schedule(path, importer, settleMs);
    },
    isBusy,
    async stop() {
      abort.abort();
      for (const { timer } of timers.values()) clearTimeout(timer);
      timers.clear();
      await Promise.allSettled([...passes, ...reading.values()]);
    },
  };
}
