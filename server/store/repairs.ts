/** What Daybook put right by itself: `repairs.json` in the data directory, so that *Health* and `daybook doctor` can say it for a while. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './replaceFile.ts';

export interface Repair {
  /** RFC 3339. */
  readonly at: string;
  /** Short, stable, kebab-case. */
  readonly code: string;
  /** `warning` where somebody should know, for it may happen again. */
  readonly state: 'ok' | 'warning';
  /** Sentences for a person. */
  readonly message: string;
}

/** Name of the file in the data directory. */
export const repairsFile = 'repairs.json';

/** It is no news after so long; milliseconds. */
const shownMs = 30 * 86_400_000;
const most = 20;

/** The newest last. What cannot be read is like nothing. @param root absolute path of the data directory */
export function readRepairs(root: string, now = Date.now()): readonly Repair[] {
  const path = join(root, repairsFile);
  if (!existsSync(path)) return [];
  try {
    const { repairs } = JSON.parse(readFileSync(path, 'utf8')) as { repairs?: unknown };
    return Array.isArray(repairs) ? repairs.filter(isRepair).filter(({ at }) => now - Date.parse(at) < shownMs) : [];
  } catch {
    return []; // changed by hand
  }
}

export function noteRepair(root: string, repair: Omit<Repair, 'at'>): void {
  const all = [...readRepairs(root), { at: new Date().toISOString(), ...repair }].slice(-most);
  replaceFile(join(root, repairsFile), [`${JSON.stringify({ version: 1, repairs: all }, null, 2)}\n`]);
}

function isRepair(value: unknown): value is Repair {
  if (typeof value !== 'object' || value === null) return false;
  const { at, code, state, message } = value as Record<string, unknown>;
  return typeof at === 'string' && typeof code === 'string' && (state === 'ok' || state === 'warning') && typeof message === 'string';
}
