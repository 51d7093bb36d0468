/** The index in its SQLite file, put together. */

import type { DaybookRecord } from '../../shared/record.ts';
import { openBlockIndex, type BlockIndex } from './blockIndex.ts';
import { openBlocks, type Blocks } from './blocks.ts';
import { openFileIndex, type FileIndex } from './catchUp.ts';
import { openCounts, type Counts } from './counts.ts';
import { openCursors, type Cursors } from './cursors.ts';
import type { Sqlite } from './database.ts';
import { openForgetIndex, type ForgetIndex } from './forgetIndex.ts';
import type { Forgotten } from './forgotten.ts';
import { openHoldings, type Holdings } from './holdings.ts';
import { openIndexer, type Indexer } from './indexer.ts';
import type { Journal } from './journal.ts';
import { openLedger, type Ledger } from './ledger.ts';
import type { DataPaths } from './paths.ts';
import { openQueries, type Queries } from './queries.ts';
import { openRepaired } from './repairedDatabase.ts';
import { openSealer, type Sealer } from './sealer.ts';
import { openSessionPacks, type SessionPacks } from './sessionPacks.ts';
import { databaseChangedMs, fileIdentity } from './sizes.ts';
import { openTidying, type Tidying } from './tidying.ts';
import { openUnindex, type Unindex } from './unindex.ts';
import { openUnusedNames, type UnusedNames } from './unusedNames.ts';
import { openWords, type Words } from './words.ts';

/** The index of a database, and what is asked of it. What only letting days go needs is made when it is asked for: most programs never do. */
export interface OpenIndex {
  readonly database: Sqlite;
  readonly identity: string;
  readonly words: Words;
  readonly counts: Counts;
  readonly packs: SessionPacks;
  readonly blocks: Blocks;
  readonly blockIndex: BlockIndex;
  readonly indexer: Indexer;
  readonly files: FileIndex;
  readonly sealer: Sealer;
  readonly cursors: Cursors;
  readonly queries: Queries;
  /** Forgets what is remembered of the tables if another process has written since; first thing in a transaction. */
  readonly renew: () => void;
  /** Writes the figures: before a transaction ends, and before they are asked for in it. */
  readonly finish: () => void;
  readonly ledger: Ledger;
  readonly forgetIndex: ForgetIndex;
  readonly holdings: () => Holdings;
  readonly tidying: () => Tidying;
  readonly unindex: () => Unindex;
  readonly unusedNames: () => UnusedNames;
}

export interface IndexDeps {
  readonly paths: DataPaths;
  readonly journal: Journal;
  /** Whether a record was forgotten. */
  readonly holds: (record: DaybookRecord) => boolean;
  readonly forgotten: Forgotten;
  /** Whether words are to be found. */
  readonly fullText: boolean;
}

/** @throws ProblemError when the database cannot be opened */
export function openIndex(deps: IndexDeps): OpenIndex {
  return openRepaired(deps.paths, deps.journal, (database) => indexIn(database, deps));
}

function indexIn(database: Sqlite, { paths, journal, holds, forgotten, fullText }: IndexDeps): OpenIndex {
  const words = openWords(database);
  const packs = openSessionPacks(database);
  const counts = openCounts(database, words, packs);
  const blocks = openBlocks(database, journal);
  const blockIndex = openBlockIndex(database, words, fullText);
  const queries = openQueries(database, journal, blocks);
  const indexer = openIndexer({ database, words, counts, blocks, read: journal.line, fullText });
  const finish = (): void => counts.flush(queries.everyRecord, queries.scan);
  const version = database.prepare<[], number>('PRAGMA data_version').pluck();
  let known: number | undefined;
  function renew(): void {
    const now = version.get();
    if (now !== known) counts.forgetNames();
    known = now;
  }
  return {
    database,
    identity: fileIdentity(paths.database),
    words,
    counts,
    packs,
    blocks,
    blockIndex,
    indexer,
    files: openFileIndex({ database, journal, indexer, counts, blocks, blockIndex, isForgotten: holds, writtenMs: () => databaseChangedMs(paths) }),
    sealer: openSealer({ database, journal, indexer, blockIndex }),
    cursors: openCursors(database),
    queries,
    renew,
    finish,
    ledger: openLedger({ database, journal, blocks, record: queries.record }),
    forgetIndex: openForgetIndex(database, forgotten),
    holdings: once(() => openHoldings(database)),
    tidying: once(() => openTidying(database)),
    unindex: once(() => openUnindex({ database, journal, blocks, counts, words, drop: indexer.drop, fullText })),
    unusedNames: once(() => openUnusedNames(database, journal, blocks)),
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
