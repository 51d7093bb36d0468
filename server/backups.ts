/** Backups: made, listed, rotated and tried. What one is, `store/backup/manifest.ts` says; what is in it, `store/backup/snapshot.ts`. */

import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupList, BackupReason, BackupResult, BackupSummary, DrillResult } from '../shared/backups.ts';
import { ProblemError, sentence } from '../shared/problem.ts';
import { claimed } from './store/backup/claim.ts';
import { makeBackup, makePlace } from './store/backup/make.ts';
import { manifestPath, readManifests, type Manifest } from './store/backup/manifest.ts';
import { layOut } from './store/backup/restore.ts';
import { outdated, type Kept } from './store/backup/rotate.ts';
import { stagingFolder } from './store/backup/staging.ts';
import { changeState, ownPlace, placesOf, readState } from './store/backup/state.ts';
import { openStore, type Store } from './store/store.ts';

export type { Kept };

export interface BackUpOptions {
  readonly reason: BackupReason;
  /** Absolute path of the folder of the backups; `backups` in the data directory when absent. */
  readonly place?: string;
  /** How many stay; as many as with the last one that said so when absent, at first seven of days and four of weeks. */
  readonly kept?: Kept;
  /** Milliseconds since 1970; the clock's when absent. */
  readonly now?: number;
  /** Called after each file. */
  readonly onFile?: (done: number, total: number) => void;
}

export type BackedUp = Pick<Store, 'paths' | 'write' | 'backups'>;

/** Made before something that may go wrong: that is no moment to take others away. */
const isRotating = (reason: BackupReason): boolean => reason !== 'repair' && reason !== 'restore';

const defaultKept: Kept = { daily: 7, weekly: 4 };

/** @throws ProblemError `backup-running` and those of `makeBackup` */
export function backUp(store: BackedUp, { reason, place = ownPlace(store.paths.root), kept, now = Date.now(), onFile }: BackUpOptions): BackupResult {
  const { root } = store.paths;
  const done = claimed(root, (goesOn) => {
    // First of all: a folder that cannot be reached when something is forgotten must be known.
    remember(root, place);
    makePlace(place);
    // The disk may have been away while something was forgotten.
    store.backups.forgetInPlace(place);
    const { manifest, copied } = makeBackup({ root, snapshot: store.backups.snapshot, write: store.write }, { place, reason, now, onFile(files, total) {
      goesOn();
      onFile?.(files, total);
    } });
    const missing = Math.max(0, (manifest.records ?? 0) - manifest.files.reduce((sum, { lines = 0 }) => sum + lines, 0));
    if (kept) changeState(root, { kept });
    const removed = missing > 0 || !isRotating(reason) ? [] : outdated(readManifests(place).manifests, readState(root).kept ?? defaultKept);
    for (const id of removed) rmSync(manifestPath(place, id), { force: true });
    changeState(root, { newest: { id: manifest.id, at: manifest.at, folder: place, records: manifest.records ?? 0, schema: manifest.schema } });
    store.backups.forgetInPlace(place); // what no manifest names any more goes
    return { ...summary(place, manifest), copied, removed, missing };
  });
  if (done) return done.value;
  throw new ProblemError({ code: 'backup-running', message: 'Another program is making a backup right now. Try again in a minute.' });
}

function remember(root: string, place: string): void {
  const { places } = readState(root);
  if (place !== ownPlace(root) && !places.includes(place)) changeState(root, { places: [...places, place] });
}

/** @param dataDirectory absolute path; it need not be there */
export function listBackups(dataDirectory: string, more: readonly string[] = []): BackupList {
  const found = backupsIn([...new Set([...placesOf(dataDirectory), ...more])]);
  return { backups: found.backups.map(({ place, manifest }) => summary(place, manifest)), problems: found.problems };
}

export interface FoundBackup {
  readonly place: string;
  readonly manifest: Manifest;
}

/** The newest first. */
export function backupsIn(places: readonly string[]): { readonly backups: readonly FoundBackup[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const backups = places.flatMap((place) => {
    const { manifests, unreadable } = readManifests(place);
    problems.push(...unreadable);
    return manifests.map((manifest): FoundBackup => ({ place, manifest }));
  });
  return { backups: backups.sort((a, b) => (a.manifest.id < b.manifest.id ? 1 : -1)), problems };
}

function summary(folder: string, { id, at, reason, records, sessions, files }: Manifest): BackupSummary {
  return { id, folder, at, reason, records, sessions, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/**
 * Restores the newest backup into a folder of its own, opens it, counts, and takes the folder away. How it went stands in *Health*.
 * Undefined when there is no backup.
 * @param dataDirectory absolute path
 */
export function drill(dataDirectory: string, now = Date.now()): DrillResult | undefined {
  const newest = backupsIn(placesOf(dataDirectory)).backups[0];
  if (!newest) return undefined;
  const at = new Date(now).toISOString();
  const tried = tryOut(dataDirectory, newest);
  const failure = tried.failure === undefined ? {} : { failure: tried.failure };
  changeState(dataDirectory, { drill: { at, records: tried.records, ...failure } });
  return { id: newest.manifest.id, at, records: tried.records, ...failure };
}

function tryOut(dataDirectory: string, { place, manifest }: FoundBackup): { readonly records: number; readonly failure?: string } {
  const folder = join(dataDirectory, stagingFolder, `drill-${randomUUID()}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    layOut(place, manifest, folder);
    const records = countIn(folder);
    if (manifest.records === null || manifest.records === records) return { records };
    return { records, failure: `${records.toLocaleString('en')} of ${manifest.records.toLocaleString('en')} records could be read back.` };
  } catch (error) {
    return { records: 0, failure: sentence(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Words are not looked for in what is gone in a moment. */
function countIn(folder: string): number {
  const store = openStore(folder, { fullText: false });
  try {
    store.catchUp();
    return store.stats().records;
  } finally {
    store.close();
  }
}
