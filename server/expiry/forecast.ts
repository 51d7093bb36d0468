/** How large the record will be: it grows as in the last days that are over, and by then the policy has let go what is too old. */

import { families, type Family } from '../../shared/record.ts';
import type { RetentionPolicy, SizeForecast } from '../../shared/retention.ts';
import { utcDay } from './planner.ts';

export interface DayBytes {
  readonly family: Family;
  /** UTC. */
  readonly day: string;
  readonly bytes: number;
}

const dayMs = 86_400_000;
/** Days ahead. */
const ahead = 365;
/** Days that are looked back on, at most. */
const mostBasis = 30;

/** @param now milliseconds since 1970 */
export function forecast(policy: RetentionPolicy, days: readonly DayBytes[], databaseBytes: number, now: number): SizeForecast {
  const [from, today] = [utcDay(now - mostBasis * dayMs), utcDay(now)];
  // Today is not over, and its lines are not compressed yet.
  const basis = days.filter(({ day }) => day >= from && day < today);
  const first = basis.reduce((least, { day }) => (day < least ? day : least), today);
  const basisDays = Math.round((Date.parse(today) - Date.parse(first)) / dayMs);
  const journalBytes = sum(days);
  // The index grows with the journal.
  const whole = journalBytes === 0 ? 1 : 1 + databaseBytes / journalBytes;
  const growth = (family: Family): number => (basisDays === 0 ? 0 : sum(basis.filter((each) => each.family === family)) / basisDays);
  const unlimited = families.reduce((total, family) => total + sum(days.filter((each) => each.family === family)) + growth(family) * ahead, 0) * whole;
  const byAge = families.reduce((total, family) => total + laterBytes(policy.days[family], days.filter((each) => each.family === family), growth(family), now), 0) * whole;
  const bytes = policy.maxBytes > 0 ? Math.min(byAge, policy.maxBytes) : byAge;
  return {
    days: ahead, bytes: Math.round(bytes), bytesADay: Math.round(families.reduce((total, family) => total + growth(family), 0) * whole), basisDays,
    isLimited: Math.round(bytes) < Math.round(unlimited),
  };
}

/** What there will be of a family: what comes, and what is there now and not too old by then. */
function laterBytes(keptDays: number, days: readonly DayBytes[], growth: number, now: number): number {
  if (keptDays === 0) return sum(days) + growth * ahead;
  const oldest = utcDay(now + (ahead - keptDays) * dayMs);
  return sum(days.filter(({ day }) => day >= oldest)) + growth * Math.min(ahead, keptDays);
}

function sum(days: readonly DayBytes[]): number {
  return days.reduce((total, { bytes }) => total + bytes, 0);
}
