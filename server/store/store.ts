/**
 * The store: a journal that is the truth and an index that can be made again from it. Open to any number of processes at once; the
 * database's write lock is the one lock, held for one batch at a time. A line is in the journal, and synced, before its batch commits.
 */

import { mkdirSync, statSync } from 'node:fs';
import { ProblemError, sentence } from '../../shared/problem.ts';
import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { RebuildResult, Stats } from '../../shared/results.ts';
import { openFileIndex, type FileIndex, type IndexedFile } from './catchUp.ts';
import { openCursors, type Cursors } from './cursors.ts';
import { openDatabase, type Sqlite } from './database.ts';
import { openIndexer, type Indexer } from './indexer.ts';
import { openJournal, type Journal } from './journal.ts';
import { keyOf } from './key.ts';
import { dataPaths, dayFile, sessionFile, type DataPaths } from './paths.ts';
import { openQueries, type Queries } from './queries.ts';
import { openWords, type Words } from './words.ts';

export interface Store {
  readonly paths: DataPaths;
  readonly queries: Queries;
  readonly cursors: Pick<Cursors, 'get'>;
  /** Runs `work` as one batch: all of it is durable when this returns, or nothing of it is in the index. */
  write<T>(work: (batch: Batch) => T): T;
  /** Indexes what the journal holds beyond the index. Cheap when there is nothing; `between` runs after every batch. */
  catchUp(between?: (done: Progress) => void): RebuildResult;
  /** Makes the index again from the journal. */
  rebuild(between?: (done: Progress) => void): RebuildResult;
  stats(): Stats;
  /** Journal files that hold more, or less, than the index knows. */
  behind(): number;
  /** What SQLite's own check finds wrong with the database; empty when it is sound. */
  check(): readonly string[];
  /** Changes whenever another connection has written. */
  version(): number;
  close(): void;
}

export interface Batch {
  /** What is known of `id`, which is the record's or a revision's: the hash of its payload, null where none is kept; undefined when it is new. */
  seen(record: DaybookRecord, id: string): number | null | undefined;
  append(records: readonly DaybookRecord[]): void;
  setCursor: Cursors['set'];
}

export interface Progress {
  readonly files: number;
  readonly filesDone: number;
  readonly records: number;
}

/** How much of a file one batch of catching up reads, in bytes: a fraction of a second under the write lock. */
const catchUpBytes = 2 << 20;

/**
 * Opens the store in `root` (created with mode 0700 where needed).
 * @throws ProblemError when the directory cannot be made or the database cannot be opened
 */
export function openStore(root: string): Store {
  makeRoot(root);
  const paths = dataPaths(root);
  const journal = openJournal(paths.journal);
  let open = openIndex(paths, journal);

  /** The database under our feet may be deleted or replaced (restore, rebuild by hand): then the open file is nobody's any more. */
  function current(): OpenIndex {
    const identity = fileIdentity(paths.database);
    if (identity === open.identity) return open;
    open.database.close();
    open = openIndex(paths, journal);
    catchUp();
    return open;
  }

  function write<T>(work: (batch: Batch) => T): T {
    const index = current();
    try {
      return index.database.transaction(() => work(openBatch(index, journal))).immediate();
    } catch (error) {
      index.words.reset();
      throw error;
    }
  }

  function catchUp(between?: (done: Progress) => void): RebuildResult {
    const started = performance.now();
    const behind = current().files.behind();
    const total = { records: 0, problems: 0 };
    for (const [filesDone, path] of behind.entries()) {
      for (let done = false; !done;) {
        const step = write(() => open.files.advance(open.files.file(path), catchUpBytes));
        total.records += step.records;
        total.problems += step.unreadable;
        done = step.done;
        between?.({ files: behind.length, filesDone, records: total.records });
      }
    }
    return { files: behind.length, ...total, durationMs: Math.round(performance.now() - started) };
  }

  return {
    paths,
    get queries() {
      return current().queries;
    },
    cursors: { get: (path) => current().cursors.get(path) },
    write,
    catchUp,
    rebuild(between) {
      write(() => open.files.clear());
      open.words.reset();
      const result = catchUp(between);
      write(() => open.files.dropEmptySessions());
      return result;
    },
    stats: () => ({ ...current().queries.figures(), ...sizes(paths, journal) }),
    behind: () => current().files.behind().length,
    check: () => (current().database.prepare('PRAGMA quick_check(5)').pluck().all() as string[]).filter((fault) => fault !== 'ok'),
    version: () => Number(current().database.pragma('data_version', { simple: true })),
    close() {
      open.database.pragma('optimize');
      open.database.close();
    },
  };
}

function makeRoot(root: string): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
  } catch (error) {
    const message = `The data directory ${root} cannot be used: ${sentence(error)}.`;
    throw new ProblemError({ code: 'directory-unusable', message, where: { file: root, setting: 'daybook.dataDirectory' } }, { cause: error });
  }
}

interface OpenIndex {
  readonly database: Sqlite;
  readonly identity: string;
  readonly words: Words;
  readonly indexer: Indexer;
  readonly files: FileIndex;
  readonly cursors: Cursors;
  readonly queries: Queries;
}

function openIndex(paths: DataPaths, journal: Journal): OpenIndex {
  const database = openDatabase(paths.database);
  const words = openWords(database);
  const indexer = openIndexer(database, words);
  return {
    database,
    identity: fileIdentity(paths.database),
    words,
    indexer,
    files: openFileIndex(database, journal, indexer),
    cursors: openCursors(database),
    queries: openQueries(database, journal),
  };
}

function fileIdentity(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.dev}:${stat.ino}` : 'none';
}

function openBatch(index: OpenIndex, journal: Journal): Batch {
  const seen = index.database.prepare<[Buffer], { content: number | null }>('SELECT content FROM record WHERE key = ?');
  const pathOf = index.database.prepare<[string], { path: string | null }>('SELECT path FROM session WHERE name = ?');

  const settled = new Map<string, IndexedFile>();
  const began = new Map<string, string>();

  /** A session stays in the file in which it began. */
  function journalPath(record: DaybookRecord): string {
    const family = parseType(record.type)?.family ?? 'events';
    if (family !== 'chats') return dayFile(family, record.time);
    const session = record.sessionid ?? '';
    const path = began.get(session) ?? pathOf.get(session)?.path ?? sessionFile(record);
    began.set(session, path);
    return path;
  }

  /** Indexes what a process that died left at the end of a file, so that nothing is taken for new and positions have no hole. */
  function settle(path: string): IndexedFile {
    let file = settled.get(path) ?? index.files.file(path);
    if (!settled.has(path) && journal.size(path) !== file.bytes) {
      while (!index.files.advance(file, catchUpBytes).done) file = index.files.file(path);
      file = index.files.file(path);
    }
    settled.set(path, file);
    return file;
  }

  function appendTo(path: string, records: readonly DaybookRecord[]): void {
    const file = settle(path);
    const lines = records.map((record) => Buffer.from(`${JSON.stringify(record)}\n`));
    journal.append(path, Buffer.concat(lines));
    let position = file.bytes;
    for (const [at, record] of records.entries()) {
      const bytes = lines[at]?.length ?? 0;
      index.indexer.add(record, { file: file.id, path, start: position, length: bytes - 1 });
      position += bytes;
    }
    index.files.reached(file, position);
    settled.set(path, { ...file, bytes: position });
  }

  return {
    seen(record, id) {
      settle(journalPath(record));
      const row = seen.get(keyOf(id));
      return row && row.content;
    },
    append(records) {
      for (const [path, those] of Map.groupBy(records, journalPath)) appendTo(path, those);
      index.indexer.finish();
    },
    setCursor: index.cursors.set,
  };
}

function sizes(paths: DataPaths, journal: Journal): Pick<Stats, 'journalBytes' | 'databaseBytes'> {
  const bytes = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return {
    journalBytes: journal.files().reduce((sum, path) => sum + journal.size(path), 0),
    databaseBytes: bytes(paths.database) + bytes(`${paths.database}-wal`),
  };
}
