/**
 * Lets whole days of families go. First it is written down that they are refused from now on, and that something is to go; then their lines
 * leave the index and the journal, a few hundred at a time from the end of their file, each step a short transaction in which the file is
 * cut before it commits: a process that dies in between leaves an index that knows it says too much. Whoever comes next finishes, in the
 * way in which forgetting is finished. A day of which something is kept is rewritten as a whole.
 */

import { statSync } from 'node:fs';
import { sentence } from '../../shared/problem.ts';
import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { Erasing } from './erase.ts';
import type { DayFamily, Expired, ExpiredDay } from './expired.ts';
import type { FileIndex } from './catchUp.ts';
import type { ForgetIndex } from './forgetIndex.ts';
import type { IndexedFile } from './indexedFile.ts';
import type { IntentionFile } from './intention.ts';
import { sealedPath, type Journal } from './journal.ts';
import { dayFile } from './paths.ts';
import { removeFile, unfinished } from './replaceFile.ts';
import type { PlainPart, Removed, SealedPart, Unindex } from './unindex.ts';
import type { UnusedNames } from './unusedNames.ts';

export interface ExpireResult {
  /** Records that counted and are gone. */
  readonly records: number;
  /** Journal files that were rewritten or removed. */
  readonly files: number;
  /** Bytes of the journal that are free. */
  readonly bytes: number;
  /** A sentence for each file that could not be rewritten; it is as it was. */
  readonly errors: readonly string[];
  /** Whether the database and its log are free of it, too. */
  readonly scrubbed: boolean;
}

export interface ExpireDeps {
  readonly journal: Journal;
  readonly expired: Expired;
  readonly intention: IntentionFile;
  readonly erasing: Erasing;
  readonly index: () => ExpireIndex;
  readonly write: <T>(work: () => T) => T;
  /** A file that is indexed to its end. Call in a transaction. */
  readonly settled: (path: string) => IndexedFile;
  /** Leaves nothing behind in the database, in steps; returns whether it could. */
  readonly scrub: () => boolean;
}

export interface ExpireIndex {
  readonly unindex: Unindex;
  readonly unusedNames: UnusedNames;
  readonly forgetIndex: ForgetIndex;
  readonly files: FileIndex;
  readonly unclear: (session: number) => void;
  /** All records of a session. */
  readonly recordsOf: (session: number) => Iterable<{ readonly record: DaybookRecord }>;
  /** Writes the figures; once before a transaction ends. */
  readonly finish: () => void;
  /** Forgets what is remembered of words and of files. */
  readonly relearn: () => void;
}

/** How long one transaction goes on, in milliseconds; the last part of it may take as long again. */
const stepMs = 30;
/** Facts that one transaction looks after. */
const factsAtATime = 50;

/** @param between runs after every step, with the days that are done */
export function expireDays(days: readonly ExpiredDay[], deps: ExpireDeps, between?: (daysDone: number) => void): ExpireResult {
  const { journal, expired, intention, index, write } = deps;
  const removed: Removed = { records: 0, sessions: new Set(), facts: new Map() };
  let isUnclear = false;
  const total = { files: 0, bytes: 0, errors: [] as string[] };
  const ours = write(() => {
    intention.begin();
    expired.add(days);
    return intention.read();
  });

  function bytesOf(path: string): number {
    return journal.size(path) + journal.size(sealedPath(path));
  }

  function letGo({ family, day }: ExpiredDay, daysDone: number): void {
    const path = dayFile(family, day);
    const before = bytesOf(path);
    if (before === 0) return;
    for (let isDone = false; !isDone;) {
      isDone = write(() => steps(path));
      between?.(daysDone);
    }
    write(settleSessions);
    total.bytes += before - bytesOf(path);
    if (bytesOf(path) < before) total.files++;
  }

  /** Returns whether all of it is done. */
  function steps(path: string): boolean {
    const family = path.slice(0, path.indexOf('/')) as DayFamily;
    for (const until = performance.now() + stepMs; performance.now() < until;) {
      const file = deps.settled(path);
      const part = index().unindex.lastLines(file) ?? index().unindex.lastBlock(file);
      if (!part) return emptied(path, file);
      if (!isAllGone(part, family)) return rewrite(path, file);
      if ('block' in part) cutSealed(file, part);
      else cutPlain(file, part);
      index().finish();
    }
    return false;
  }

  /** Lines of another day, which only somebody else can have put there, stay. */
  function isAllGone(part: PlainPart | SealedPart, family: DayFamily): boolean {
    const isGone = (record: DaybookRecord): boolean => expired.holds(record) && parseType(record.type)?.family === family;
    return 'block' in part ? part.lines.length > 0 && part.lines.every(({ record }) => record !== undefined && isGone(record)) : part.rows.every(({ record }) => record === undefined || isGone(record));
  }

  function cutSealed(file: IndexedFile, part: SealedPart): void {
    index().unindex.removeBlock(part, removed);
    index().files.cut(file, { bytes: file.bytes, sealed: part.block.start });
    journal.cut(sealedPath(file.path), part.block.start);
  }

  function cutPlain(file: IndexedFile, part: PlainPart): void {
    index().unindex.removeLines(part, removed);
    index().files.cut(file, { bytes: part.start, sealed: file.sealed });
    journal.cut(file.path, part.start);
  }

  /** What nobody could read goes with the last of its day. */
  function emptied(path: string, file: IndexedFile): boolean {
    index().files.drop(file);
    const names = [path, sealedPath(path), `${path}.damaged`].map(journal.absolute);
    for (const name of [...names.map(unfinished), ...names]) if (statSync(name, { throwIfNoEntry: false })) removeFile(name);
    return true;
  }

  /** Takes all of the file out of the index, and what is kept in again. */
  function rewrite(path: string, file: IndexedFile): boolean {
    const { unindex, files } = index();
    const before = removed.records;
    for (let part = unindex.lastLines(file); part; part = unindex.lastLines(file)) unindex.removeLines(part, removed);
    for (let part = unindex.lastBlock(file); part; part = unindex.lastBlock(file)) {
      // Nobody can say what it counted for: then the index is made again.
      isUnclear ||= part.lines.length === 0;
      unindex.removeBlock(part, removed);
    }
    index().finish();
    files.drop(file);
    const { lines } = deps.erasing.erase(path);
    relearn();
    deps.settled(path);
    removed.records = before + lines;
    return true;
  }

  function settleSessions(): void {
    for (const session of removed.sessions) {
      index().unclear(session);
      index().unindex.retell(session, index().recordsOf(session));
    }
    removed.sessions.clear();
    index().finish();
  }

  function settleNames(): void {
    const facts = [...removed.facts.values()];
    for (let at = 0; at < facts.length; at += factsAtATime) write(() => index().unusedNames.dropFacts(facts.slice(at, at + factsAtATime)));
    write(() => {
      index().files.dropEmptySessions();
      index().unusedNames.dropNumbers();
      relearn();
    });
  }

  /** What is remembered of words and of files may be no more; in other processes, too. */
  function relearn(): void {
    index().relearn();
    expired.add([]);
  }

  function end(scrubbed: boolean): void {
    if (!ours || isUnclear) return;
    if (scrubbed) intention.end(ours);
    else intention.reach(ours, 'erased');
  }

  return index().forgetIndex.overwriting(() => {
    for (const [done, day] of days.entries()) {
      try {
        letGo(day, done);
      } catch (error) {
        write(() => expired.remove([day]));
        total.errors.push(`${journal.absolute(dayFile(day.family, day.day))} could not be rewritten: ${sentence(error)}.`);
      }
    }
    settleNames();
    const scrubbed = deps.scrub();
    write(() => end(scrubbed));
    return { records: removed.records, ...total, scrubbed: scrubbed && !isUnclear };
  });
}
