/**
 * Brings the index up to the journal: lines that were written before a crash, by another version, or all of them for a rebuild.
 * Every call works inside the caller's write transaction, so nobody else appends meanwhile.
 */

import type { Counts } from './counts.ts';
import type { BlockIndex } from './blockIndex.ts';
import type { Blocks } from './blocks.ts';
import type { Sqlite } from './database.ts';
import type { IndexedFile } from './indexedFile.ts';
import type { Indexer } from './indexer.ts';
import { sealedPath, type Journal } from './journal.ts';
import { packTables } from './packSchema.ts';
import { parseRecord } from './payload.ts';
import { openSealedFiles } from './sealedFiles.ts';
import { statisticsTables } from './statisticsSchema.ts';
import type { DaybookRecord } from '../../shared/record.ts';

export interface FileIndex {
  /** The file as the index knows it, new where needed. */
  file(path: string): IndexedFile;
  /** Whether the journal holds more, or less, of a file than is indexed. */
  isBehind(file: IndexedFile): boolean;
  /** All such files, by path. */
  behind(): string[];
  /**
   * Whether there may be such files, as a glance tells that costs the same however many there are: a folder of the journal that has changed
   * since the database was written last, or a file that is not sealed and longer, or shorter, than it was. What a process that was killed left
   * is seen until another one writes; that other one looked at everything when it began.
   */
  mayBeBehind(): boolean;
  /** Indexes at most about `maxBytes` more of a file. */
  advance(file: IndexedFile, maxBytes: number): Advance;
  /** Says that everything up to `bytes` is indexed. */
  reached(file: IndexedFile, bytes: number): void;
  /** Says that the ends of a file, plain and sealed, were cut off, and what was there is not indexed any more. */
  cut(file: IndexedFile, to: { readonly bytes: number; readonly sealed: number }): void;
  /** Forgets a file of which nothing is indexed any more. */
  drop(file: IndexedFile): void;
  /** Forgets everything that was indexed, all files. Sessions keep the file they began in, so that nobody opens a second one meanwhile. */
  clear(): void;
  /** Removes sessions of which the journal holds no record. */
  dropEmptySessions(): void;
}

export interface Advance {
  readonly records: number;
  /** Lines that are no record. They stay in the file. */
  readonly unreadable: number;
  readonly done: boolean;
}

export interface FileIndexDeps {
  readonly database: Sqlite;
  readonly journal: Journal;
  readonly indexer: Indexer;
  readonly counts: Counts;
  readonly blocks: Blocks;
  readonly blockIndex: BlockIndex;
  /** Whether somebody wanted the record gone: then its line is passed over. */
  readonly isForgotten: (record: DaybookRecord) => boolean;
  /** When the database was last written, milliseconds since 1970. */
  readonly writtenMs: () => number;
}

const columns = 'id, path, indexed_bytes AS bytes, sealed_bytes AS sealed, moved_bytes AS moved';
const nothing = { bytes: 0, sealed: 0, moved: 0 };

export function openFileIndex({ database, journal, indexer, counts, blocks, blockIndex, isForgotten, writtenMs }: FileIndexDeps): FileIndex {
  const select = database.prepare<[string], IndexedFile>(`SELECT ${columns} FROM journal_file WHERE path = ?`);
  const all = database.prepare<[], IndexedFile>(`SELECT ${columns} FROM journal_file`);
  const unsealed = database.prepare<[], IndexedFile>(`SELECT ${columns} FROM journal_file WHERE indexed_bytes > 0 OR moved_bytes > 0`);
  const insert = database.prepare('INSERT INTO journal_file (path) VALUES (?)');
  const update = database.prepare('UPDATE journal_file SET indexed_bytes = ? WHERE id = ?');
  const cut = database.prepare('UPDATE journal_file SET indexed_bytes = ?, sealed_bytes = ? WHERE id = ?');
  const drop = database.prepare('DELETE FROM journal_file WHERE id = ?');
  const unmove = database.prepare('UPDATE journal_file SET moved_bytes = 0 WHERE id = ?');
  const sealedFiles = openSealedFiles({ database, journal, indexer, blocks, blockIndex, counts, isForgotten });

  function file(path: string): IndexedFile {
    return select.get(path) ?? { id: Number(insert.run(path).lastInsertRowid), path, ...nothing };
  }

  function isBehind({ path, bytes, sealed }: IndexedFile): boolean {
    return journal.size(path) !== bytes || journal.size(sealedPath(path)) !== sealed;
  }

  function clear(): void {
    const tables = ['record', 'response', 'tool_execution', 'day', 'session_mark', 'deed', 'work', 'path', 'fact', 'journal_file', ...statisticsTables, ...packTables];
    for (const table of tables) database.exec(`DELETE FROM ${table}`);
    database.exec(`INSERT INTO text (text) VALUES ('delete-all')`);
    blockIndex.clear();
    database.exec(`UPDATE session SET title = NULL, parent = NULL, relation = NULL, fidelity = NULL, fidelity_reason = NULL, origin = NULL,
      started = NULL, ended = NULL, prompts = 0, replies = 0,
      tool_executions = 0, input_tokens = 0, cache_read_tokens = 0, cache_write_tokens = 0, output_tokens = 0, reasoning_tokens = 0`);
    counts.discard();
  }

  /** Lines of the plain file. */
  function readOn(at: IndexedFile, maxBytes: number): Advance {
    let records = 0;
    let unreadable = 0;
    let reached = Math.max(at.bytes, at.moved);
    let done = true;
    const isAnySealed = blocks.any();
    for (const { start, stored: { length }, bytes } of journal.lines(at.path, reached)) {
      const record = parseRecord(bytes);
      const isPassed = record && (isForgotten(record) || (isAnySealed && blocks.find(record.id) !== undefined));
      if (!record) unreadable++;
      else if (!isPassed && indexer.add(record, { file: at.id, path: at.path, start, length })) records++;
      reached = start + length + 1;
      if (reached - at.bytes >= maxBytes) {
        done = false;
        break;
      }
    }
    // What follows the last line break was never acknowledged: a process died while it wrote.
    if (done && journal.size(at.path) > reached) journal.cut(at.path, reached);
    update.run(reached, at.id);
    return { records, unreadable, done };
  }

  return {
    file,
    isBehind,
    behind() {
      const known = new Map(all.all().map((each) => [each.path, each]));
      return [...new Set([...journal.files(), ...known.keys()])].filter((path) => isBehind(known.get(path) ?? { id: 0, path, ...nothing }));
    },
    mayBeBehind: () => journal.changedMs() >= writtenMs() || unsealed.all().some(isBehind),
    advance(at, maxBytes) {
      const sealedSize = journal.size(sealedPath(at.path));
      if (sealedSize < at.sealed) {
        // Nobody can say any more what was in it: everything is counted anew.
        clear();
        return { records: 0, unreadable: 0, done: false };
      }
      if (sealedSize > at.sealed) {
        return { ...sealedFiles.adopt(at, sealedSize), done: false };
      }
      const size = journal.size(at.path);
      if (size < at.bytes) return restart(at, size === 0);
      return size > at.bytes ? readOn(at, maxBytes) : { records: 0, unreadable: 0, done: true };
    },
    reached: (at, bytes) => void update.run(bytes, at.id),
    cut: (at, { bytes, sealed }) => void cut.run(bytes, sealed, at.id),
    drop: (at) => void drop.run(at.id),
    clear,
    dropEmptySessions: () => database.exec('DELETE FROM session WHERE started IS NULL'),
  };

  /** The file is shorter than it was, or gone: somebody replaced it, or all of it is sealed. What it held before is no longer there. */
  function restart(at: IndexedFile, done: boolean): Advance {
    for (const row of database.prepare<[number], LostRow>(
      'SELECT seq, time, family, source, kind, session, superseded, redactions FROM record WHERE file = ?',
    ).all(at.id)) {
      if (row.session !== null) counts.sessions.unclear(row.session);
      if (row.superseded === 0) counts.removeFromDay(row);
      indexer.drop(row.seq);
    }
    unmove.run(at.id);
    update.run(0, at.id);
    return { records: 0, unreadable: 0, done };
  }
}

interface LostRow {
  readonly seq: number;
  readonly time: number;
  readonly family: number;
  readonly source: number;
  readonly kind: number;
  readonly session: number | null;
  readonly superseded: number;
  readonly redactions: number;
}
