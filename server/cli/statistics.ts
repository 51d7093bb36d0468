/** `daybook stats` for people. */

import type { Statistics } from '../../shared/statistics.ts';
import { bar, sparkline, type Paint } from './paint.ts';
import { visible } from './visible.ts';

interface Ranked {
  readonly name: string;
  readonly value: number;
  /** Said in place of the number. */
  readonly text?: string;
}

const barWidth = 24;
const nameWidth = 44;
const mostShown = 6;
/** Days in one line of a terminal. */
const mostDays = 90;

/** @param days as they were asked for; everything when absent */
export function statisticsText(statistics: Statistics, days: number | undefined, paint: Paint): string {
  const { since, until, days: active, sessions, tokens, commands, tests, fixes, files } = statistics;
  const heading = (text: string): string => paint('bold', text);
  const records = total(active, (day) => day.records);
  const range = days === undefined ? `Everything, ${since} to ${until}` : `The last ${days === 1 ? 'day' : `${days} days`}, ${since} to ${until}`;
  if (records === 0 && sessions.length === 0) return `${heading(range)}\nNothing was recorded in this range.`;
  const used = tokens.map((row) => ({ ...row, value: row.inputTokens + row.cacheWriteTokens + row.outputTokens }));
  const [passed, failed] = [total(tests, (day) => day.passed), total(tests, (day) => day.failed)];
  return [
    heading(range),
    `${count(records)} records · ${count(total(sessions, (row) => row.sessions))} chat sessions · ${short(total(used, ({ value }) => value))} tokens without what was read from a cache`,
    ...section(heading('Records by day'), [paint('green', sparkline(everyDay(statistics)))]),
    ...ranking(heading('Sessions by tool'), paint, 'blue', grouped(sessions, ({ source }) => source, (row) => row.sessions)),
    ...ranking(heading('Tokens by model'), paint, 'magenta', grouped(used, ({ model }) => model ?? 'unknown model', ({ value }) => value).map((row) => ({ ...row, text: short(row.value) }))),
    ...ranking(heading('Most failing commands'), paint, 'red', commands.mostFailing.map(({ command, runs, failed: failures }) =>
      ({ name: command, value: failures, text: `${failures} of ${count(runs)} ${runs === 1 ? 'run' : 'runs'}` }))),
    ...(passed + failed === 0 ? [] : section(heading('Tests'), [`${paint(failed === 0 ? 'green' : 'yellow', share(passed, passed + failed))} passed, of ${count(passed + failed)} in ${count(total(tests, ({ runs }) => runs))} runs`])),
    ...(fixes.medianMs === null ? [] : section(heading('From error to fix'), [`${duration(fixes.medianMs)}, the median of ${count(fixes.count)}`])),
    ...ranking(heading('Files changed by agents'), paint, 'magenta', files.byAgents.map(({ file, touches }) => ({ name: file, value: touches }))),
    ...ranking(heading('Files changed by hand'), paint, 'blue', files.byHand.map(({ file, touches }) => ({ name: file, value: touches }))),
  ].join('\n');
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  ${line}`)];
}

function ranking(heading: string, paint: Paint, colour: 'blue' | 'magenta' | 'red', rows: readonly Ranked[]): string[] {
  const shown = rows.slice(0, mostShown).map((row) => ({ ...row, name: fitting(row.name) }));
  const width = Math.max(...shown.map(({ name }) => Array.from(name).length), 0);
  const most = Math.max(...shown.map(({ value }) => value), 0);
  return section(heading, shown.map(({ name, value, text = count(value) }) => `${name}${' '.repeat(width - Array.from(name).length)}  ${paint(colour, bar(value, most, barWidth))} ${text}`));
}

/** The end of a path says more than its beginning. */
function fitting(name: string): string {
  const characters = Array.from(visible(name).replace(/\s+/g, ' '));
  if (characters.length <= nameWidth) return characters.join('');
  return name.startsWith('/') ? `…${characters.slice(1 - nameWidth).join('')}` : `${characters.slice(0, nameWidth - 1).join('')}…`;
}

/** Days without anything too, the latest last. */
function everyDay({ since, until, days }: Statistics): number[] {
  const known = new Map(days.map(({ day, records }) => [day, records]));
  const last = Date.parse(until);
  const first = Math.max(Date.parse(since), last - (mostDays - 1) * 86_400_000);
  return Array.from({ length: Math.round((last - first) / 86_400_000) + 1 }, (_, at) => known.get(new Date(first + at * 86_400_000).toISOString().slice(0, 10)) ?? 0);
}

function grouped<Row>(rows: readonly Row[], nameOf: (row: Row) => string, valueOf: (row: Row) => number): { name: string; value: number }[] {
  return [...Map.groupBy(rows, nameOf)].map(([name, those]) => ({ name, value: total(those, valueOf) })).filter(({ value }) => value > 0).sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
}

function total<Row>(rows: readonly Row[], pick: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + pick(row), 0);
}

export function count(value: number): string {
  return value.toLocaleString('en');
}

export function short(value: number): string {
  return value.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });
}

function share(part: number, all: number): string {
  return (part / all).toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 });
}

function duration(ms: number): string {
  const units = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1_000]] as const;
  const [unit, length] = units.find(([, each]) => ms >= each) ?? ['second', 1_000];
  return (ms / length).toLocaleString('en', { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: ms / length < 10 ? 1 : 0 });
}
