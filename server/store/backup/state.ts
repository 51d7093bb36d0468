/** Where backups lie and how the last ones went: `backups.json` in the data directory, so that every window and `daybook doctor` can say it. */

import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { replaceFile } from '../replaceFile.ts';
import type { Kept } from './rotate.ts';

export interface BackupState {
  /** Absolute paths of folders outside of the data directory that have backups: what is forgotten goes from there, too. */
  readonly places: readonly string[];
  /** How many stay. */
  readonly kept?: Kept;
  /** The last one that was made. */
  readonly newest?: { readonly id: string; readonly at: string; readonly folder: string; readonly records: number; readonly schema: number };
  /** How the last backup that was made by itself went. */
  readonly last?: Outcome;
  /** How the last restore drill went. */
  readonly drill?: Outcome & { readonly records?: number };
}

export interface Outcome {
  /** RFC 3339. */
  readonly at: string;
  /** Why it failed, in a sentence; absent when it did not. */
  readonly failure?: string;
}

/** Name of the file in the data directory. */
export const stateFile = 'backups.json';

/** Folder of the backups, unless another one is chosen. @param root absolute path of the data directory */
export function ownPlace(root: string): string {
  return join(root, 'backups');
}

/** What cannot be read is like nothing: the next backup writes it anew. */
export function readState(root: string): BackupState {
  const path = join(root, stateFile);
  if (!existsSync(path)) return { places: [] };
  try {
    const { places, kept, newest, last, drill } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Record<keyof BackupState, unknown>>;
    return {
      places: Array.isArray(places) ? places.filter((place): place is string => typeof place === 'string' && isAbsolute(place)) : [],
      ...(isKept(kept) && { kept }),
      ...(isNewest(newest) && { newest }),
      ...(isOutcome(last) && { last }),
      ...(isOutcome(drill) && { drill }),
    };
  } catch {
    return { places: [] }; // of another version, or changed by hand
  }
}

export function changeState(root: string, change: Partial<BackupState>): void {
  replaceFile(join(root, stateFile), [`${JSON.stringify({ version: 1, ...readState(root), ...change }, null, 2)}\n`]);
}

/** All folders that have backups, or had: the data directory's own first. */
export function placesOf(root: string): readonly string[] {
  return [...new Set([ownPlace(root), ...readState(root).places])];
}

function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && 'daily' in value && Number.isSafeInteger(value.daily) && 'weekly' in value && Number.isSafeInteger(value.weekly);
}

function isNewest(value: unknown): value is NonNullable<BackupState['newest']> {
  return isOutcome(value) && 'id' in value && typeof value.id === 'string' && 'folder' in value && typeof value.folder === 'string' && 'records' in value && typeof value.records === 'number' && 'schema' in value && typeof value.schema === 'number';
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'object' && value !== null && 'at' in value && !Number.isNaN(Date.parse(String(value.at)));
}
