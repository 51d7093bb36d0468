/** Restores a backup: into a new directory, or over the record that is there. What was forgotten since stays forgotten. */

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { RestoreResult } from '../shared/backups.ts';
import { ProblemError } from '../shared/problem.ts';
import { backUp, backupsIn, type BackedUp, type FoundBackup } from './backups.ts';
import { readManifest, readManifests } from './store/backup/manifest.ts';
import { mergeTombstones } from './store/backup/mergeTombstones.ts';
import { cursorsIn, dropCursors, layOut } from './store/backup/restore.ts';
import { stagingFolder } from './store/backup/staging.ts';
import { placesOf } from './store/backup/state.ts';
import { objectPath } from './store/backup/objects.ts';
import { keyFileAt, keyFileName, readKeyFile } from './store/encryption/keyFile.ts';
import { retireDatabases, settleKeyFile } from './store/encryption/moving.ts';
import { repairsFile } from './store/repairs.ts';
import { openStore, type Store } from './store/store.ts';

/** Called after each file. */
export type OnFile = (done: number, total: number) => void;

/**
 * @param which `latest`, an id or the beginning of one, a folder of backups, or the manifest of one
 * @throws ProblemError `not-found`, `backup-unreadable`
 */
export function findBackup(dataDirectory: string, which: string): FoundBackup {
  if (/[\\/]|\.json$/.test(which)) return backupAt(resolve(which));
  const { backups } = backupsIn(placesOf(dataDirectory));
  const found = which === 'latest' ? backups.slice(0, 1) : backups.filter(({ manifest }) => manifest.id.startsWith(which));
  const [first] = found;
  if (first && found.length === 1) return first;
  const message = first ? `Several backups begin with ${which}.` : which === 'latest' ? 'There is no backup.' : `There is no backup ${which}.`;
  throw new ProblemError({ code: 'not-found', message: `${message} daybook backup --list has those there are.` });
}

function backupAt(path: string): FoundBackup {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return { place: dirname(path), manifest: readManifest(path) };
  const manifest = readManifests(path).manifests.at(-1);
  if (manifest) return { place: path, manifest };
  throw new ProblemError({ code: 'not-found', message: `There is no backup in ${path}.`, where: { file: path } });
}

/**
 * Into a directory that is not there, or empty; it appears when all of it is whole.
 * @param dataDirectory absolute path of the one that is in use, whose tombstones hold for the restored one, too
 * @throws ProblemError `not-empty`, `backup-damaged`
 */
export function restoreInto(dataDirectory: string, { place, manifest }: FoundBackup, target: string, onFile?: OnFile): RestoreResult {
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new ProblemError({ code: 'not-empty', message: `${target} is not empty. Name a new directory, or restore over the record with --over.`, where: { file: target } });
  }
  if (isInside(dataDirectory, target) && target !== dataDirectory) {
    throw new ProblemError({ code: 'inside', message: `${target} is inside of the data directory. Name another one.`, where: { file: target } });
  }
  const partial = join(dirname(target), `.${basename(target)}.restoring`);
  rmSync(partial, { recursive: true, force: true });
  try {
    mkdirSync(partial, { recursive: true, mode: 0o700 });
    layOut(place, manifest, partial, onFile);
    if (target !== dataDirectory) mergeTombstones(dataDirectory, partial);
    const counted = complete(partial);
    if (existsSync(target)) rmdirSync(target);
    renameSync(partial, target);
    return resultOf(manifest, target, counted, null);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !/^(?:[A-Za-z]:)?[\\/]/.test(way);
}

/** Absolute path of the backup's copy of its key file; undefined where it is not encrypted. */
export function keyFileOf({ place, manifest }: FoundBackup): string | undefined {
  const file = manifest.files.find(({ path }) => path === keyFileName);
  return file && objectPath(place, file);
}

/** One record is written under one key. @throws ProblemError `other-key` */
function checkKey(root: string, found: FoundBackup): void {
  const path = keyFileOf(found);
  const [theirs, ours] = [path === undefined ? null : keyFileAt(path).key, readKeyFile(root)?.key ?? null];
  if (theirs === ours) return;
  const how = theirs === null ? 'is not encrypted, and the record is' : ours === null ? 'is encrypted, and the record is not' : 'is encrypted with another key than the record';
  throw new ProblemError({ code: 'other-key', message: `The backup ${found.manifest.id} ${how}. Restore it into a new directory with --into.` });
}

/** Makes the index, and lets sources be read on from where they were read to. */
function complete(folder: string): Counted {
  const store = openStore(folder);
  try {
    store.catchUp();
    store.write((batch) => {
      for (const { path, ...cursor } of cursorsIn(folder)) batch.setCursor(path, cursor);
    });
    dropCursors(folder);
    rmSync(join(folder, repairsFile), { force: true }); // that it had no database is no news
    if (readKeyFile(folder)) retireDatabases(folder);
    if (readKeyFile(folder)?.converting === 'copies') settleKeyFile(folder); // of those it has none
    return countOf(store);
  } finally {
    store.close();
  }
}

/**
 * Over the record that is there, after a backup of it. Other programs may go on recording: what they record from then on comes on top.
 * @throws ProblemError `other-key`, `backup-damaged` and those of `backUp`; then nothing is changed
 */
export function restoreOver(store: BackedUp & Pick<Store, 'stats'>, { place, manifest }: FoundBackup, onFile?: OnFile): RestoreResult {
  const { root } = store.paths;
  checkKey(root, { place, manifest });
  const staged = join(root, stagingFolder, `restore-${randomUUID()}`);
  let before: string | null = null;
  try {
    for (const part of ['journal', 'attachments']) mkdirSync(join(staged, part), { recursive: true, mode: 0o700 });
    layOut(place, manifest, staged, onFile);
    if (store.stats().records > 0) before = backUp(store, { reason: 'restore' }).id;
    store.backups.putBack(staged);
  } finally {
    // Once it is begun it is finished by whoever writes next, and needs what lies there.
    if (!existsSync(join(root, 'restore.json'))) rmSync(staged, { recursive: true, force: true });
  }
  return resultOf(manifest, root, countOf(store), before);
}

type Counted = Pick<RestoreResult, 'records' | 'sessions'>;

function countOf(store: Pick<Store, 'stats'>): Counted {
  const { records, sessions } = store.stats();
  return { records, sessions };
}

function resultOf({ id, files, records: expected }: FoundBackup['manifest'], directory: string, counted: Counted, before: string | null): RestoreResult {
  return { id, directory, files: files.length, ...counted, expected, before };
}
