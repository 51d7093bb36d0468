/** Numbers, times and sizes as people read them, in the person's language. */

import { language } from './page.ts';

export function number(value: number): string {
  return value.toLocaleString(language());
}

/** `1.2M` */
export function short(value: number): string {
  return value.toLocaleString(language(), { notation: 'compact', maximumFractionDigits: 1 });
}

export function percent(share: number): string {
  return share.toLocaleString(language(), { style: 'percent', maximumFractionDigits: share > 0.99 && share < 1 ? 1 : 0 });
}

const units = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1_000]] as const;

/** `3 min`, `1.5 hr`: one unit. */
export function duration(ms: number): string {
  const [unit, length] = units.find(([, each]) => ms >= each) ?? ['second', 1_000];
  return (ms / length).toLocaleString(language(), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: ms / length < 10 ? 1 : 0 });
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function bytes(count: number): string {
  const power = Math.min(byteUnits.length - 1, Math.floor(Math.log10(Math.max(count, 1)) / 3));
  return (count / 1000 ** power).toLocaleString(language(), { style: 'unit', unit: byteUnits[power] ?? 'byte', unitDisplay: 'short', maximumFractionDigits: power === 0 ? 0 : 1 });
}

/** `2026-11-20` as `20 Nov 2026`. */
export function dayText(day: string, style: 'medium' | 'full' = 'medium'): string {
  return new Date(`${day}T00:00Z`).toLocaleDateString(language(), { dateStyle: style, timeZone: 'UTC' });
}

export function monthText(day: string): string {
  return new Date(`${day}T00:00Z`).toLocaleDateString(language(), { month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** Monday is 0. */
export function weekdayText(weekday: number, style: 'short' | 'long' = 'short'): string {
  return new Date(Date.UTC(2024, 0, 1 + weekday)).toLocaleDateString(language(), { weekday: style, timeZone: 'UTC' });
}

/** Local time of day. */
export function clock(ms: number, seconds = false): string {
  return new Date(ms).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit', ...(seconds && { second: '2-digit' }) });
}
