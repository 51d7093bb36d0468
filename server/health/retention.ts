/** The retention guardian: what a tool deletes by itself, and whether Daybook has it by then. */

import { readFile } from 'node:fs/promises';
import type { RetentionHealth } from '../../shared/health.ts';
import type { Importer, Machine, Retention } from '../importers/importer.ts';
import { isForbidden, isGone } from '../importers/sourceBytes.ts';
import { isBehind, lastChange, type SourceFileState } from './sourceFiles.ts';

const dayMs = 24 * 60 * 60_000;
/** How long before a deletion it is worth a word. */
const soonMs = 7 * dayMs;

/** How long the tool keeps its sessions; undefined where it deletes nothing, or nobody knows. */
export async function retentionOf(importer: Importer, machine: Machine): Promise<Pick<RetentionHealth, 'days' | 'setting' | 'file' | 'isDefault'> | undefined> {
  const rule = importer.retention?.(machine);
  if (!rule) return undefined;
  const { setting, defaultDays, files } = rule;
  for (const file of files) {
    const days = await daysIn(file, rule);
    if (days === 'never') return undefined;
    if (days !== undefined) return { days, setting, file, isDefault: false };
  }
  return { days: defaultDays, setting, file: files.at(-1) ?? '', isDefault: true };
}

async function daysIn(file: string, { days }: Retention): Promise<ReturnType<Retention['days']>> {
  try {
    return days(await readFile(file, 'utf8'));
  } catch (error) {
    if (isGone(error) || isForbidden(error)) return undefined;
    throw error;
  }
}

/** A file that a tool will delete: one that was read, or one that was only found. */
export interface MortalFile {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly isThere: boolean;
  readonly isRead: boolean;
  readonly sessions: readonly string[];
}

export function mortal(file: SourceFileState): MortalFile {
  const { path, sessions } = file;
  return { path, sessions, changedAt: lastChange(file), isThere: file.now !== 'gone', isRead: !isBehind(file) };
}

export interface Deletions {
  /** Sessions older than the period, kept. */
  readonly expired: number;
  /** Sessions that reach it within a week, kept. */
  readonly soon: number;
  /** Files that are there, reach it within a week or did already, and are not read to their end; the next to go first. */
  readonly unread: readonly MortalFile[];
}

/** @param kept whether Daybook has the session */
export function deletions(files: readonly MortalFile[], days: number, kept: ReadonlySet<string>, now: number): Deletions {
  const deadline = now - days * dayMs;
  const isSoon = (changedAt: number): boolean => changedAt >= deadline && changedAt < deadline + soonMs;
  const sessions = new Map<string, { changedAt: number; isThere: boolean }>();
  for (const { sessions: names, changedAt, isThere } of files) {
    for (const name of names) {
      const known = sessions.get(name);
      sessions.set(name, { changedAt: Math.max(changedAt, known?.changedAt ?? 0), isThere: isThere || known?.isThere === true });
    }
  }
  const ours = [...sessions].filter(([name]) => kept.has(name)).map(([, session]) => session);
  return {
    expired: ours.filter(({ changedAt }) => changedAt < deadline).length,
    soon: ours.filter(({ changedAt, isThere }) => isThere && isSoon(changedAt)).length,
    unread: files.filter(({ isThere, isRead, changedAt }) => isThere && !isRead && changedAt < deadline + soonMs).sort((a, b) => a.changedAt - b.changedAt),
  };
}
