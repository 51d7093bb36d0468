/** Dates and relative words as ranges of time, in the time zone of whoever asks. */

import type { Asker } from './query.ts';

/** `since` is included, `until` is not; milliseconds since 1970. */
export interface Range {
  readonly since: number;
  readonly until: number;
}

const hourMs = 3_600_000;
const agoUnits: Record<string, number> = { h: hourMs, d: 24 * hourMs, w: 7 * 24 * hourMs };
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const units = ['day', 'week', 'month', 'year'] as const;
type Unit = (typeof units)[number];

/** The words that `before:`, `after:` and `during:` take beside dates. */
export const dateWords: readonly string[] = [
  'today', 'yesterday', 'this-week', 'last-week', 'this-month', 'last-month', 'this-year', 'last-year', '24h', '7d', '4w', ...days,
];

/** Undefined for what is no date. `7d` is the seven days up to now; a weekday is the latest one, today included. */
export function dateRange(typed: string, asker: Asker): Range | undefined {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, '-');
  return calendarRange(text, asker) ?? agoRange(text, asker) ?? wordRange(text, asker);
}

const calendar = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:t(\d\d):(\d\d))?)?)?$/;

function calendarRange(text: string, { timeZone }: Asker): Range | undefined {
  const match = calendar.exec(text.replace(/^(\d{4}-\d\d-\d\d)-(\d\d:\d\d)$/, '$1t$2'));
  if (!match) return undefined;
  const [year = 0, month, day, hour, minute = 0] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  const wall = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute));
  // Date.UTC takes the 31st of November for the 1st of December, and the year 20 for 1920.
  const isReal = wall.getUTCFullYear() === year && wall.getUTCMonth() === (month ?? 1) - 1 && wall.getUTCDate() === (day ?? 1)
    && (hour ?? 0) < 24 && minute < 60;
  if (!isReal) return undefined;
  if (hour !== undefined) {
    const since = instant(wall.getTime(), timeZone);
    return { since, until: since + 60_000 };
  }
  return unitRange(wall.getTime(), day !== undefined ? 'day' : month !== undefined ? 'month' : 'year', timeZone);
}

function agoRange(text: string, { now }: Asker): Range | undefined {
  const [, count, unit = ''] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  return count === undefined ? undefined : { since: now - Number(count) * (agoUnits[unit] ?? 0), until: now };
}

function wordRange(text: string, { now, timeZone }: Asker): Range | undefined {
  const today = startOf(wallOf(now, timeZone), 'day');
  if (text === 'today') return unitRange(today, 'day', timeZone);
  if (text === 'yesterday') return unitRange(move(today, 'day', -1), 'day', timeZone);
  const weekday = days.indexOf(text);
  if (weekday !== -1) return unitRange(move(today, 'day', -((new Date(today).getUTCDay() - weekday + 7) % 7)), 'day', timeZone);
  const [, which, name] = /^(this|last)-(\w+)$/.exec(text) ?? [];
  const unit = units.find((each) => each === name);
  if (!unit) return undefined;
  const start = startOf(today, unit);
  return unitRange(which === 'this' ? start : move(start, unit, -1), unit, timeZone);
}

function unitRange(wall: number, unit: Unit, timeZone: string): Range {
  return { since: instant(wall, timeZone), until: instant(move(wall, unit, 1), timeZone) };
}

/** Weeks begin on Monday, as ISO 8601 says. */
function startOf(wall: number, unit: Unit): number {
  const date = new Date(wall);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (unit === 'year') return Date.UTC(year, 0, 1);
  if (unit === 'month') return Date.UTC(year, month, 1);
  return Date.UTC(year, month, unit === 'week' ? day - ((date.getUTCDay() + 6) % 7) : day);
}

function move(wall: number, unit: Unit, by: number): number {
  const date = new Date(wall);
  if (unit === 'year') date.setUTCFullYear(date.getUTCFullYear() + by);
  else if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + by);
  else date.setUTCDate(date.getUTCDate() + by * (unit === 'week' ? 7 : 1));
  return date.getTime();
}

/** What a clock on the wall shows, as if it hung in UTC. */
function wallOf(time: number, timeZone: string): number {
  const parts = new Map(clock(timeZone).formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

let latest: { readonly timeZone: string; readonly format: Intl.DateTimeFormat } | undefined;

/** Making one takes far longer than asking it, and who asks rarely moves. */
function clock(timeZone: string): Intl.DateTimeFormat {
  if (latest?.timeZone !== timeZone) {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone, calendar: 'gregory', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    latest = { timeZone, format };
  }
  return latest.format;
}

/** The moment at which the wall shows this; asked twice, since the clock may be changed between the guess and the moment. */
function instant(wall: number, timeZone: string): number {
  const guess = wall - (wallOf(wall, timeZone) - wall);
  return wall - (wallOf(guess, timeZone) - guess);
}
