/**
 * Takes what was forgotten out of backups. Nothing in a backup is changed in place: files are written without it beside the old ones, then
 * manifests name those, then what no manifest names goes. A process that dies in between is finished by the next.
 */

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StoredCursor } from '../cursors.ts';
import type { Erasing, Look } from '../erase.ts';
import type { Journal } from '../journal.ts';
import { dataPaths } from '../paths.ts';
import { removeSetAside } from '../setAside.ts';
import { cursorsForm, cursorsText } from './cursorsInBackup.ts';
import { inspect } from './inspect.ts';
import { cursorsFile, readManifests, writeManifest, type BackedFile, type Manifest } from './manifest.ts';
import { openObjects, pieces, type Objects } from './objects.ts';
import { clearStaging } from './staging.ts';
import { placesOf } from './state.ts';
import { tombstoneFiles, tombstonesOf } from './tombstones.ts';

export interface ForgetCopiesDeps {
  /** Absolute path of the data directory. */
  readonly root: string;
  /** A journal that lies in another folder, absolute, and what takes lines out of it. */
  readonly openJournal: (folder: string) => { readonly journal: Journal; readonly erasing: Erasing };
  /** The cursor without what it says of what was forgotten; the same value when it says nothing. */
  readonly withoutForgotten: (cursor: StoredCursor) => StoredCursor;
}

export interface ForgottenCopies {
  /** Backups of which something was taken out. */
  readonly backups: number;
  /** Bytes on the disk that are free. */
  readonly bytes: number;
  /** Absolute paths of folders of backups that are not there now, or cannot be written. */
  readonly unreached: readonly string[];
}

/** Cheap when no backup is older than what was forgotten. What cannot be done now is done with the next backup there. */
export function forgetInBackups(deps: ForgetCopiesDeps): ForgottenCopies {
  const total = { backups: 0, bytes: 0, unreached: [] as string[] };
  clearStaging(deps.root);
  removeSetAside(dataPaths(deps.root).database);
  for (const [at, place] of placesOf(deps.root).entries()) {
    const isOwn = at === 0;
    if (isOwn && !existsSync(place)) continue;
    try {
      const { backups, bytes, isWhole } = forgetInPlace(deps, place);
      total.backups += backups;
      total.bytes += bytes;
      if (!isWhole) total.unreached.push(place);
    } catch {
      total.unreached.push(place); // a disk that is not there, full or read-only
    }
  }
  return total;
}

/**
 * The same for one folder of backups. `isWhole` unless a manifest there cannot be read: then nobody can say what is in that backup, and none
 * of its files is taken away.
 */
export function forgetInPlace(deps: ForgetCopiesDeps, place: string): Pick<ForgottenCopies, 'backups' | 'bytes'> & { readonly isWhole: boolean } {
  for (const name of readdirSync(place)) if (name.startsWith(stagingPrefix)) rmSync(join(place, name), { recursive: true, force: true });
  const objects = openObjects(place);
  const tombstones = tombstonesOf(deps.root);
  const { manifests, unreadable } = readManifests(place);
  const isWhole = unreadable.length === 0;
  const old = manifests.filter((manifest) => manifest.tombstones !== tombstones);
  const current = old.length > 0 ? rewrite(deps, objects, place, old, tombstones) : [];
  const kept = [...current, ...manifests.filter((manifest) => manifest.tombstones === tombstones)];
  const bytes = isWhole ? objects.sweep(kept.flatMap(({ files }) => files)) : 0;
  return { backups: current.filter(({ records }, at) => records === null && old[at]?.records !== null).length, bytes, isWhole };
}

function rewrite(deps: ForgetCopiesDeps, objects: Objects, place: string, old: readonly Manifest[], tombstones: string): Manifest[] {
  const rewriting = openRewriting(deps, objects, place);
  try {
    const current = old.map((manifest) => ({ ...rewriting.manifest(manifest), tombstones }));
    for (const manifest of current) writeManifest(place, manifest);
    return current;
  } finally {
    rewriting.close();
  }
}

interface Rewriting {
  manifest(manifest: Manifest): Manifest;
  close(): void;
}

const stagingPrefix = '.forgetting-';

type Rewritten = Omit<BackedFile, 'path' | 'mtimeMs'> | 'gone';

function openRewriting({ root, openJournal, withoutForgotten }: ForgetCopiesDeps, objects: Objects, place: string): Rewriting {
  const stored = openJournal(objects.root);
  const staging = mkdtempSync(join(place, stagingPrefix));
  const staged = openJournal(staging);
  const looks = new Map<string, Look>();
  const rewritten = new Map<string, Rewritten>();
  const isJournal = ({ path }: BackedFile): boolean => path.startsWith('journal/');
  const plainName = (file: BackedFile): string => objects.name(file).replace(/\.zst$/, '');

  function look(file: BackedFile): Look {
    const known = looks.get(file.sha256) ?? stored.erasing.look(plainName(file));
    looks.set(file.sha256, known);
    return known;
  }

  /** Names of attachments that only lines which go refer to. */
  function unneeded(files: readonly BackedFile[]): Set<string> {
    const seen = files.filter(isJournal).map(look);
    const gone = new Set(seen.flatMap(({ attachments }) => [...attachments.gone]));
    for (const { attachments } of seen) for (const name of attachments.kept) gone.delete(name);
    return gone;
  }

  function keep(path: string, source: string): Rewritten {
    const bytes = statSync(source, { throwIfNoEntry: false })?.size ?? 0;
    const kept = bytes > 0 ? objects.keep(path, pieces(source, bytes)) : undefined;
    if (!kept) return 'gone';
    return { ...kept, bytes, ...inspect({ path, bytes, ...kept }, join(objects.root, objects.name({ path, ...kept }))) };
  }

  function withoutLines(file: BackedFile): Rewritten {
    const name = objects.name(file);
    const copy = join(staging, name);
    mkdirSync(dirname(copy), { recursive: true, mode: 0o700 });
    copyFileSync(join(objects.root, name), copy);
    staged.erasing.erase(plainName(file));
    return keep(file.path, copy);
  }

  function journalFile(file: BackedFile): BackedFile[] {
    if (!look(file).isAffected) return [file];
    const done = rewritten.get(file.sha256) ?? withoutLines(file);
    rewritten.set(file.sha256, done);
    return done === 'gone' ? [] : [{ ...file, ...done }];
  }

  function cursors(file: BackedFile): BackedFile[] {
    const source = join(objects.root, objects.name(file));
    const lines = cursorsText(source).split('\n').filter((line) => line !== '').map(cleanCursor);
    const content = cursorsForm(root, lines.map((line) => `${line}\n`).join(''));
    const kept = objects.keep(file.path, [content]);
    return kept ? [{ ...file, ...kept, bytes: content.length }] : [];
  }

  function cleanCursor(line: string): string {
    const row = JSON.parse(line) as { path: string; source: string; cursor: string; sessions: string };
    const before: StoredCursor = { ...row, sessions: JSON.parse(row.sessions) as string[] };
    const after = withoutForgotten(before);
    return after === before ? line : JSON.stringify({ ...row, cursor: after.cursor, sessions: JSON.stringify(after.sessions) });
  }

  /** Tombstones go with the backup: restored on another machine, it must not bring back what is still among the sources there. */
  function tombstones(): BackedFile[] {
    return tombstoneFiles.flatMap((path) => {
      const source = join(root, path);
      const kept = existsSync(source) ? keep(path, source) : 'gone';
      return kept === 'gone' ? [] : [{ path, mtimeMs: statSync(source).mtimeMs, ...kept }];
    });
  }

  return {
    manifest(manifest) {
      const gone = unneeded(manifest.files);
      const files = manifest.files.flatMap((file) => {
        if (isJournal(file)) return journalFile(file);
        if (file.path === cursorsFile) return cursors(file);
        if (tombstoneFiles.some((path) => path === file.path)) return [];
        return file.path.startsWith('attachments/') && gone.has(file.path.slice(file.path.lastIndexOf('/') + 1)) ? [] : [file];
      });
      const isAffected = manifest.files.some((file) => isJournal(file) && look(file).isAffected);
      return { ...manifest, ...(isAffected && { records: null, sessions: null }), files: [...files, ...tombstones()] };
    },
    close: () => rmSync(staging, { recursive: true, force: true }),
  };
}
