/** When an export is due. Days and weeks are those of UTC, as in the names of files; weeks begin on Monday. */

import type { ScheduledEntry } from './entry.ts';

const dayMs = 86_400_000;

/** RFC 3339; the end of the last day or week that is over, exclusive. */
export function lastBoundary(every: ScheduledEntry['every'], now: number): string {
  const today = Math.floor(now / dayMs);
  // The first day of 1970 was a Thursday.
  return new Date((every === 'day' ? today : today - ((today + 3) % 7)) * dayMs).toISOString();
}

/** Milliseconds since 1970; when the day or week that goes on is over. */
export function nextBoundary(every: ScheduledEntry['every'], now: number): number {
  return Date.parse(lastBoundary(every, now)) + (every === 'day' ? 1 : 7) * dayMs;
}

/** The last day before a boundary: `2026-11-20`. */
export function dayBefore(boundary: string): string {
  return new Date(Date.parse(boundary) - dayMs).toISOString().slice(0, 10);
}
