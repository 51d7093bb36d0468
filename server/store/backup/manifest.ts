/**
 * What a backup is: a manifest, `<id>.json`, that names files by their SHA-256, beside a folder `objects/` that has each file once, however
 * many backups have it. What does not change is stored once, on every file system; and nothing that lies there is ever changed in place.
 */

import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError, sentence } from '../../../shared/problem.ts';
import { backupReasons, type BackupReason } from '../../../shared/backups.ts';
import { replaceFile } from '../replaceFile.ts';

export interface Manifest {
  readonly version: 1;
  /** Its moment as a file name: `2026-11-20T09-30-00-000Z`. Later ones sort later. */
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly reason: BackupReason;
  /** Version of the database's schema. */
  readonly schema: number;
  /** Records that count; null once something was taken out of the backup: then nobody has counted it again. */
  readonly records: number | null;
  readonly sessions: number | null;
  /** SHA-256 of the tombstones that were carried out in it; '' for none. */
  readonly tombstones: string;
  readonly files: readonly BackedFile[];
}

export interface BackedFile {
  /** Below the data directory, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  /** When the original was written last, milliseconds since 1970: one of the same size and time is not read again. */
  readonly mtimeMs: number;
  /** Records in it, earlier revisions among them; only of the journal. */
  readonly lines?: number;
}

/** How far sources are read, as JSON lines: all that the database knows and the journal does not. Only backups have the file. */
export const cursorsFile = 'cursors.jsonl';

const idPattern = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z$/;

export function idOf(now: number): string {
  return new Date(now).toISOString().replaceAll(/[:.]/g, '-');
}

/** Milliseconds since 1970. */
export function momentOf(id: string): number {
  return Date.parse(id.replace(/T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/, 'T$1:$2:$3.$4Z'));
}

export function manifestPath(place: string, id: string): string {
  return join(place, `${id}.json`);
}

/** Ids of the backups in a folder, the oldest first; none where there is no folder. */
export function backupIds(place: string): string[] {
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(place).filter((name) => name.endsWith('.json') && idPattern.test(name.slice(0, -5))).map((name) => name.slice(0, -5)).sort();
}

/** @throws ProblemError `backup-unreadable` */
export function readManifest(path: string): Manifest {
  try {
    if (!lstatSync(path).isFile()) throw new Error('it is no file');
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isManifest(read)) return read;
  } catch (error) {
    const { message } = error as Error;
    throw new ProblemError({ code: 'backup-unreadable', message: `The backup ${path} cannot be read: ${message}.`, where: { file: path } }, { cause: error });
  }
  throw new ProblemError({ code: 'backup-unreadable', message: `${path} is no backup of Daybook, or one of a newer version.`, where: { file: path } });
}

/** All in a folder, the oldest first, and why others cannot be read. */
export function readManifests(place: string): { readonly manifests: readonly Manifest[]; readonly unreadable: readonly string[] } {
  const found = { manifests: [] as Manifest[], unreadable: [] as string[] };
  for (const id of backupIds(place)) {
    try {
      found.manifests.push(readManifest(manifestPath(place, id)));
    } catch (error) {
      found.unreadable.push(sentence(error));
    }
  }
  return found;
}

/** Durable when it returns. */
export function writeManifest(place: string, manifest: Manifest): void {
  replaceFile(manifestPath(place, manifest.id), [`${JSON.stringify(manifest, null, 1)}\n`]);
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { version, id, at, reason, schema, records, sessions, tombstones, files } = value as Record<string, unknown>;
  const isCount = (count: unknown): boolean => count === null || (Number.isSafeInteger(count) && Number(count) >= 0);
  return version === 1 && typeof id === 'string' && idPattern.test(id) && typeof at === 'string' && backupReasons.includes(reason as BackupReason)
    && Number.isSafeInteger(schema) && isCount(records) && isCount(sessions) && typeof tombstones === 'string' && Array.isArray(files) && files.every(isFile);
}

function isFile(value: unknown): value is BackedFile {
  if (typeof value !== 'object' || value === null) return false;
  const { path, bytes, sha256, mtimeMs, lines } = value as Record<string, unknown>;
  return typeof path === 'string' && isSafe(path) && Number.isSafeInteger(bytes) && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
    && typeof mtimeMs === 'number' && (lines === undefined || Number.isSafeInteger(lines));
}

/** A backup may have been on another machine meanwhile: what it names stays below the folder it is restored into. */
function isSafe(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !/[\\:\p{Cc}]/u.test(path);
}
