/** When things happen: the days as a calendar, the week as a rhythm; and the last hour. */

import { lanes } from '../../shared/lane.ts';
import type { Rates } from '../../shared/statistics.ts';
import { clock, dayText, number, weekdayText } from '../format.ts';
import { say } from '../page.ts';
import { bucketOf } from './buckets.ts';
import type { Figure } from './card.ts';
import type { Shown } from './figures.ts';
import { join, withinBucket, withinRange } from './links.ts';
import { date, heatmap, minutes, type Bar, type Cell } from './plots.ts';

const dayMs = 86_400_000;
/** A calendar of more weeks is too small to read; the table has them all. */
const mostWeeks = 53;

export interface ActivityRow extends Cell {
  readonly day: string;
  readonly lanesText: string;
}

export function calendar({ statistics: { since, until, days }, choice }: Shown): Figure<ActivityRow> {
  const known = new Map(days.map((each) => [each.day, each]));
  const last = date(until).getTime();
  const first = Math.max(date(since).getTime(), last - (mostWeeks * 7 - 1) * dayMs);
  const cellOf = (day: string): ActivityRow => {
    const records = known.get(day)?.records ?? 0;
    const counts = known.get(day)?.lanes ?? {};
    const lanesText = lanes.flatMap((lane) => (counts[lane] ? [`${number(counts[lane])} ${say(lane)}`] : [])).join(', ');
    return {
      day, lanesText, name: day, value: records, column: bucketOf(day, 'week').start, row: (date(day).getUTCDay() + 6) % 7,
      title: `${dayText(day, 'full')}\n${say('{0} records', number(records))}${lanesText === '' ? '' : `\n${lanesText}`}`, query: withinBucket(choice, bucketOf(day, 'day')),
    };
  };
  const cells = Array.from({ length: Math.round((last - first) / dayMs) + 1 }, (_, at) => cellOf(new Date(first + at * dayMs).toISOString().slice(0, 10)));
  const weeks = [...new Set(cells.map(({ column }) => column))];
  return {
    id: 'activity', title: say('Activity'), note: say('Records by day'), empty: say('Nothing was recorded in this range.'), wide: weeks.length > 20,
    rows: days.map(({ day }) => cellOf(day)), day: ({ day }) => day,
    columns: [
      { title: say('Day'), text: ({ day }) => dayText(day) }, { title: say('Records'), text: ({ value }) => number(value), isNumber: true, query: ({ query }) => query },
      { title: '', text: ({ lanesText }) => lanesText },
    ],
    chart: (width) => heatmap(cells, { width, columns: weeks, columnText: monthAt(weeks), rowText: weekdayText, size: 22 }),
  };
}

/** The name of a month where it begins. */
function monthAt(weeks: readonly (string | number)[]): (week: string | number) => string {
  return (week) => {
    const at = weeks.indexOf(week);
    const month = (each: string | number | undefined): string => (each === undefined ? '' : date(String(each)).toLocaleDateString(document.documentElement.lang, { month: 'short', timeZone: 'UTC' }));
    return at === 0 || month(weeks[at - 1]) !== month(week) ? month(week) : '';
  };
}

export function rhythm({ statistics: { week, since }, choice }: Shown): Figure<Cell> {
  const cells = week.map((value, at): Cell => {
    const [row, hour] = [Math.floor(at / 24), at % 24];
    const name = `${weekdayText(row, 'long')} ${String(hour).padStart(2, '0')}:00`;
    return { name, value, column: hour, row, title: `${name}\n${say('{0} records', number(value))}`, query: withinRange(choice, since) };
  });
  return {
    id: 'rhythm', title: say('Week rhythm'), note: say('Records by weekday and hour; a click finds those of the whole range'), empty: say('Nothing was recorded in this range.'), rows: cells.some(({ value }) => value > 0) ? cells.filter(({ value }) => value > 0) : [],
    columns: [
      { title: say('Weekday'), text: ({ row }) => weekdayText(row, 'long') }, { title: say('Hour'), text: ({ column }) => `${String(column).padStart(2, '0')}:00` },
      { title: say('Records'), text: ({ value }) => number(value), isNumber: true, query: ({ query }) => query || 'after:2000-01-01' },
    ],
    chart: (width) => heatmap(cells.map((cell) => ({ ...cell, query: cell.query || 'after:2000-01-01' })), {
      width, columns: Array.from({ length: 24 }, (_, hour) => hour), columnText: (hour) => (Number(hour) % 6 === 0 ? String(hour) : ''), rowText: weekdayText, size: 22,
    }),
  };
}

/** The last hour, minute by minute. */
export function live({ time, minutes: counts }: Rates): Figure<Bar & { readonly at: number }> {
  const now = Date.parse(time);
  const rows = counts.map((value, at) => {
    const start = (Math.floor(now / 60_000) - (counts.length - 1 - at)) * 60_000;
    const name = clock(start);
    return { at: start, name, value, title: `${name}\n${say('{0} records', number(value))}`, query: join(`after:"${local(start)}"`, `before:"${local(start + 60_000)}"`) };
  });
  const all = counts.reduce((sum, count) => sum + count, 0);
  return {
    id: 'live', title: say('Happening now'), note: say('Records of each of the last 60 minutes'), empty: say('Nothing in the last hour.'), rows: all === 0 ? [] : rows,
    columns: [{ title: say('Minute'), text: ({ name }) => name }, { title: say('Records'), text: ({ value }) => number(value), isNumber: true, query: ({ query }) => query }],
    chart: (width) => minutes(rows, width, (at) => clock(at)),
  };
}

/** `2026-11-20 14:30`, as a search understands it. */
function local(ms: number): string {
  const at = new Date(ms);
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${digits(at.getMonth() + 1)}-${digits(at.getDate())} ${digits(at.getHours())}:${digits(at.getMinutes())}`;
}
