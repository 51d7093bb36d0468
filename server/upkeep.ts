/** What is due of backups by itself: one a day, one after the database got another form, and a restore drill a week. Days are those of UTC. */

import { isAbsolute, join } from 'node:path';
import { homedir } from 'node:os';
import type { BackupReason } from '../shared/backups.ts';
import type { BackupPlan } from '../shared/protocol.ts';
import { ProblemError, sentence } from '../shared/problem.ts';
import { backUp, drill } from './backups.ts';
import { fault } from './log/fields.ts';
import { noLog, type Log } from './log/log.ts';
import { since } from './log/logged.ts';
import { backupIds, momentOf } from './store/backup/manifest.ts';
import { changeState, placesOf, readState, type BackupState } from './store/backup/state.ts';
import { schemaVersion } from './store/schema.ts';
import { openStore } from './store/store.ts';

export interface Due {
  /** Why a backup is due; undefined when none is. */
  readonly backup: Extract<BackupReason, 'scheduled' | 'migration'> | undefined;
  readonly drill: boolean;
  /** When to look again, milliseconds since 1970, should nothing be due now; Infinity when never. */
  readonly next: number;
}

const dayMs = 86_400_000;
/** After a failure, and where there was nothing to back up. */
const againMs = 3_600_000;
const drillMs = 7 * dayMs;

/** Cheap: a small file and a list of names. @param dataDirectory absolute path */
export function dueOf(dataDirectory: string, { automatic }: BackupPlan, now: number): Due {
  if (!automatic) return { backup: undefined, drill: false, next: Infinity };
  const state = readState(dataDirectory);
  const [backupAt, drillAt] = [backupDueAt(state, now), drillDueAt(dataDirectory, state)];
  const reason = state.newest && state.newest.schema !== schemaVersion ? 'migration' : 'scheduled';
  return { backup: backupAt <= now ? reason : undefined, drill: drillAt <= now, next: Math.min(backupAt, drillAt) };
}

/** A moment in the past when it is due. */
function backupDueAt({ last, newest }: BackupState, now: number): number {
  const at = Date.parse(last?.at ?? '');
  if (Number.isNaN(at) || at > now + dayMs) return 0; // never, or by a clock that was wrong
  if (last?.failure !== undefined) return at + againMs;
  if (newest && newest.schema !== schemaVersion) return 0;
  return (Math.floor(at / dayMs) + 1) * dayMs;
}

/** The first a day after the first backup. One that failed is tried again a day later. */
function drillDueAt(dataDirectory: string, { drill: before }: BackupState): number {
  if (before) return Date.parse(before.at) + (before.failure === undefined ? drillMs : dayMs);
  const [oldest] = placesOf(dataDirectory).flatMap(backupIds).sort();
  return oldest === undefined ? Infinity : momentOf(oldest) + dayMs;
}

/** Does what is due; how it went stands in *Health*. Takes as long as copying what is new, and for a drill as long as `daybook rebuild`. */
export function doUpkeep(dataDirectory: string, plan: BackupPlan, now: number, log: Log = noLog): void {
  const due = dueOf(dataDirectory, plan, now);
  if (due.backup) backUpByItself(dataDirectory, plan, { reason: due.backup, now, log });
  if (due.drill) drill(dataDirectory, now);
}

function backUpByItself(dataDirectory: string, { folder, daily, weekly }: BackupPlan, { reason, now, log }: { reason: BackupReason; now: number; log: Log }): void {
  const begun = performance.now();
  const at = new Date(now).toISOString();
  try {
    const place = placeOf(folder);
    const store = openStore(dataDirectory);
    try {
      store.catchUp();
      if (store.stats().records > 0) {
        const { files, bytes, copied } = backUp(store, { reason, now, kept: { daily, weekly }, ...(place !== undefined && { place }) });
        log.write('backup.made', { files, bytes, copied: copied.files, ms: since(begun) });
      }
    } finally {
      store.close();
    }
    changeState(dataDirectory, { last: { at } });
  } catch (error) {
    log.write('backup.failed', { error: fault(error) });
    const failure = error instanceof ProblemError ? error.problem.message : `${sentence(error)}.`;
    changeState(dataDirectory, { last: { at, failure } });
  }
}

/** Undefined for the folder of the data directory itself. */
function placeOf(folder: string): string | undefined {
  if (folder === '') return undefined;
  const place = /^~(?=[/\\]|$)/.test(folder) ? join(homedir(), folder.slice(1)) : folder;
  if (isAbsolute(place)) return place;
  throw new ProblemError({ code: 'bad-folder', message: 'The setting daybook.backups.folder must be an absolute path.', where: { setting: 'daybook.backups.folder' } });
}
