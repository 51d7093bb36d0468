/** Makes a backup while others record: what is there at one moment, as files that are copied only when they are new. */

import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError, sentence } from '../../../shared/problem.ts';
import type { BackupReason } from '../../../shared/backups.ts';
import { inspect } from './inspect.ts';
import { backupIds, cursorsFile, idOf, manifestPath, readManifest, writeManifest, type BackedFile, type Manifest } from './manifest.ts';
import { damaged, openObjects, pieces, type Objects } from './objects.ts';
import type { Snapshot } from './snapshot.ts';
import { tombstonesOf } from './tombstones.ts';

/** What a backup needs of the store. */
export interface BackedStore {
  /** Absolute path of the data directory. */
  readonly root: string;
  snapshot(): Snapshot;
  /** A write transaction: nobody else writes or forgets meanwhile. */
  write<T>(work: () => T): T;
}

export interface MakeOptions {
  /** Absolute path of the folder of the backups. */
  readonly place: string;
  readonly reason: BackupReason;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Called after each file. */
  readonly onFile?: (done: number, total: number) => void;
}

export interface Made {
  readonly manifest: Manifest;
  readonly copied: { readonly files: number; readonly bytes: number };
}

/** Files are sealed, or something is forgotten, while they are copied: then what is there is looked at anew. */
const mostAttempts = 60;
const pauseMs = 500;

/**
 * A record that the journal does not give back is no reason to keep none of the others: who counts the lines of the manifest sees it.
 * @throws ProblemError `backup-busy`, `backup-damaged`, `place-unusable`
 */
export function makeBackup(store: BackedStore, options: MakeOptions): Made {
  const objects = openObjects(options.place);
  const copied = { files: 0, bytes: 0 };
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const snapshot = store.snapshot();
    const files = snapshot.tombstones === undefined ? undefined : copyAll(store.root, snapshot, objects, options, copied);
    const manifest = files && manifestOf(snapshot, files, options);
    const isWritten = manifest && store.write(() => {
      // What was forgotten since is still in it.
      if (tombstonesOf(store.root) !== snapshot.tombstones || !files.every(objects.has)) return false;
      writeManifest(options.place, manifest);
      return true;
    });
    if (isWritten) return { manifest, copied };
    if (!files) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.min(pauseMs, attempt * 20));
  }
  throw new ProblemError({ code: 'backup-busy', message: 'There is no backup yet, for something is being forgotten. Try again in a minute.' });
}

/** @throws ProblemError `place-unusable` */
export function makePlace(place: string): void {
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 });
    if (!lstatSync(place).isDirectory()) throw new Error('it is a link and no folder');
  } catch (error) {
    throw new ProblemError({ code: 'place-unusable', message: `Backups cannot be kept in ${place}: ${sentence(error)}.`, where: { file: place } }, { cause: error });
  }
}

/** Undefined when a file is no more as it was. */
function copyAll(root: string, { files, cursors, tombstones }: Snapshot, objects: Objects, { place, onFile }: MakeOptions, copied: { files: number; bytes: number }): BackedFile[] | undefined {
  const known = knownFiles(place, tombstones);
  const found: BackedFile[] = [];
  for (const { path, bytes, mtimeMs } of files) {
    const before = known.get(path);
    const isKnown = before?.bytes === bytes && before.mtimeMs === mtimeMs && objects.has(before);
    const file = isKnown ? before : copy({ path, bytes, mtimeMs }, pieces(join(root, path), bytes), objects, copied);
    if (!file) return undefined;
    found.push(file);
    onFile?.(found.length, files.length + 1);
  }
  const last = copy({ path: cursorsFile, bytes: cursors.length, mtimeMs: 0 }, [cursors], objects, copied);
  onFile?.(files.length + 1, files.length + 1);
  return last && [...found, last];
}

/** Of the newest backup; none when something was forgotten since, for then files are rewritten. */
function knownFiles(place: string, tombstones: string | undefined): Map<string, BackedFile> {
  const id = backupIds(place).at(-1);
  const manifest = id === undefined ? undefined : readManifestOrNone(place, id);
  return new Map(manifest?.tombstones === tombstones ? manifest?.files.map((file) => [file.path, file]) : []);
}

/** A backup that cannot be read is no reason not to make another. */
function readManifestOrNone(place: string, id: string): Manifest | undefined {
  try {
    return readManifest(manifestPath(place, id));
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** Copies, then opens what was written and counts. */
function copy(file: Pick<BackedFile, 'path' | 'bytes' | 'mtimeMs'>, content: Iterable<Buffer | undefined>, objects: Objects, copied: { files: number; bytes: number }): BackedFile | undefined {
  const kept = objects.keep(file.path, content);
  if (!kept) return undefined;
  const named = { ...file, ...kept };
  if (!objects.has(named)) return undefined; // somebody who forgot took it away
  const absolute = join(objects.root, objects.name(named));
  const read = inspect(named, absolute);
  if (!read) throw damaged(named, absolute);
  copied.files++;
  copied.bytes += file.bytes;
  return { ...named, ...read };
}

function manifestOf({ records, sessions, schema, tombstones = '' }: Snapshot, files: readonly BackedFile[], { reason, now }: MakeOptions): Manifest {
  return { version: 1, id: idOf(now), at: new Date(now).toISOString(), reason, schema, records, sessions, tombstones, files };
}
