/** Opening the SQLite file: settings, migrations, and the sentences for what can go wrong. */

import Database from 'better-sqlite3';
import { closeSync, constants, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { ProblemError, sentence } from '../../shared/problem.ts';
import { cipherBinding } from './encryption/binding.ts';
import { databaseKey } from './encryption/cipher.ts';
import type { DataKey } from './encryption/heldKeys.ts';
import { keyFileName } from './encryption/keyFile.ts';
import { checkFile, noFollow } from './ownPlace.ts';
import { migrations } from './schema.ts';
import { prepareSteadily } from './steadyPlans.ts';
import { writeTrouble } from './trouble.ts';

export type Sqlite = Database.Database;

/**
 * A parameter as a bound of a full-text index's rowids. Every number comes to SQLite as a real, and FTS5 goes straight to a rowid only where
 * it is an integer: otherwise it walks over everything that matches (measured: 10 ms instead of 0.3).
 */
export const integer = (parameter: string): string => `CAST(${parameter} AS INTEGER)`;

/** better-sqlite3 is built for this Node-API version; an older Node does not refuse it, it crashes. */
const neededNodeApi = 10;
/** Milliseconds to wait for another process that is writing. */
const busyTimeout = 15_000;

/**
 * Opens the database at `path`, creating and migrating it where needed.
 * One that a newer version made is opened to be read only.
 * @param key with which it is encrypted; a plain one when absent
 * @throws ProblemError `node-too-old`, `database-unreadable`, `encryption-missing`, `key-file-missing`
 */
export function openDatabase(path: string, key?: DataKey): Sqlite {
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
    const database = connect(path, key);
    try {
      if (versionOf(database) === retiredVersion) throw keyFileMissing(dirname(path));
      if (versionOf(database) > migrations.length) return readOnly(database, path, key);
      configure(database);
      migrate(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (thrown) {
    const error = writeTrouble(thrown, dirname(path));
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(
      { code: 'database-unreadable', message: `The database ${path} cannot be opened: ${sentence(error)}.`, where: { file: path } },
      { cause: error },
    );
  }
}

/** A database that is not looked into yet. SQLite with encryption is loaded for one that is encrypted alone. */
export function connect(path: string, key: DataKey | undefined, options: Database.Options = {}): Sqlite {
  if (!key) return prepareSteadily(new Database(path, { timeout: busyTimeout, ...options }));
  const database = prepareSteadily(new Database(path, { timeout: busyTimeout, ...options, nativeBinding: cipherBinding() }));
  database.pragma(`cipher = 'aegis'`);
  // The key itself, and no passphrase to make one of: that would take a tenth of a second at each opening.
  database.pragma(`key = "raw:${databaseKey(key)}"`);
  return database;
}

/**
 * What the plain database says of its version once the record is encrypted: there is nothing else in it. A Daybook that knows nothing of
 * encryption takes it for one that a newer version made, writes nothing, and says so.
 */
export const retiredVersion = 1_000_000_000;

function keyFileMissing(root: string): ProblemError {
  const message = `The record in ${root} is encrypted, and ${keyFileName}, which has its key, is missing. Put it back: each backup has it. Without it nobody can read the record.`;
  return new ProblemError({ code: 'key-file-missing', message, where: { file: root } });
}

function configure(database: Sqlite): void {
  database.pragma('auto_vacuum = INCREMENTAL');
  retryWhileBusy(() => database.pragma('journal_mode = WAL'));
  // The journal is synced before every commit and the index is made again from it, so the database itself need not be.
  database.pragma('synchronous = NORMAL');
  // Small on purpose: a map or a large cache costs resident memory in every editor window and gains no time (measured).
  database.pragma('mmap_size = 0');
  // Twice as much finds nothing sooner that the system has not at hand, and leaves a heap with holes in an idle server (two megabytes).
  database.pragma('cache_size = -2048');
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

/**
 * Whether the database itself is what is wrong: damaged, no database at all, or of a form that a migration does not take (it is rolled back
 * then). Another disk or another moment would not help, and making it again does.
 */
export function isDamage(error: unknown): error is Error {
  return error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB|ERROR|CONSTRAINT|SCHEMA|FORMAT|MISMATCH)/.test(error.code);
}

/** The same where a bug of ours cannot be the reason: then it is no question of opening it. */
export function isCorruption(error: unknown): error is Error {
  return error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code);
}

export function versionOf(database: Sqlite): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** What a newer version made is read as far as it can be, and not touched. */
function readOnly(database: Sqlite, path: string, key: DataKey | undefined): Sqlite {
  database.close();
  return connect(path, key, { readonly: true });
}

/** Call before anything is written, in the transaction: a newer version may have come meanwhile. @throws ProblemError `database-newer` */
export function refuseNewer(database: Sqlite): void {
  const version = versionOf(database);
  if (version > migrations.length) throw newer(database.name, version);
}

/** What is said of it. */
export function newer(path: string, version: number, cause?: unknown): ProblemError {
  const message = `The database ${path} was made by a newer version of Daybook (schema ${version}, this one knows ${migrations.length}). It is only read, and nothing is recorded, until you update Daybook.`;
  return new ProblemError({ code: 'database-newer', message, where: { file: path } }, { cause });
}

function migrate(database: Sqlite): void {
  const current = (): number => versionOf(database);
  if (current() === migrations.length) return;
  const apply = database.transaction(() => {
    for (const migration of migrations.slice(current())) {
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.version}`);
    }
  });
  apply.immediate();
}

/** Pages that are given back at a time: nobody waits longer for the lock. */
const stepPages = 200;

/** @param keptShare of the database that may lie empty until new rows fill it */
export function giveBackPages(database: Sqlite, keptShare: number): void {
  const number = (name: string): number => Number(database.pragma(name, { simple: true }));
  if (number('freelist_count') <= number('page_count') * keptShare) return;
  for (let free = number('freelist_count'), before = free + 1; free > 0 && free < before; before = free, free = number('freelist_count')) {
    database.pragma(`incremental_vacuum(${stepPages})`);
  }
}
