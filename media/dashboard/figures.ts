/** What the dashboard shows: each figure with its chart, its table and the searches behind it. */

import type { Statistics } from '../../shared/statistics.ts';
import type { DashboardChoice } from '../../shared/webview.ts';
import { bytes, dayText, duration, monthText, number, percent, short } from '../format.ts';
import { say } from '../page.ts';
import { leading, sumBy, unitOf, type Bucket, type Unit } from './buckets.ts';
import type { Figure } from './card.ts';
import { filter, folderPath, join, phrase, withinBucket, withinRange } from './links.ts';
import { mostSeries, ranking, timeBars, timeLine, type Bar, type TimeBar } from './plots.ts';

export interface Shown {
  readonly statistics: Statistics;
  readonly choice: DashboardChoice;
  /** What people call a source. */
  readonly nameOf: (source: string) => string;
}

export function bucketText({ unit, start }: Bucket): string {
  if (unit === 'month') return monthText(start);
  return unit === 'week' ? say('Week of {0}', dayText(start)) : dayText(start);
}

interface Series {
  readonly day: string;
  readonly name: string;
  readonly value: number;
}

interface Stacked {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly empty: string;
  readonly kind: string;
  readonly value: string;
  readonly rows: readonly Series[];
  /** The filter that means a name. */
  readonly filterOf: (name: string) => string;
  readonly display: (name: string) => string;
}

/** Over time, by a name. */
function stacked({ statistics: { since, until }, choice }: Shown, { id, title, note, empty, kind, value: valueTitle, rows, filterOf, display }: Stacked): Figure<TimeBar> {
  const unit = unitOf(since, until);
  const names = leading(rows, rows.length === 0 ? 0 : mostSeries);
  const others = say('Others');
  const label = (name: string): string => (names.includes(name) ? display(name) : others);
  const bars = sumBy(rows, unit, ({ name }) => (names.includes(name) ? name : ''), ({ value }) => value).filter(({ value }) => value > 0).map(({ bucket, name, value }): TimeBar => ({
    bucket, name: label(name), value, title: `${bucketText(bucket)}\n${label(name)}: ${number(value)}`,
    query: join(name === '' ? 'family:chats' : filterOf(name), withinBucket(choice, bucket)),
  }));
  const shown = [...names.map(display), ...(bars.some(({ name }) => name === others) ? [others] : [])];
  return {
    id, title, note, empty, rows: bars, ...dayLink(unit),
    columns: [
      { title: say('Day'), text: ({ bucket }) => bucketText(bucket) }, { title: kind, text: ({ name }) => name },
      { title: valueTitle, text: ({ value }) => number(value), isNumber: true, query: ({ query }) => query },
    ],
    chart: (width) => timeBars(bars, shown, { width, unit, since, until, format: short }),
  };
}

function dayLink(unit: Unit): { readonly day?: (row: TimeBar) => string } {
  return unit === 'day' ? { day: ({ bucket }) => bucket.start } : {};
}

export function sessionsByTool(shown: Shown): Figure<TimeBar> {
  return stacked(shown, {
    id: 'sessions', title: say('Sessions by tool'), note: say('Chat sessions that began, subagents left out'), empty: say('No chats with AI tools in this range.'), kind: say('Tool'), value: say('Sessions'),
    rows: shown.statistics.sessions.map(({ day, source, sessions }) => ({ day, name: source, value: sessions })),
    filterOf: (source) => join(filter('source', source), 'family:chats'), display: shown.nameOf,
  });
}

/** What was read from a cache is cheap and far more than all the rest: it would hide it. */
export function tokensOf({ inputTokens, cacheWriteTokens, outputTokens }: Statistics['tokens'][number]): number {
  return inputTokens + cacheWriteTokens + outputTokens;
}

export function tokensBy(shown: Shown, by: 'model' | 'tool'): Figure<TimeBar> {
  const rows = shown.statistics.tokens.map((row) => ({ day: row.day, name: by === 'tool' ? row.source : row.model ?? '?', value: tokensOf(row) }));
  return stacked(shown, {
    id: `tokens-${by}`, title: say(by === 'tool' ? 'Tokens by tool' : 'Tokens by model'), note: say('Input, output and what was written to a cache; what was read from one is left out'),
    empty: say('No chats with AI tools in this range.'), kind: say(by === 'tool' ? 'Tool' : 'Model'), value: say('Tokens'), rows: rows.filter(({ value }) => value > 0),
    filterOf: (name) => (by === 'tool' ? join(filter('source', name), 'family:chats') : name === '?' ? 'family:chats' : filter('model', name)),
    display: by === 'tool' ? shown.nameOf : (name) => (name === '?' ? say('unknown model') : name),
  });
}

export function failingCommands({ statistics: { commands, since }, choice }: Shown): Figure<Bar & { readonly runs: number }> {
  const rows = commands.mostFailing.map(({ command, runs, failed }) => ({
    name: command, value: failed, runs, title: `${command}\n${say('{0} of {1} runs', number(failed), number(runs))}`, query: join(phrase(command), withinRange(choice, since)),
  }));
  return {
    id: 'commands', title: say('Most failing commands'), note: say('Runs that failed, in terminals and by agents'), empty: say('No commands failed in this range.'), rows,
    columns: [
      { title: say('Command'), text: ({ name }) => name, query: ({ query }) => query }, { title: say('Failed'), text: ({ value }) => number(value), isNumber: true },
      { title: say('Runs'), text: ({ runs }) => number(runs), isNumber: true }, { title: '%', text: ({ value, runs }) => percent(value / runs), isNumber: true },
    ],
    chart: (width) => ranking(rows, { width, format: number, colour: 4 }),
  };
}

export function testRate({ statistics: { tests, since, until }, choice }: Shown): Figure<TimeBar & { readonly passed: number; readonly failed: number; readonly runs: number }> {
  const unit = unitOf(since, until);
  const sums = (pick: (row: Statistics['tests'][number]) => number): number[] => sumBy(tests, unit, () => '', pick).map(({ value }) => value);
  const [passed, failed, runs] = [sums((row) => row.passed), sums((row) => row.failed), sums((row) => row.runs)];
  const rows = sumBy(tests, unit, () => '', () => 0).map(({ bucket }, at) => {
    const [good = 0, bad = 0] = [passed[at], failed[at]];
    const value = good + bad === 0 ? 1 : good / (good + bad);
    return {
      bucket, name: bucketText(bucket), value, passed: good, failed: bad, runs: runs[at] ?? 0, query: join('kind:test.run', withinBucket(choice, bucket)),
      title: `${bucketText(bucket)}\n${percent(value)} · ${say('{0} of {1} tests', number(good), number(good + bad))}`,
    };
  }).filter((row) => row.passed + row.failed > 0);
  return {
    id: 'tests', title: say('Test pass rate'), note: say('Tests that passed, of those that passed or failed'), empty: say('No test runs in this range.'), rows, ...dayLink(unit),
    columns: [
      { title: say('Day'), text: ({ name }) => name }, { title: say('Rate'), text: ({ value }) => percent(value), isNumber: true, query: ({ query }) => query },
      { title: say('Passed'), text: (row) => number(row.passed), isNumber: true }, { title: say('Failed'), text: (row) => number(row.failed), isNumber: true },
      { title: say('Runs'), text: (row) => number(row.runs), isNumber: true },
    ],
    chart: (width) => timeLine(rows, { width, unit, since, until, format: percent, isShare: true }),
  };
}

export function touchedFiles({ statistics: { files, since }, choice }: Shown, by: 'agents' | 'hand'): Figure<Bar> {
  const rows = (by === 'agents' ? files.byAgents : files.byHand).map(({ file, touches }) => ({
    name: shortPath(file, choice), value: touches, title: `${file}\n${number(touches)}`,
    query: join(filter('file', shortPath(file, choice)), by === 'agents' ? 'family:chats' : 'kind:editor.edited', withinRange(choice, since)),
  }));
  return {
    id: `files-${by}`, title: say(by === 'agents' ? 'Files changed by agents' : 'Files changed by hand'), note: say(by === 'agents' ? 'Edits of agents' : 'Bursts of typing'),
    empty: say('No files were changed in this range.'), rows,
    columns: [{ title: say('File'), text: ({ name }) => name, query: ({ query }) => query }, { title: say('Changes'), text: ({ value }) => number(value), isNumber: true }],
    chart: (width) => ranking(rows, { width, format: number, colour: by === 'agents' ? 3 : 0 }),
  };
}

/** Below the workspace that is chosen; as it is else, for two folders may have the same file. */
function shortPath(file: string, { workspace }: DashboardChoice): string {
  const folder = workspace === null ? '' : `${folderPath(workspace).replace(/\/$/, '')}/`;
  return folder !== '' && file.startsWith(folder) ? file.slice(folder.length) : file;
}

export function fixTime({ statistics: { fixes, since, until }, choice }: Shown): Figure<TimeBar & { readonly count: number }> {
  // Medians cannot be added up: by day, whatever the range.
  const rows = fixes.days.map(({ day, count, medianMs }) => {
    const bucket: Bucket = { unit: 'day', start: day, end: day };
    return {
      bucket, name: dayText(day), value: medianMs, count, query: join('kind:terminal.command', withinBucket(choice, bucket)),
      title: `${dayText(day)}\n${duration(medianMs)} · ${say('median of {0} fixes', number(count))}`,
    };
  });
  return {
    id: 'fixes', title: say('Error to fix over time'), note: say('From a command that failed to its next run that succeeded: the median'), empty: say('No failed command was run again with success in this range.'), rows,
    day: ({ bucket }) => bucket.start,
    columns: [
      { title: say('Day'), text: ({ name }) => name }, { title: say('Median'), text: ({ value }) => duration(value), isNumber: true, query: ({ query }) => query },
      { title: say('Fixes'), text: ({ count }) => number(count), isNumber: true },
    ],
    chart: (width) => timeLine(rows, { width, unit: 'day', since, until, format: duration, ticks: ticksUpTo(Math.max(...rows.map(({ value }) => value))) }),
  };
}

/** Times that people know, few enough to be read. */
function ticksUpTo(most: number): number[] {
  const known = [60_000, 600_000, 3_600_000, 6 * 3_600_000, 86_400_000, 3 * 86_400_000, 7 * 86_400_000, 30 * 86_400_000].filter((ms) => ms <= most);
  return known.length === 0 ? [0, most] : known.slice(-4);
}

/** How large it will be, and how that was computed. */
function forecastText({ forecast }: Statistics): string {
  if (!forecast) return '';
  const { bytes: size, bytesADay, basisDays, isLimited } = forecast;
  if (basisDays === 0) return say('How large it will be can be told when a day is over.');
  const text = isLimited ? 'In a year about {0}, if it goes on as on the last {1} days, with {2} a day; what is let go by then is taken off.'
    : 'In a year about {0}, if it goes on as on the last {1} days, with {2} a day.';
  return say(text, bytes(size), number(basisDays), bytes(bytesADay));
}

export function storage({ statistics }: Shown): Figure<Bar & { readonly records: number }> {
  const rows = statistics.storage.map(({ family, records, bytes: size }) =>
    ({ name: family, value: size, records, title: `${family}\n${bytes(size)} · ${say('{0} records', number(records))}`, query: `family:${family}` }));
  return {
    id: 'storage', title: say('Storage'), note: `${say('Journal by family, all of it; beside it the index with {0}', bytes(statistics.databaseBytes))}. ${forecastText(statistics)}`.trimEnd(), empty: say('Nothing is stored yet.'), wide: true, rows,
    columns: [
      { title: say('Family'), text: ({ name }) => name, query: ({ query }) => query }, { title: say('Size'), text: ({ value }) => bytes(value), isNumber: true },
      { title: say('Records'), text: ({ records }) => number(records), isNumber: true },
    ],
    chart: (width) => ranking(rows, { width, format: bytes, colour: 1 }),
  };
}
