/** From figures by hour to what a dashboard shows: local days. */

import type { Lane } from '../../shared/lane.ts';
import type { DayActivity, Rates, Statistics, StatisticsParams, TestFigures, TokenFigures } from '../../shared/statistics.ts';

/** As the store has it. */
export interface Figures {
  readonly activity: readonly { readonly hour: number; readonly lane: Lane; readonly records: number }[];
  readonly sessions: readonly { readonly hour: number; readonly source: string; readonly sessions: number }[];
  readonly tokens: readonly (Omit<TokenFigures, 'day' | 'model'> & { readonly hour: number; readonly model: string })[];
  readonly commands: { readonly runs: number; readonly failed: number };
  readonly mostFailing: Statistics['commands']['mostFailing'];
  readonly tests: readonly (Omit<TestFigures, 'day'> & { readonly hour: number })[];
  readonly byAgents: Statistics['files']['byAgents'];
  readonly byHand: Statistics['files']['byHand'];
  readonly fixes: readonly { readonly hour: number; readonly ms: number }[];
  readonly storage: Statistics['storage'];
  readonly workspaces: readonly string[];
}

const hourMs = 3_600_000;
/** Later than any record that a clock would give. */
const never = 1e9;

/** The hours that a choice of days means, since 1970; `until` is excluded. An hour that two local days share belongs to the one it begins in. */
export function hoursOf({ days }: StatisticsParams, now: Date): { readonly since: number; readonly until: number } {
  if (days === undefined) return { since: -never, until: never };
  const midnight = (offset: number): number => new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset).getTime();
  return { since: Math.ceil(midnight(1 - days) / hourMs), until: Math.ceil(midnight(1) / hourMs) };
}

/** @param days as they were asked for; everything when absent */
export function statisticsOf(figures: Figures, { days }: StatisticsParams, databaseBytes: number, now: Date): Statistics {
  const local = localHours();
  const dayOf = (hour: number): string => local(hour).day;
  const activity = daysOf(figures.activity, dayOf);
  const today = dayName(now);
  return {
    since: days === undefined ? activity[0]?.day ?? today : dayName(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1 - days)),
    // What is imported from a clock that is ahead lies after today.
    until: days === undefined && (activity.at(-1)?.day ?? '') > today ? activity.at(-1)?.day ?? today : today,
    days: activity,
    week: weekOf(figures.activity, local),
    sessions: summed(figures.sessions, ({ hour, source }) => [dayOf(hour), source], (rows, [day = '', source = '']) =>
      ({ day, source, sessions: total(rows, ({ sessions }) => sessions) })),
    tokens: summed(figures.tokens, ({ hour, source, model }) => [dayOf(hour), source, model], (rows, [day = '', source = '', model = '']) => ({
      day, source, model: model === '' ? null : model,
      responses: total(rows, (row) => row.responses), inputTokens: total(rows, (row) => row.inputTokens),
      cacheReadTokens: total(rows, (row) => row.cacheReadTokens), cacheWriteTokens: total(rows, (row) => row.cacheWriteTokens),
      outputTokens: total(rows, (row) => row.outputTokens),
    })),
    commands: { ...figures.commands, mostFailing: figures.mostFailing },
    tests: summed(figures.tests, ({ hour }) => [dayOf(hour)], (rows, [day = '']) => ({
      day, runs: total(rows, (row) => row.runs), failedRuns: total(rows, (row) => row.failedRuns),
      passed: total(rows, (row) => row.passed), failed: total(rows, (row) => row.failed),
    })),
    files: { byAgents: figures.byAgents, byHand: figures.byHand },
    fixes: {
      count: figures.fixes.length,
      medianMs: figures.fixes.length === 0 ? null : median(figures.fixes.map(({ ms }) => ms)),
      days: summed(figures.fixes, ({ hour }) => [dayOf(hour)], (rows, [day = '']) => ({ day, count: rows.length, medianMs: median(rows.map(({ ms }) => ms)) })),
    },
    storage: figures.storage,
    databaseBytes,
    workspaces: figures.workspaces,
  };
}

/** The last hour; minutes without anything are 0. */
export function ratesOf(rows: readonly { readonly minute: number; readonly source: string; readonly records: number }[], now: Date): Rates {
  const last = Math.floor(now.getTime() / 60_000);
  const minutes = Array.from({ length: 60 }, () => 0);
  const sources: Record<string, number> = {};
  for (const { minute, source, records } of rows) {
    const at = 59 - (last - minute);
    if (at < 0 || at > 59) continue;
    minutes[at] = (minutes[at] ?? 0) + records;
    sources[source] = (sources[source] ?? 0) + records;
  }
  return { time: now.toISOString(), minutes, sources };
}

interface LocalHour {
  readonly day: string;
  /** Monday is 0. */
  readonly weekday: number;
  readonly hour: number;
}

function localHours(): (hour: number) => LocalHour {
  const known = new Map<number, LocalHour>();
  return (hour) => {
    const found = known.get(hour);
    if (found) return found;
    const date = new Date(hour * hourMs);
    const made = { day: dayName(date), weekday: (date.getDay() + 6) % 7, hour: date.getHours() };
    known.set(hour, made);
    return made;
  };
}

function daysOf(rows: Figures['activity'], dayOf: (hour: number) => string): DayActivity[] {
  return summed(rows, ({ hour }) => [dayOf(hour)], (those, [day = '']) => {
    const lanes: Partial<Record<Lane, number>> = {};
    for (const { lane, records } of those) lanes[lane] = (lanes[lane] ?? 0) + records;
    return { day, records: total(those, ({ records }) => records), lanes };
  });
}

function weekOf(rows: Figures['activity'], local: (hour: number) => LocalHour): number[] {
  const week = Array.from({ length: 7 * 24 }, () => 0);
  for (const { hour, records } of rows) {
    const at = local(hour).weekday * 24 + local(hour).hour;
    week[at] = (week[at] ?? 0) + records;
  }
  return week;
}

/** One result for each key, in the order of the keys. */
function summed<Row, Result>(rows: readonly Row[], keyOf: (row: Row) => readonly string[], make: (rows: readonly Row[], key: readonly string[]) => Result): Result[] {
  const groups = Map.groupBy(rows, (row) => keyOf(row).join('\0'));
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, those]) => make(those, key.split('\0')));
}

function total<Row>(rows: readonly Row[], pick: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + pick(row), 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return Math.round((low + high) / 2);
}

function dayName(date: Date): string {
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${digits(date.getMonth() + 1)}-${digits(date.getDate())}`;
}
