/** A reader or core whose work is noted in the log: how long it took and how it went, never what it was about. */

import type { Exports } from '../export/flow.ts';
import type { Reader } from '../reader.ts';
import type { EventFields, EventName } from './events.ts';
import { among, fault, type Fault } from './fields.ts';
import { removeLog } from './file.ts';
import type { Log } from './log.ts';

type Failing = { [Event in EventName]: EventFields<Event> extends { readonly error: Fault } ? ({ readonly error: Fault } extends EventFields<Event> ? Event : never) : never }[EventName];

/** Notes how work went that may take a while, and hands its outcome on. */
export interface Noting {
  now<T>(work: () => T, done: (result: T, ms: number) => void, failed: (error: Fault) => void): T;
  later<T>(work: () => Promise<T>, done: (result: T, ms: number) => void, failed: (error: Fault) => void): Promise<T>;
}

export const noting: Noting = {
  now(work, done, failed) {
    const start = uptimeMs();
    try {
      const result = work();
      done(result, since(start));
      return result;
    } catch (error) {
      failed(fault(error));
      throw error;
    }
  },
  async later(work, done, failed) {
    const start = uptimeMs();
    try {
      const result = await work();
      done(result, since(start));
      return result;
    } catch (error) {
      failed(fault(error));
      throw error;
    }
  },
};

/** Of this process, in milliseconds. `performance` is a part of Node that most commands would load for this alone. */
export const uptimeMs = (): number => process.uptime() * 1_000;

/** Whole milliseconds. @param start what `uptimeMs` said then */
export const since = (start: number): number => Math.round(uptimeMs() - start);

/** @param root absolute path of the data directory: with the last record that is forgotten goes the log */
export function logged<Some extends Reader>(reader: Some, root: string, log: Log): Some {
  const failed = (event: Failing) => (error: Fault): void => log.write(event, { error });
  const { now, later } = noting;
  return {
    ...reader,
    search: (params) => now(() => reader.search(params), ({ results }, ms) => log.write('search.answered', { results: results.length, typing: params.typing === true, ms }), failed('search.failed')),
    rebuild: (on) => now(
      () => reader.rebuild(on), ({ records, problems }, ms) => log.write('store.rebuilt', { records, problems, ms }), (error) => log.write('store.failed', { work: 'rebuild', error }),
    ),
    seal: (everything, on) => now(() => reader.seal(everything, on), ({ files, bytesBefore, bytesAfter }, ms) => {
      if (files > 0) log.write('store.sealed', { files, bytesBefore, bytesAfter, ms });
    }, (error) => log.write('store.failed', { work: 'seal', error })),
    repair: (on) => later(() => reader.repair(on), ({ done }, ms) => log.write('store.repaired', { repairs: done.length, ms }), (error) => log.write('store.failed', { work: 'repair', error })),
    exports: async () => loggedExports(await reader.exports(), log),
    forget: (selection, on) => later(() => reader.forget(selection, on), ({ records, files }, ms) => {
      if (reader.stats().records === 0) removeLog(root);
      else log.write('forget.done', { records, files, ms });
    }, failed('forget.failed')),
    redact: (selection, watch) => later(
      () => reader.redact(selection, watch), ({ records, files, search }, ms) => log.write('redact.done', { records, files, left: search.left.length, ms }), failed('redact.failed'),
    ),
    backUp: (options) => later(
      () => reader.backUp(options), ({ files, bytes, copied }, ms) => log.write('backup.made', { files, bytes, copied: copied.files, ms }), failed('backup.failed'),
    ),
    restoreOver: (backup, on) => later(() => reader.restoreOver(backup, on), (_result, ms) => log.write('backup.restored', { ms }), failed('backup.failed')),
  };
}

function loggedExports(exports: Exports, log: Log): Exports {
  const names = exports.formats().formats.map(({ name }) => name);
  const written = (format: string, files: number, ms: number): void => log.write('export.written', { format: among(format, names), files, ms });
  const failed = (error: Fault): void => log.write('export.failed', { error });
  return {
    ...exports,
    run: (params, watch) => noting.later(() => exports.run(params, watch), ({ files }, ms) => written(params.format, files.length, ms), failed),
    dataset: (params, watch) => noting.later(() => exports.dataset(params, watch), ({ files }, ms) => written(params.format, files.length, ms), failed),
  };
}
