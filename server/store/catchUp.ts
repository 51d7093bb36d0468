/**
 * Brings the index up to the journal: lines that were written before a crash, by another version, or all of them for a rebuild.
 * Every call works inside the caller's write transaction, so nobody else appends meanwhile.
 */

import type { Sqlite } from './database.ts';
import type { Indexer } from './indexer.ts';
import type { Journal } from './journal.ts';
import { parseRecord } from './payload.ts';

export interface IndexedFile {
  readonly id: number;
  readonly path: string;
  /** How many bytes of it are indexed. */
  readonly bytes: number;
}

export interface FileIndex {
  /** The file as the index knows it, new where needed. */
  file(path: string): IndexedFile;
  /** All files of the journal that hold more, or less, than is indexed, by path. */
  behind(): string[];
  /** Indexes at most about `maxBytes` more of a file. */
  advance(file: IndexedFile, maxBytes: number): Advance;
  /** Says that everything up to `bytes` is indexed. */
  reached(file: IndexedFile, bytes: number): void;
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

export function openFileIndex(database: Sqlite, journal: Journal, indexer: Indexer): FileIndex {
  const select = database.prepare<[string], { id: number; bytes: number }>('SELECT id, indexed_bytes AS bytes FROM journal_file WHERE path = ?');
  const all = database.prepare<[], IndexedFile>('SELECT id, path, indexed_bytes AS bytes FROM journal_file');
  const insert = database.prepare('INSERT INTO journal_file (path) VALUES (?)');
  const sessionsIn = database.prepare<[number], { session: number }>('SELECT DISTINCT session FROM record WHERE file = ? AND session IS NOT NULL');
  const update = database.prepare('UPDATE journal_file SET indexed_bytes = ? WHERE id = ?');

  function file(path: string): IndexedFile {
    const row = select.get(path) ?? { id: Number(insert.run(path).lastInsertRowid), bytes: 0 };
    return { ...row, path };
  }

  return {
    file,
    behind() {
      const known = new Map(all.all().map(({ path, bytes }) => [path, bytes]));
      return [...new Set([...journal.files(), ...known.keys()])].filter((path) => journal.size(path) !== (known.get(path) ?? 0));
    },
    advance(at, maxBytes) {
      const size = journal.size(at.path);
      if (size < at.bytes) return restart(at, size === 0);
      let records = 0;
      let unreadable = 0;
      let reached = at.bytes;
      let done = true;
      for (const { start, bytes } of journal.lines(at.path, at.bytes)) {
        const record = parseRecord(bytes);
        if (!record) unreadable++;
        else if (indexer.add(record, { file: at.id, path: at.path, start, length: bytes.length })) records++;
        reached = start + bytes.length + 1;
        if (reached - at.bytes >= maxBytes) {
          done = false;
          break;
        }
      }
      // What follows the last line break was never acknowledged: a process died while it wrote.
      if (done && journal.size(at.path) > reached) journal.cut(at.path, reached);
      indexer.finish();
      update.run(reached, at.id);
      return { records, unreadable, done };
    },
    reached: (at, bytes) => void update.run(bytes, at.id),
    clear() {
      for (const table of ['record', 'message', 'tool_execution', 'journal_file']) database.exec(`DELETE FROM ${table}`);
      database.exec(`INSERT INTO text (text) VALUES ('delete-all')`);
      database.exec('UPDATE session SET header = NULL, title = NULL, parent = NULL, relation = NULL, started = NULL, ended = NULL');
    },
    dropEmptySessions: () => database.exec('DELETE FROM session WHERE started IS NULL'),
  };

  /** The file is shorter than it was, or gone: somebody replaced it. What it held before is no longer there. */
  function restart(at: IndexedFile, done: boolean): Advance {
    for (const { session } of sessionsIn.all(at.id)) indexer.touch(session);
    for (const sql of [
      'DELETE FROM text WHERE rowid IN (SELECT seq FROM record WHERE file = ? AND superseded = 0)',
      'DELETE FROM message WHERE seq IN (SELECT seq FROM record WHERE file = ?)',
      'DELETE FROM tool_execution WHERE called IN (SELECT seq FROM record WHERE file = ?)',
      'DELETE FROM record WHERE file = ?',
    ]) database.prepare(sql).run(at.id);
    indexer.finish();
    update.run(0, at.id);
    return { records: 0, unreadable: 0, done };
  }
}
