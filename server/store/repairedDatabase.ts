/**
 * Opens the database, whatever state it is in. It can be made again from the journal, so that one that is missing, damaged or cannot be
 * brought to this version is no reason to stop: it is kept aside and a new one is made. How far sources were read comes from the newest
 * backup; without one they are read once more, which changes nothing but takes its time.
 */

import { statSync } from 'node:fs';
import { ProblemError } from '../../shared/problem.ts';
import { cursorsInBackup } from './backup/cursorsInBackup.ts';
import { openCursors } from './cursors.ts';
import { isDamage, newer, openDatabase, versionOf, type Sqlite } from './database.ts';
import type { DataKey } from './encryption/heldKeys.ts';
import { writingKey } from './encryption/keyFile.ts';
import type { Journal } from './journal.ts';
import { hasKnownForm, prepareLazily } from './lazyStatements.ts';
import type { DataPaths } from './paths.ts';
import { noteRepair } from './repairs.ts';
import { setAside } from './setAside.ts';
import { fileIdentity } from './sizes.ts';

/**
 * @param use prepares what is asked of the database: where that fails, it has not the form it says it has
 * @throws ProblemError like `openDatabase`, for what making it again would not help; `database-newer` where it cannot even be read
 */
export function openRepaired<T>(paths: DataPaths, journal: Journal, use: (database: Sqlite) => T): T {
  const isNew = (statSync(paths.database, { throwIfNoEntry: false })?.size ?? 0) === 0;
  const { database, used, aside } = openOrSetAside(paths.database, writingKey(paths.root), use);
  if (aside !== undefined || (isNew && journal.files().length > 0)) tell(paths, database, aside);
  return used;
}

function tell(paths: DataPaths, database: Sqlite, aside: Opened<unknown>['aside']): void {
  const isComplete = bringBackCursors(database, paths.root);
  const sources = isComplete ? '' : ' AI sessions are read once more.';
  noteRepair(paths.root, aside === undefined
    ? { code: 'database-missing', state: 'ok', message: `The database was not there and was made again from the journal.${sources}` }
    : { code: 'database-damaged', state: 'warning', message: `The database could not be used (${aside.reason}). It was made again from the journal; the old one is ${aside.path}.${sources}` });
}

interface Opened<T> {
  readonly database: Sqlite;
  readonly used: T;
  readonly aside?: { readonly path: string; readonly reason: string };
}

function openOrSetAside<T>(path: string, key: DataKey | undefined, use: (database: Sqlite) => T): Opened<T> {
  const identity = fileIdentity(path);
  try {
    return openAndUse(path, key, use);
  } catch (error) {
    const cause = error instanceof ProblemError ? error.cause : error;
    if (!isDamage(cause) || (error instanceof ProblemError && error.problem.code === 'database-newer')) throw error;
    const aside = setAside(path, identity);
    const opened = openAndUse(path, key, use);
    return aside === undefined ? opened : { ...opened, aside: { path: aside, reason: cause.message } };
  }
}

function openAndUse<T>(path: string, key: DataKey | undefined, use: (database: Sqlite) => T): Opened<T> {
  const database = openDatabase(path, key);
  try {
    if (hasKnownForm(database)) prepareLazily(database);
    return { database, used: use(database) };
  } catch (error) {
    const refusal = database.readonly ? newer(path, versionOf(database), error) : error;
    database.close();
    throw refusal;
  }
}

/** Where a database that is in use turns out to be damaged: whoever asks it next finds another one in its place, and opens that. */
export function setAsideInUse(paths: DataPaths, identity: string, reason: string): void {
  const path = setAside(paths.database, identity);
  if (path === undefined) return;
  const database = openDatabase(paths.database, writingKey(paths.root));
  try {
    tell(paths, database, { path, reason });
  } finally {
    database.close();
  }
}

/** Whether there were any. */
function bringBackCursors(database: Sqlite, root: string): boolean {
  const found = cursorsInBackup(root);
  if (!found) return false;
  const cursors = openCursors(database);
  database.transaction(() => {
    for (const { path, ...cursor } of found) if (!cursors.get(path)) cursors.set(path, cursor);
  }).immediate();
  return true;
}
