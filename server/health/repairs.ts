/** What Daybook put right by itself, for *Health*; for some weeks, or until somebody dismisses it. */

import type { HealthNote } from '../../shared/results.ts';
import { readRepairs } from '../store/repairs.ts';

/** @param dataDirectory absolute path */
export function repairNotes(dataDirectory: string, now: number): HealthNote[] {
  return readRepairs(dataDirectory, now).map(({ at, code, state, message }) => ({ id: `repairs:${code}:${at}`, code, state, message: `${at.slice(0, 10)}: ${message}` }));
}
