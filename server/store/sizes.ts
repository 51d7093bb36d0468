/** How large things are on the disk, when they changed, and whether they are still the same. */

import { statSync } from 'node:fs';
import { sealedPath, type Journal } from './journal.ts';
import type { DataPaths } from './paths.ts';

/** Of the database and its log. */
export function databaseBytes({ database }: DataPaths): number {
  const bytes = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return bytes(database) + bytes(`${database}-wal`);
}

/** When the database, or its log, was last changed: milliseconds since 1970. */
export function databaseChangedMs({ database }: DataPaths): number {
  const changed = (path: string): number => statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? 0;
  return Math.max(changed(database), changed(`${database}-wal`));
}

export function journalBytes(journal: Journal): number {
  return journal.files().reduce((sum, path) => sum + journal.size(path) + journal.size(sealedPath(path)), 0);
}

/** Another one when another file took its place. */
export function fileIdentity(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.dev}:${stat.ino}` : 'none';
}
