/** What Daybook put right by itself, for *Health*; for some weeks, or until somebody dismisses it. */

import type { HealthNote } from '../../shared/health.ts';
import type { Ledger } from '../store/ledger.ts';
import { readRepairs } from '../store/repairs.ts';

const dayMs = 86_400_000;

/** A clock that jumped: nothing is dropped for it. */
export function clockNotes(ledger: Pick<Ledger, 'after'>, now: number): HealthNote[] {
  const { records, last } = ledger.after(now + dayMs);
  if (records === 0 || last === null) return [];
  const message = `${records === 1 ? 'One record is' : `${records.toLocaleString('en')} records are`} of a time that is still to come, the last of ${new Date(last).toISOString().slice(0, 10)}: a clock was wrong then. They are kept as they are.`;
  return [{ id: 'clock:future', code: 'clock', state: 'ok', message }];
}

/** @param dataDirectory absolute path */
export function repairNotes(dataDirectory: string, now: number): HealthNote[] {
  return readRepairs(dataDirectory, now).map(({ at, code, state, message }) => ({ id: `repairs:${code}:${at}`, code, state, message: `${at.slice(0, 10)}: ${message}` }));
}
