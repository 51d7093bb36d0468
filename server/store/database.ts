/** Opening the SQLite file: settings, migrations, and the sentences for what can go wrong. */

import Database from 'better-sqlite3';
import { closeSync, constants, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { ProblemError, sentence } from '../../shared/problem.ts';
import { checkFile, noFollow } from './ownPlace.ts';
import { migrations } from './schema.ts';
import { writeTrouble } from './trouble.ts';

export type Sqlite = Database.Database;

/** better-sqlite3 is built for this Node-API version; an older Node does not refuse it, it crashes. */
const neededNodeApi = 10;
/** Milliseconds to wait for another process that is writing. */
const busyTimeout = 15_000;

/**
 * Opens the database at `path`, creating and migrating it where needed.
 * @throws ProblemError `node-too-old`, `database-newer`, `database-unreadable`
 */
export function openDatabase(path: string): Sqlite {
  if (Number(process.versions.napi) < neededNodeApi) {
    throw new ProblemError({
      code: 'node-too-old',
      message: `Daybook needs Node 22.14 or later; this is Node ${process.versions.node}.`,
    });
  }
  try {
    // SQLite follows a link in the place of its file.
    for (const file of [path, `${path}-wal`, `${path}-shm`]) checkFile(dirname(path), file);
    // And it would make the file, and its log beside it, readable for everybody whom the umask lets.
    closeSync(openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | noFollow, 0o600));
    const database = new Database(path, { timeout: busyTimeout });
    configure(database);
    migrate(database, path);
    return database;
  } catch (thrown) {
    const error = writeTrouble(thrown, dirname(path));
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(
      { code: 'database-unreadable', message: `The database ${path} cannot be opened: ${sentence(error)}.`, where: { file: path } },
      { cause: error },
    );
  }
}

function configure(database: Sqlite): void {
  database.pragma('auto_vacuum = INCREMENTAL');
  retryWhileBusy(() => database.pragma('journal_mode = WAL'));
  // The journal is synced before every commit and the index is made again from it, so the database itself need not be.
  database.pragma('synchronous = NORMAL');
  // Small on purpose: a map or a large cache costs resident memory in every editor window and gains no time (measured).
  database.pragma('mmap_size = 0');
  database.pragma('cache_size = -4096');
  database.pragma('temp_store = MEMORY');
  database.pragma('journal_size_limit = 8388608');
}

/** Switching to WAL does not wait for the busy timeout when two processes create the file at once. */
function retryWhileBusy(action: () => void): void {
  const deadline = Date.now() + busyTimeout;
  for (;;) {
    try {
      action();
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function migrate(database: Sqlite, path: string): void {
  const current = (): number => Number(database.pragma('user_version', { simple: true }));
  const newest = migrations.length;
  if (current() > newest) {
    throw new ProblemError({
      code: 'database-newer',
      message: `The database ${path} was made by a newer version of Daybook (schema ${current()}, this one knows ${newest}). Update Daybook.`,
      where: { file: path },
    });
  }
  if (current() === newest) return;
  const apply = database.transaction(() => {
    for (const migration of migrations.slice(current())) {
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.version}`);
    }
  });
  apply.immediate();
}
