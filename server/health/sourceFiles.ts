/** Source files as they were when they were read, beside what they are now. Only looked at, never opened. */

import { isForbidden, stampOf, type FileStamp } from '../importers/sourceBytes.ts';
import { readUpTo } from '../importers/run.ts';
import type { Ledger } from '../store/ledger.ts';

export interface SourceFileState {
  readonly path: string;
  readonly source: string;
  /** Names of the sessions it holds. */
  readonly sessions: readonly string[];
  /** How far it was read, in bytes, and what it was like then. */
  readonly offset: number;
  readonly stamp: FileStamp;
  readonly now: Presence;
}

/** What there is at a path now; `hidden` where this user may not look. */
export type Presence = FileStamp | 'gone' | 'hidden';

const page = 250;

/** Every file that was ever read. */
export async function sourceFiles(ledger: () => Ledger): Promise<SourceFileState[]> {
  const all: SourceFileState[] = [];
  for (let after = ''; ;) {
    const files = ledger().files(after, page);
    all.push(...await Promise.all(files.map(async ({ path, source, sessions, cursor }) =>
      ({ path, source, sessions, ...readUpTo(cursor), now: await presence(path) }))));
    const last = files.at(-1);
    if (!last || files.length < page) return all;
    after = last.path;
  }
}

export async function presence(path: string): Promise<Presence> {
  try {
    return (await stampOf(path)) ?? 'gone';
  } catch (error) {
    if (isForbidden(error)) return 'hidden';
    throw error;
  }
}

/** Whether it is there and other than it was when it was read. An empty file has nothing to read. */
export function isBehind({ stamp, now }: SourceFileState): boolean {
  if (now === 'gone' || now === 'hidden' || now.size === 0) return false;
  return now.size !== stamp.size || now.mtimeMs !== stamp.mtimeMs || now.inode !== stamp.inode;
}

/** When it was changed last, milliseconds since 1970, as far as anybody still knows. */
export function lastChange({ stamp, now }: SourceFileState): number {
  return now === 'gone' || now === 'hidden' ? stamp.mtimeMs : now.mtimeMs;
}

/** Names of the sessions of which no file is left. */
export function sessionsWithoutFile(files: readonly SourceFileState[]): Set<string> {
  const left = new Set(files.filter(({ now }) => now !== 'gone').flatMap(({ sessions }) => sessions));
  const gone = files.filter(({ now }) => now === 'gone').flatMap(({ sessions }) => sessions);
  return new Set(gone.filter((session) => !left.has(session)));
}
