/** Times as people say them. All in the local time zone. */

import type { Translate } from './translate.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `just now`, `5 min ago`, `2 h ago`, `3 d ago`, and the date from a week on; empty for what is no time. */
export function age(t: Translate, time: string, now: Date): string {
  const elapsedMs = now.getTime() - Date.parse(time);
  if (Number.isNaN(elapsedMs)) return '';
  if (elapsedMs < minute) return t('just now');
  if (elapsedMs < hour) return t('{0} min ago', Math.floor(elapsedMs / minute));
  if (elapsedMs < day) return t('{0} h ago', Math.floor(elapsedMs / hour));
  if (elapsedMs < 7 * day) return t('{0} d ago', Math.floor(elapsedMs / day));
  return dateOf(time);
}

/** `2026-11-20` in local time: sorts as text and is a part of file names. */
export function dateOf(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${digits(date.getMonth() + 1)}-${digits(date.getDate())}`;
}

/** `Today`, `Yesterday`, `Monday` within the last week, else `Mon, 2 Nov` with the year where it is another one. */
export function dayName(t: Translate, time: string, now: Date, locale?: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return t('Unknown day');
  const daysAgo = Math.round((midnight(now) - midnight(date)) / day);
  if (daysAgo === 0) return t('Today');
  if (daysAgo === 1) return t('Yesterday');
  if (daysAgo > 1 && daysAgo < 7) return date.toLocaleDateString(locale, { weekday: 'long' });
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return date.toLocaleDateString(locale, { weekday: 'short', day: 'numeric', month: 'short', ...year });
}

/** `14:32` */
export function timeOfDay(time: string, locale?: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' });
}

/** Date and time in full, for tooltips. */
export function fullTime(time: string, locale?: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** `80 ms`, `3.2 s`, `4 min 10 s`, `2 h 5 min` */
export function duration(t: Translate, durationMs: number): string {
  if (durationMs < 100) return t('{0} ms', Math.round(durationMs));
  if (durationMs < 59_950) return t('{0} s', (durationMs / 1000).toFixed(1));
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 3600) return t('{0} min {1} s', Math.floor(seconds / 60), seconds % 60);
  return t('{0} h {1} min', Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60));
}

/** A midnight of the calendar day in UTC, so that days are 24 hours long whatever the clocks do. */
function midnight(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}
