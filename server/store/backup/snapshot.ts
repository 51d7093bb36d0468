/**
 * What is to be backed up, at one moment. The journal is the truth, and files of it only grow, so that their lengths are enough: what is
 * appended afterwards is not in it. Of the database only the cursors are kept, for everything else is made again from the journal: pins,
 * names and tags of sessions are records like all others.
 *
 * Kept beside: attachments, tombstones with their key, and small files of settings and of how things went. Not kept: what is of the moment
 * (whether recording is stopped, what a process is about to do), logs, exports, and damaged bytes that were set aside.
 */

import { existsSync, readdirSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Sqlite } from '../database.ts';
import type { Journal } from '../journal.ts';
import { sealedPath } from '../journal.ts';
import type { DataPaths } from '../paths.ts';
import { repairsFile } from '../repairs.ts';
import { cursorsForm } from './cursorsInBackup.ts';
import { stateFile } from './state.ts';
import { tombstoneFiles, tombstonesOf } from './tombstones.ts';

export interface Snapshot {
  readonly files: readonly SnapshotFile[];
  /** JSON lines, encrypted where the record is. */
  readonly cursors: Buffer;
  readonly records: number;
  readonly sessions: number;
  readonly schema: number;
  /** Undefined while something is being forgotten: then there is no knowing what is still in it. */
  readonly tombstones: string | undefined;
}

export interface SnapshotFile {
  /** Below the data directory, with `/`. */
  readonly path: string;
  /** Bytes of its beginning that belong to it. */
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** Of the moment. */
const passing: ReadonlySet<string> = new Set(['forget.json', 'restore.json', repairsFile, stateFile]);
const mostBytesOfSmallFiles = 8 << 20;

/** Call inside a write transaction, with an index that is up to date. */
export function takeSnapshot(paths: DataPaths, database: Sqlite, journal: Journal, counted: Pick<Snapshot, 'records' | 'sessions'>): Snapshot {
  const indexed = database.prepare<[], { path: string; bytes: number; sealed: number }>('SELECT path, indexed_bytes AS bytes, sealed_bytes AS sealed FROM journal_file ORDER BY path').all();
  const cursors = database.prepare<[], object>('SELECT path, source, cursor, sessions FROM source_file ORDER BY path').all();
  return {
    ...counted,
    files: [
      ...indexed.flatMap(({ path, bytes, sealed }) => [ofJournal(journal, path, bytes), ofJournal(journal, sealedPath(path), sealed)]).filter((file) => file !== undefined),
      ...attachmentsIn(paths.root),
      ...smallFiles(paths.root),
    ],
    cursors: cursorsForm(paths.root, cursors.map((row) => `${JSON.stringify(row)}\n`).join('')),
    schema: Number(database.pragma('user_version', { simple: true })),
    tombstones: existsSync(join(paths.root, 'forget.json')) ? undefined : tombstonesOf(paths.root),
  };
}

function ofJournal(journal: Journal, path: string, bytes: number): SnapshotFile | undefined {
  const stat = bytes > 0 ? fileAt(journal.absolute(path)) : undefined;
  return stat && { path: `journal/${path}`, bytes, mtimeMs: stat.mtimeMs };
}

function attachmentsIn(root: string): SnapshotFile[] {
  const folder = join(root, 'attachments');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()
    .flatMap((part) => readdirSync(join(folder, part)).sort().flatMap((name) => whole(root, `attachments/${part}/${name}`)));
}

function smallFiles(root: string): SnapshotFile[] {
  const isSmallFile = (name: string): boolean => tombstoneFiles.some((file) => file === name) || (/^[\w-]+\.json$/.test(name) && !passing.has(name));
  return readdirSync(root).filter(isSmallFile).sort().flatMap((name) => whole(root, name)).filter(({ bytes, path }) => bytes <= mostBytesOfSmallFiles || !path.endsWith('.json'));
}

function whole(root: string, path: string): SnapshotFile[] {
  const stat = fileAt(join(root, path));
  return stat ? [{ path, bytes: stat.size, mtimeMs: stat.mtimeMs }] : [];
}

function fileAt(path: string): Stats | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? stat : undefined;
}
