/** A database that cannot be used is kept under a dated name beside the new one. What was forgotten may be in it, so that forgetting takes it away. */

import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileIdentity } from './sizes.ts';

const logs = ['-wal', '-shm'] as const;

/**
 * Undefined when another process did it already.
 * @param identity of the file that was found to be damaged
 * @returns the absolute path it has from now on; of those set aside before, none stays
 */
export function setAside(path: string, identity: string, now = Date.now()): string | undefined {
  if (fileIdentity(path) !== identity) return undefined;
  const aside = `${path}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`;
  const before = databasesSetAside(path);
  renameSync(path, aside);
  // The log belongs to the file: a new one must not find it.
  for (const log of logs) if (existsSync(path + log)) renameSync(path + log, aside + log);
  for (const old of before) rmSync(old, { force: true });
  return aside;
}

/** Absolute paths, logs among them. */
function databasesSetAside(path: string): string[] {
  const prefix = `${basename(path)}.damaged-`;
  return readdirSync(dirname(path)).filter((name) => name.startsWith(prefix)).map((name) => join(dirname(path), name));
}

export function removeSetAside(path: string): void {
  for (const old of databasesSetAside(path)) rmSync(old, { force: true });
}
