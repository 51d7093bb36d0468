/** How the last backup and the last restore drill went, for *Health*. */

import type { HealthNote } from '../../shared/health.ts';
import { readState, type BackupState } from '../store/backup/state.ts';

const dayMs = 86_400_000;

/** @param dataDirectory absolute path */
export function backupNotes(dataDirectory: string, now: number): HealthNote[] {
  const state = readState(dataDirectory);
  return [newest(state, now), failure(state), drilled(state, now)].filter((note) => note !== undefined);
}

function newest({ newest: backup }: BackupState, now: number): HealthNote | undefined {
  if (!backup) return undefined;
  const message = `Last backup: ${ago(backup.at, now)}, ${records(backup.records)} in ${backup.folder}.`;
  return { id: `backups:newest:${backup.at}`, code: 'backup', state: 'ok', message };
}

function failure({ last }: BackupState): HealthNote | undefined {
  if (last?.failure === undefined) return undefined;
  const message = `The backup of ${last.at.slice(0, 10)} could not be made: ${last.failure}`;
  return { id: `backups:failed:${last.at.slice(0, 10)}`, code: 'backup-failed', state: 'warning', message };
}

function drilled({ drill }: BackupState, now: number): HealthNote | undefined {
  if (!drill) return undefined;
  if (drill.failure !== undefined) {
    const message = `The restore drill of ${drill.at.slice(0, 10)} failed: ${drill.failure} Make a backup with: daybook backup`;
    return { id: `backups:drill:${drill.at.slice(0, 10)}`, code: 'restore-drill-failed', state: 'warning', message };
  }
  const message = `Last restore drill: ${ago(drill.at, now)}, ${records(drill.records ?? 0)} read back.`;
  return { id: `backups:drill:${drill.at}`, code: 'restore-drill', state: 'ok', message };
}

/** In days of UTC, as everything about backups. */
function ago(at: string, now: number): string {
  const days = Math.floor(now / dayMs) - Math.floor(Date.parse(at) / dayMs);
  return days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
}

function records(count: number): string {
  return count === 1 ? '1 record' : `${count.toLocaleString('en')} records`;
}
