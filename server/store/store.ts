/**
 * The store: a journal that is the truth and an index that can be made again from it. Open to any number of processes at once; the
 * database's write lock is the one lock, held for one batch at a time. A line is in the journal, and synced, before its batch commits.
 */

import type { DaybookRecord } from '../../shared/record.ts';
import type { ForgottenRecord, RebuildResult, SealResult, Stats } from '../../shared/results.ts';
import { openAttachments, type Attachments } from './attachments.ts';
import { openStoreBackups, type StoreBackups } from './backup/storeBackups.ts';
import { catchUpBytes, openBatch, settled, type Batch } from './batch.ts';
import type { Advance } from './catchUp.ts';
import type { Cursors } from './cursors.ts';
import { giveBackPages, isCorruption, refuseNewer } from './database.ts';
import { forgetFactWords } from './factWords.ts';
import { expireDays, type ExpireResult } from './expire.ts';
import { openExpired, refusing, type ExpiredDay } from './expired.ts';
import type { ToForget } from './forget.ts';
import { openForgotten } from './forgotten.ts';
import type { Holdings } from './holdings.ts';
import { openJournal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import { openIndex, type OpenIndex } from './openIndex.ts';
import { dataPaths, type DataPaths } from './paths.ts';
import type { Past } from './past.ts';
import type { Queries } from './queries.ts';
import { setAsideInUse } from './repairedDatabase.ts';
import { openRewritings } from './rewritings.ts';
import { makeRoot, tryPlace } from './root.ts';
import { databaseBytes, fileIdentity, journalBytes } from './sizes.ts';
import { writeTrouble } from './trouble.ts';

export interface Store {
  readonly paths: DataPaths;
  readonly queries: Queries;
  readonly ledger: Ledger;
  readonly cursors: Pick<Cursors, 'get' | 'of'>;
  readonly attachments: Attachments;
  /** What there is by day and by chat. */
  readonly holdings: Holdings;
  /** Runs `work` as one batch: all of it is durable when this returns, or nothing of it is in the index. */
  write<T>(work: (batch: Batch) => T): T;
  /** Writes something and takes it away again, to see whether that is possible. @throws ProblemError one of trouble.ts */
  tryWriting(): void;
  /** Indexes what the journal holds beyond the index. Cheap when there is nothing; `between` runs after every batch. */
  catchUp(between?: (done: Progress) => void): RebuildResult;
  /** Makes the index again from the journal. */
  rebuild(between?: (done: Progress) => void): RebuildResult;
  /** `catchUp` for whoever only reads: where a glance tells that there is nothing to do, that is believed. */
  keepUp(): void;
  /**
   * Compresses the days that are over (all lines there are, when `everything`); `between` runs after every step. Others read and write
   * meanwhile.
   */
  seal(options?: SealOptions, between?: (done: Progress) => void): SealResult;
  /** Takes records and sessions out of the journal and the index for good, and refuses them from then on. Others read and write meanwhile. */
  forget(what: ToForget, onProgress?: (done: number, total: number) => void): ForgottenRecord;
  readonly backups: Omit<StoreBackups, 'settle' | 'forgetCopies'>;
  /**
   * Takes whole days of families out for good, but for the sessions that each keeps, and refuses them from then on. In steps: others read and
   * write meanwhile, and find everything else as ever. `between` runs after every step.
   */
  expire(days: readonly ExpiredDay[], between?: (daysDone: number) => void): ExpireResult;
  /** What is recorded already, to be replaced line by line. */
  readonly past: Past;
  stats(): Stats;
  /** Of the database and its log. */
  databaseBytes(): number;
  /** Journal files that hold more, or less, than the index knows. */
  behind(): number;
  /** Keeps the database aside, and makes it again from the journal. @param reason why, in a few words */
  makeAnew(reason: string, between?: (done: Progress) => void): RebuildResult;
  /** What SQLite's own check finds wrong with the database; empty when it is sound. */
  check(): readonly string[];
  /** Changes whenever another connection has written. */
  version(): number;
  /** Gives back memory that the next query would use again. */
  rest(): void;
  close(): void;
}

export interface Progress {
  readonly files: number;
  readonly filesDone: number;
  readonly records: number;
}

export interface SealOptions {
  readonly everything?: boolean;
  /** Milliseconds since 1970; the clock's when absent. */
  readonly now?: number;
  /** Whether nobody writes: otherwise files that were written a moment ago are left for later. */
  readonly settled?: boolean;
}

export interface StoreOptions {
  /** Whether words are to be found. Only the benchmark does without. */
  readonly fullText?: boolean;
}

/** Share of the database that may lie empty until new rows fill it: giving back what tomorrow needs again is work for nothing. */
const keptFreeShare = 0.2;

/** Pages of the database that one transaction of merging writes. */
const mergePages = 500;

/** With more recent records than this, words of sealed ones are left in the index: cleaning would hold the lock too long. */
const cleanRecords = 10_000;

/** A database up to so many bytes is made anew within a moment. */
const smallDatabase = 48 << 20;

/** How long one transaction of sealing goes on, in milliseconds; the last block of it may take as long again. */
const sealMs = 40;
/** The same of catching up; the last part of a file may take a fraction of a second. */
const catchUpMs = 400;

/**
 * Opens the store in `root` (created with mode 0700 where needed).
 * @throws ProblemError when the directory cannot be made or the database cannot be opened
 */
export function openStore(root: string, { fullText = true }: StoreOptions = {}): Store {
  makeRoot(root);
  const paths = dataPaths(root);
  const journal = openJournal(paths.journal);
  const attachments = openAttachments(paths.attachments);
  const expired = openExpired(root);
  const forgotten = refusing(openForgotten(root), expired);
  let isFoundAgain = false;
  const holds = (record: DaybookRecord): boolean => {
    const is = forgotten.holds(record);
    isFoundAgain ||= is;
    return is;
  };
  const openAnew = (): OpenIndex => openIndex({ paths, journal, holds, forgotten, fullText });
  let open = openAnew();
  const backups = openStoreBackups({
    paths, journal, forgotten, write, writeDurably, catchUp, clear,
    index: () => ({ ...open, figures: open.queries.figures }),
    dropEmptySessions: () => open.files.dropEmptySessions(),
  });
  const { forget, past, intention, erasing } = openRewritings({
    root, journal, attachments, forgotten, write, clear,
    index: () => open,
    writeAlone: (work) => writeDurably(work, transact),
    catchUp: () => void bringUp(),
    forgetCopies: backups.forgetCopies,
  });

  /** The database under our feet may be deleted or replaced (restore, rebuild by hand): then the open file is nobody's any more. */
  function current(): OpenIndex {
    const identity = fileIdentity(paths.database);
    if (forgotten.refresh()) relearn();
    if (identity !== open.identity) reopen();
    return open;
  }

  function reopen(between?: (done: Progress) => void): RebuildResult {
    // First the new one: while the record is encrypted and nobody has its key, the old one stays open, and empty.
    const before = open;
    makeRoot(root);
    open = openAnew();
    before.database.close();
    return catchUp(between);
  }

  /** What is remembered of words and of files may be no more: another process forgot something. */
  function relearn(): void {
    open.words.reset();
    open.counts.forgetNames();
    open.blocks.rest();
  }

  function clear(): void {
    open.files.clear();
    relearn();
  }

  function guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw writeTrouble(error, root);
    }
  }

  function transact<T>(work: (index: OpenIndex) => T): T {
    for (;;) {
      const done = transactIn(current(), work);
      if (done) return done.result;
    }
  }

  /** Undefined when the database is another one since: the record was encrypted, or its key is another one. */
  function transactIn<T>(index: OpenIndex, work: (index: OpenIndex) => T): { readonly result: T } | undefined {
    if (index.database.readonly) refuseNewer(index.database);
    try {
      return index.database.transaction(() => {
        if (fileIdentity(paths.database) !== index.identity) return undefined;
        refuseNewer(index.database);
        index.renew();
        if (forgotten.refresh()) relearn();
        return { result: work(index) };
      }).immediate();
    } catch (error) {
      index.words.reset();
      index.counts.discard();
      if (isCorruption(error)) setAsideInUse(paths, index.identity, error.message); // opened anew by whoever comes next
      throw writeTrouble(error, root);
    }
  }

  function write<T>(work: (batch: Batch) => T): T {
    let isSettled: (() => void) | undefined;
    let isSwapped: (() => void) | undefined;
    const result = transact((index) => {
      isSwapped = backups.settle();
      isSettled = forget.settle();
      const done = work(openBatch(index, journal, forgotten));
      index.finish();
      if (isFoundAgain) forget.foundAgain();
      isFoundAgain = false;
      return done;
    });
    guarded(() => {
      isSwapped?.();
      isSettled?.();
    });
    return result;
  }

  /** Whatever is deleted after it must not come back: this transaction is on the disk when it returns. */
  function writeDurably<T>(work: () => T, transaction: (work: () => T) => T = write): T {
    const { database } = current();
    database.pragma('synchronous = FULL');
    try {
      return transaction(work);
    } finally {
      database.pragma('synchronous = NORMAL');
    }
  }

  function seal({ everything = false, now = Date.now(), settled: isSettled = everything }: SealOptions, between?: (done: Progress) => void): SealResult {
    const started = performance.now();
    const before = journalBytes(journal);
    const ready = current().sealer.ready({ now, everything, isSettled });
    let blocks = 0;
    for (let filesDone = 0; filesDone < ready.length;) {
      const through: string[] = [];
      writeDurably(() => {
        // A commit costs as much as a block, so that a few share one; nobody waits longer for the lock than that.
        for (const until = performance.now() + sealMs; performance.now() < until && filesDone + through.length < ready.length;) {
          const path = ready[filesDone + through.length] ?? '';
          if (open.sealer.step(settled(open.files, path))) blocks++;
          else through.push(path);
        }
      });
      write(() => through.forEach((path) => open.sealer.tidy(settled(open.files, path))));
      filesDone += through.length;
      between?.({ files: ready.length, filesDone, records: blocks });
    }
    while (write(() => open.blockIndex.mergeText(mergePages))) between?.({ files: ready.length, filesDone: ready.length, records: blocks });
    while (write(() => open.packs.step())) between?.({ files: ready.length, filesDone: ready.length, records: blocks });
    if (blocks > 0 && open.queries.countRecent() <= cleanRecords) write(() => open.indexer.cleanText());
    giveBackPages(open.database, everything ? 0 : keptFreeShare);
    return { files: ready.length, blocks, bytesBefore: before, bytesAfter: journalBytes(journal), durationMs: Math.round(performance.now() - started) };
  }

  function expire(days: readonly ExpiredDay[], between?: (daysDone: number) => void): ExpireResult {
    if (days.length === 0) return { records: 0, files: 0, bytes: 0, errors: [], scrubbed: true };
    current();
    return expireDays(days, {
      journal, expired, intention, erasing, write,
      index: () => ({
        unindex: open.unindex(), unusedNames: open.unusedNames(), forgetIndex: open.forgetIndex, files: open.files, finish: open.finish,
        unclear: open.counts.sessions.unclear, recordsOf: open.queries.everyRecord, relearn,
      }),
      settled: (path) => settled(open.files, path),
      scrub: scrubInSteps,
    }, between);
  }

  /** A small database is made anew as a whole, which takes a moment; of a large one what was deleted is overwritten, and what is free is given back. */
  function scrubInSteps(): boolean {
    while (write(() => open.tidying().mergeStep()));
    // However many they are: what is let go must not be found in the words of what is recent.
    write(() => open.indexer.cleanText());
    if (databaseBytes(paths) <= smallDatabase) return open.forgetIndex.scrub();
    while (open.tidying().vacuumStep());
    return open.tidying().emptyLog();
  }

  function catchUp(between?: (done: Progress) => void): RebuildResult {
    if (current().database.readonly) return { files: 0, records: 0, problems: 0, durationMs: 0 };
    forget.finish();
    const result = bringUp(between);
    forget.finish(); // an older journal was put back, and what was forgotten with it
    return result;
  }

  function bringUp(between?: (done: Progress) => void): RebuildResult {
    const started = performance.now();
    const total = { files: 0, records: 0, problems: 0 };
    // Once, unless a sealed file was taken away: then everything is read anew.
    for (let behind = current().files.behind(), round = 0; behind.length > 0 && round < 3; behind = open.files.behind(), round++) {
      total.files += behind.length;
      for (let filesDone = 0; filesDone < behind.length;) {
        // Small files share a commit, and large ones are read in parts: nobody waits longer for the lock than that.
        const steps = write(() => {
          const taken: Advance[] = [];
          for (const until = performance.now() + catchUpMs; performance.now() < until && filesDone < behind.length;) {
            const step = open.files.advance(open.files.file(behind[filesDone] ?? ''), catchUpBytes);
            taken.push(step);
            if (step.done) filesDone++;
          }
          return taken;
        });
        total.records += steps.reduce((sum, { records }) => sum + records, 0);
        total.problems += steps.reduce((sum, { unreadable }) => sum + unreadable, 0);
        between?.({ files: behind.length, filesDone, records: total.records });
      }
    }
    return { ...total, durationMs: Math.round(performance.now() - started) };
  }

  return {
    paths,
    get queries() {
      return current().queries;
    },
    get ledger() {
      return current().ledger;
    },
    cursors: { get: (path) => current().cursors.get(path), of: (source) => current().cursors.of(source) },
    attachments,
    write,
    tryWriting: () => transact(() => tryPlace(root)),
    catchUp,
    keepUp() {
      if (intention.read() === undefined && !current().files.mayBeBehind()) return;
      catchUp();
    },
    rebuild(between) {
      // Pages are written to the log several times over: what comes of it is copied into the database once for many of them.
      current().database.pragma('wal_autocheckpoint = 8000');
      try {
        write(() => open.files.clear());
        const result = catchUp(between);
        write(() => open.files.dropEmptySessions());
        return result;
      } finally {
        if (open.database.open) open.database.pragma('wal_autocheckpoint = 1000');
      }
    },
    seal: (options = {}, between) => seal(options, between),
    forget: (what, onProgress) => guarded(() => forget.forget(what, onProgress)),
    backups,
    expire,
    get holdings() {
      return current().holdings();
    },
    past,
    stats: () => ({ ...current().queries.figures(), journalBytes: journalBytes(journal), databaseBytes: databaseBytes(paths) }),
    databaseBytes: () => databaseBytes(paths),
    behind: () => current().files.behind().length,
    check: () => (current().database.prepare('PRAGMA quick_check(5)').pluck().all() as string[]).filter((fault) => fault !== 'ok').map((fault) => fault.replace(/\s+/g, ' ')),
    makeAnew(reason, between) {
      setAsideInUse(paths, open.identity, reason);
      return reopen(between);
    },
    version: () => Number(current().database.pragma('data_version', { simple: true })),
    rest() {
      open.database.pragma('shrink_memory');
      open.blocks.rest();
      open.words.reset();
      open.counts.forgetNames();
      forgetFactWords();
    },
    close() {
      // Somebody deleted the folder, and it could not be made again: there is nothing left to close.
      if (!open.database.open) return;
      if (!open.database.readonly) open.database.pragma('optimize');
      open.database.close();
    },
  };
}
