/**
 * Encrypting a record, giving it another key and making it plain again are one thing: it moves from one key to another, or none. First a new
 * database takes what the journal does not have (how far sources were read), and the key file says under which key is written from now on,
 * in one step under the lock of the old database. From then on everybody reads both, and writes the new. What is left, whoever moves the
 * record does file by file, as often as it is interrupted (`server/encrypting.ts`).
 */

import { closeSync, constants, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openCursors } from '../cursors.ts';
import { connect, openDatabase, retiredVersion, versionOf } from '../database.ts';
import { noFollow } from '../ownPlace.ts';
import { encryptedDatabase, plainDatabase } from '../paths.ts';
import type { Store } from '../store.ts';
import { heldKey } from './heldKeys.ts';
import { readKeyFile, removeKeyFile, writeKeyFile, type KeyFile } from './keyFile.ts';

const parts = ['', '-wal', '-shm'] as const;

/**
 * From now on everything is written under the key of `next`, which this process holds, and may be read under all of its keys. A file that is
 * there is replaced, so that its keys must be among those of `next`.
 */
export function beginMoving(store: Pick<Store, 'paths' | 'past' | 'write'>, next: KeyFile): void {
  const { root } = store.paths;
  store.write(() => {
    makeDatabase(root, next, store.past.cursors());
    writeKeyFile(root, next);
  });
}

function makeDatabase(root: string, { key }: KeyFile, cursors: ReturnType<Store['past']['cursors']>): void {
  const path = key === null ? plainDatabase(root) : encryptedDatabase(root, key);
  if (key === null) unretire(path);
  else remove(path); // left by a process that died before the key file was written
  const database = openDatabase(path, key === null ? undefined : heldKey(key));
  try {
    const next = openCursors(database);
    database.transaction(() => {
      for (const [source, cursor] of cursors) next.set(source, cursor);
    }).immediate();
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

function unretire(path: string): void {
  if (!existsSync(path)) return;
  const database = connect(path, undefined);
  try {
    if (versionOf(database) === retiredVersion) database.pragma('user_version = 0');
  } finally {
    database.close();
  }
}

/** Leaves nothing of the databases of before. Returns whether it could: another program may still have the plain one open. */
export function retireDatabases(root: string): boolean {
  const key = readKeyFile(root)?.key ?? null;
  const plain = plainDatabase(root);
  const keep = key === null ? undefined : encryptedDatabase(root, key);
  for (const name of readdirSync(root)) {
    const found = /^daybook\.db\.[0-9a-f]{8}(?=$|-wal$|-shm$|\.damaged-)/.exec(name);
    if (found && join(root, found[0]) !== keep) rmSync(join(root, name), { force: true });
  }
  return key === null || retire(plain);
}

/**
 * The file stays where it is, empty, and says that it is of a newer version: programs that have it open notice, and an older Daybook does not
 * begin another record beside this one.
 */
function retire(path: string): boolean {
  for (const name of readdirSync(dirname(path))) if (name.startsWith(`${basename(path)}.damaged-`)) rmSync(join(dirname(path), name), { force: true });
  closeSync(openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | noFollow, 0o600));
  const database = connect(path, undefined);
  try {
    if (versionOf(database) !== retiredVersion) empty(database);
    database.exec('VACUUM');
    const [emptied] = database.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
    return emptied?.busy === 0;
  } catch (error) {
    if ((error as { readonly code?: string }).code?.startsWith('SQLITE_BUSY')) return false;
    throw error;
  } finally {
    database.close();
  }
}

function empty(database: ReturnType<typeof connect>): void {
  database.pragma('secure_delete = ON');
  database.pragma('foreign_keys = OFF');
  database.transaction(() => {
    const isVirtual = (sql: string | null): boolean => /^CREATE VIRTUAL/i.test(sql ?? '');
    const list = (): { name: string; type: string; sql: string | null }[] =>
      database.prepare<[], { name: string; type: string; sql: string | null }>(`SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'`).all();
    // Tables of full text bring others with them.
    for (const { name } of list().filter(({ sql }) => isVirtual(sql))) database.exec(`DROP TABLE "${name}"`);
    for (const { name, type } of list()) database.exec(`DROP ${type} IF EXISTS "${name}"`);
    database.pragma(`user_version = ${retiredVersion}`);
  }).immediate();
}

/** All files of the record are as they are to be, and what is left are copies; then nothing is. */
export function reachedCopies(root: string): void {
  const file = readKeyFile(root);
  if (file?.converting === 'files') writeKeyFile(root, { ...file, converting: 'copies' });
}

/** Nothing is left that was written under another key: the file forgets those, and goes where nothing is encrypted any more. */
export function settleKeyFile(root: string): void {
  const file = readKeyFile(root);
  if (!file?.converting) return;
  const { version, key, locks } = file;
  if (key === null) return removeKeyFile(root);
  writeKeyFile(root, { version, key, locks: locks.map((lock) => ({ ...lock, keys: Object.fromEntries(Object.entries(lock.keys).filter(([id]) => id === key)) })) });
}

function remove(path: string): void {
  for (const part of parts) rmSync(path + part, { force: true });
}
