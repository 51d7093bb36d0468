/** One file on disk, read through the real engine as it changes. */

import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileCursor, Followed } from '../../../../server/importers/fileCursor.ts';
import { createFollower } from '../../../../server/importers/follow.ts';
import type { ImportedRecord, Importer } from '../../../../server/importers/importer.ts';
import { openForeign } from '../../../../server/store/foreign.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { isPrompt } from '../../../../shared/session.ts';

export interface Following {
  /** All records in the order in which they were first handed over, each as it was handed over last. */
  readonly records: Map<string, ImportedRecord>;
  readonly problems: readonly Problem[];
  readonly cursor: FileCursor | undefined;
  /** Writes the file anew, so that the last writing is long ago. */
  write(content: string | Uint8Array): void;
  append(content: string | Uint8Array, isQuiet?: boolean): void;
  /** Makes as if nobody had written for a while. */
  settle(): void;
  read(): Promise<Followed>;
  /** As after a restart: what is known is what the cursor says. */
  restart(): void;
}

/** Seconds since 1970: an hour ago, so that nobody is writing any more. */
export const quiet = Math.floor(Date.now() / 1_000) - 3_600;

export function following(path: string, importer: Importer): Following {
  let follower = createFollower(openForeign);
  let cursor: FileCursor | undefined;
  let seconds = 0;
  const records = new Map<string, ImportedRecord>();
  const problems: Problem[] = [];
  mkdirSync(dirname(path), { recursive: true });
  const settle = (): void => utimesSync(path, quiet + seconds, quiet + seconds++);
  return {
    records,
    problems,
    get cursor() {
      return cursor;
    },
    write(content) {
      writeFileSync(path, content);
      settle();
    },
    append(content, isQuiet = true) {
      appendFileSync(path, content);
      if (isQuiet) settle();
    },
    settle,
    read: () => follower.follow(path, importer, cursor, (reading, next) => {
      for (const record of reading.records) records.set(identity(record), record);
      problems.push(...reading.problems);
      cursor = JSON.parse(JSON.stringify(next)) as FileCursor;
      return Promise.resolve();
    }),
    restart() {
      follower = createFollower(openForeign);
    },
  };
}

/** What makes a record the same as an earlier one. */
export function identity(record: ImportedRecord): string {
  return `${record.session} ${record.kind === 'session' ? 'session' : record.id}`;
}

/** Messages in order, and behind them what is of no known type: some readers hand that over last. Without headers. */
export function said({ records }: Following): ImportedRecord[] {
  const all = [...records.values()];
  return [...all.filter(({ kind }) => kind === 'message'), ...all.filter(({ kind }) => kind === 'unknown')];
}

/** Headers by session. Their time is that of the newest record in the end; the engine sets it. */
export function headers({ records }: Following): Map<string, unknown> {
  return new Map([...records.values()].flatMap((record) => (record.kind === 'session' ? [[record.session, record.data] as const] : [])).sort());
}

/** What people asked, in order. */
export function promptsIn(file: Following): string[] {
  const prompts = said(file).flatMap((record) => (record.kind === 'message' && isPrompt(record.data) ? [record.data] : []));
  return prompts.map(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.content] : [])).join('\n'));
}
