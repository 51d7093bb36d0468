/** What comes in, noted in the log by counts alone. */

import type { ImportResult, RecordResult } from '../../shared/results.ts';
import { among, fault } from './fields.ts';
import { noting, since, uptimeMs } from './logged.ts';
import type { Log } from './log.ts';

/** @param records how many are handed in */
export function taking(log: Log, records: number, work: () => Promise<RecordResult>): Promise<RecordResult> {
  return noting.later(work, ({ accepted, duplicates, rejected }, ms) => {
    if (rejected.length > 0) log.write('ingest.rejected', { records, rejected: rejected.length });
    log.write('ingest.taken', { records, accepted, duplicates, rejected: rejected.length, ms });
  }, (error) => log.write('ingest.failed', { records, error }));
}

/** @param names of the sources that there are */
export async function reading(log: Log, names: readonly string[], work: () => Promise<ImportResult>): Promise<ImportResult> {
  return noting.later(work, (result, ms) => noteRead(log, names, result, ms), (error) => log.write('import.failed', { error }));
}

export function noteRead(log: Log, names: readonly string[], { sources }: ImportResult, ms: number): void {
  const all = Object.values(sources);
  const sum = (of: 'files' | 'sessions' | 'newRecords'): number => all.reduce((total, counts) => total + counts[of], 0);
  log.write('import.read', { sources: all.length, files: sum('files'), sessions: sum('sessions'), newRecords: sum('newRecords'), ms });
  for (const [source, { files, sessions, newRecords }] of Object.entries(sources)) {
    log.write('import.source', { source: among(source, names), files, sessions, newRecords });
  }
}

/** Opens something, and notes how long that took. */
export function opening<T>(log: Log, open: () => T): T {
  const start = uptimeMs();
  const opened = open();
  log.write('store.opened', { ms: since(start) });
  return opened;
}

/** Answers a request, and notes how that went. */
export async function answering<T>(log: Log, method: string, methods: readonly string[], work: () => T | Promise<T>): Promise<T> {
  const start = uptimeMs();
  const name = (): ReturnType<typeof among> => among(method.slice(method.indexOf('/') + 1), methods.map((each) => each.slice(each.indexOf('/') + 1)));
  try {
    const answer = await work();
    if (log.isOn('lsp', 'trace')) log.write('lsp.answered', { method: name(), ms: since(start) });
    return answer;
  } catch (error) {
    log.write('lsp.requestFailed', { method: name(), error: fault(error) });
    throw error;
  }
}
