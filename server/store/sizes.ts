/** How large things are on the disk, and whether they are still the same. */

import { statSync } from 'node:fs';
import { sealedPath, type Journal } from './journal.ts';
import type { DataPaths } from './paths.ts';

/** Of the database and its log. */
export function databaseBytes({ database }: DataPaths): number {
  const bytes = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return bytes(database) + bytes(`${database}-wal`);
}

export function journalBytes(journal: Journal): number {
  return journal.files().reduce((sum, path) => sum + journal.size(path) + journal.size(sealedPath(path)), 0);
}

/** Another one when another file took its place. */
export function fileIdentity(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.dev}:${stat.ino}` : 'none';
}
