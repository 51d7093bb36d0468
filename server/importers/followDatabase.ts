/** Reads what is new in one database since its cursor. The importer says what it wants; whoever opens databases fetches it. */

import { setImmediate } from 'node:timers/promises';
import { ProblemError } from '../../shared/problem.ts';
import type { Emit, FileCursor, Followed } from './fileCursor.ts';
import type { Importer, Recognition, SourceDatabase, SourceFile } from './importer.ts';
import { stampOf, type FileStamp } from './sourceBytes.ts';

/** Opens a database for reading alone; undefined when it is being written just now. */
export type OpenDatabase = (path: string) => (SourceDatabase & { close(): void }) | undefined;

interface DatabaseSource {
  readonly importer: Importer;
  readonly recognition: Recognition;
  readonly file: SourceFile;
  readonly stamp: FileStamp;
  readonly isQuiet: (stamp: FileStamp) => boolean;
}

/** What is new in a database is in its log first. */
export function logOf(path: string): Promise<FileStamp | undefined> {
  return stampOf(`${path}-wal`);
}

/**
 * Hands over step by step. Only the last cursor says that everything was read: whoever is stopped before goes on where he was.
 * @throws ProblemError `half-written-database` when a tool left it so, and what opening and reading throw
 */
export async function readDatabase(source: DatabaseSource, cursor: FileCursor | undefined, open: OpenDatabase, emit: Emit): Promise<Followed> {
  const { importer, recognition, file, stamp, isQuiet } = source;
  const log = await logOf(file.path);
  const database = open(file.path);
  if (!database) {
    if (!isQuiet(log && log.mtimeMs > stamp.mtimeMs ? log : stamp)) return 'unsettled';
    const message = `${file.path} was left in the middle of a change. It is read once ${importer.displayName} has opened it again.`;
    throw new ProblemError({ code: 'half-written-database', message, where: { file: file.path } });
  }
  const place = { ...recognition, stamp, line: 1, anchor: '', ...(log && { log }) };
  const isSame = cursor !== undefined && cursor.format === recognition.format && cursor.stamp.inode === stamp.inode;
  let state = isSame ? cursor.state : undefined;
  try {
    for (const { state: next, ...reading } of importer.read?.(database, file, state) ?? []) {
      state = next;
      await emit(reading, { ...place, offset: 0, state });
      // Nothing here waits for the disk: whoever wants to stop it, or to say something, would have to wait until all is read.
      await setImmediate();
    }
  } catch (error) {
    // The tool has begun to write: its log is there then, and what was read so far counts.
    if (error instanceof ProblemError && error.problem.code === 'database-changed') return 'unsettled';
    throw error;
  } finally {
    database.close();
  }
  await emit({ records: [], problems: [] }, { ...place, offset: stamp.size, ...(state && { state }) });
  return 'read';
}
