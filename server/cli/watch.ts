/**
 * `daybook watch`: what is happening, live. It reads the store by itself and asks no server for anything, so that nothing wakes up anywhere
 * when nobody watches. A terminal shows a screen, a pipe has a line for each record, `--json` one object a line.
 */

import { watch as watchFiles } from 'node:fs';
import type { DaybookRecord } from '../../shared/record.ts';
import type { WatchSnapshot } from '../../shared/statistics.ts';
import type { Reader } from '../reader.ts';
import { sparkline, type Paint } from './paint.ts';
import { count } from './statistics.ts';
import { visible } from './visible.ts';

export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

export interface WatchDeps {
  readonly reader: Pick<Reader, 'stats' | 'rates' | 'latest' | 'version'>;
  readonly dataDirectory: string;
  readonly out: (text: string) => void;
  /** Asked each time; undefined in a pipe. */
  readonly screen: () => Screen | undefined;
  readonly isJson: boolean;
  readonly paint: Paint;
  readonly servers: () => WatchSnapshot['servers'];
  /** Calls back when the person has seen enough; returns what ends that. */
  readonly onEnd: (end: () => void) => () => void;
}

/** After a change; a burst is shown once. */
const quietMs = 400;
/** Minutes pass although nothing changes. In a pipe it tells, too, that nobody reads any more. */
const everyMs = 5_000;
/** Sizes change slowly, and looking at them takes a look at every file. */
const sizesMs = 15_000;
const lastDayMs = 86_400_000;
const mostLines = 200;

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const home = '\x1b[H';
const clearLine = '\x1b[K';
const clearBelow = '\x1b[J';

/** Resolves when the person has seen enough. */
export async function watch(deps: WatchDeps): Promise<void> {
  const { out, screen, isJson } = deps;
  const look = createLook(deps);
  const isScreen = !isJson && screen() !== undefined;
  const line = createLines(deps);
  if (isScreen) out(`${hideCursor}${home}${clearBelow}`);

  function show(isChange: boolean): void {
    const snapshot = look(isScreen ? (screen()?.rows ?? 24) : mostLines);
    if (isJson) out(`${JSON.stringify(snapshot)}\n`);
    else if (isScreen) out(home + screenLines(snapshot, screen() ?? { columns: 80, rows: 24 }, deps.paint).map((each) => each + clearLine).join('\n') + clearBelow);
    else line(snapshot, isChange);
  }

  let timer: NodeJS.Timeout | undefined;
  let known = deps.reader.version();
  const watcher = watchFiles(deps.dataDirectory, (_kind, name) => {
    if (!name?.startsWith('daybook.db')) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      const now = deps.reader.version();
      if (now === known) return;
      known = now;
      show(true);
    }, quietMs);
  });
  const ticking = setInterval(() => show(false), everyMs);
  const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
  const stopListening = deps.onEnd(() => end(undefined));
  try {
    show(true);
    await over;
  } finally {
    stopListening();
    watcher.close();
    clearInterval(ticking);
    clearTimeout(timer);
    if (isScreen) out(`${showCursor}\n`);
  }
}

function createLook({ reader, servers }: WatchDeps): (limit: number) => WatchSnapshot {
  let sizes = reader.stats();
  let lookedAt = performance.now();
  return (limit) => {
    if (performance.now() - lookedAt > sizesMs) {
      sizes = reader.stats();
      lookedAt = performance.now();
    }
    const rates = reader.rates();
    const { records, total, redactions } = reader.latest(Date.now() - lastDayMs, Math.max(1, limit));
    return {
      time: rates.time, rates, lastDay: { records: total, redactions }, records: sizes.records, sessions: sizes.sessions,
      journalBytes: sizes.journalBytes, databaseBytes: sizes.databaseBytes, servers: servers(), latest: records.map(shortOf),
    };
  };
}

function shortOf({ id, time, source, type, subject, sessionid }: DaybookRecord): WatchSnapshot['latest'][number] {
  return { id, time, source, type, ...(subject !== undefined && { subject }), ...(sessionid !== undefined && { session: sessionid }) };
}

/** In a pipe: each record once, the oldest first, and now and then how much there was. */
function createLines({ out }: WatchDeps): (snapshot: WatchSnapshot, isChange: boolean) => void {
  let known: ReadonlySet<string> | undefined;
  let minute = '';
  return ({ time, latest, rates }, isChange) => {
    if (isChange) {
      const fresh = known ? latest.filter(({ id }) => !known?.has(id)) : latest.slice(0, 10);
      known = new Set(latest.map(({ id }) => id));
      for (const record of [...fresh].reverse()) out(`${recordLine(record)}\n`);
    }
    if (minute !== '' && minute !== time.slice(0, 16)) out(`${clock(time)}  ${count(rates.minutes.at(-2) ?? 0)} records in the last minute\n`);
    minute = time.slice(0, 16);
  };
}

function recordLine({ time, source, type, subject = '' }: WatchSnapshot['latest'][number]): string {
  return `${clock(time)}  ${oneLine(source)}  ${type.replace(/^dev\.daybook\./, '')}  ${oneLine(subject)}`.trimEnd();
}

function screenLines({ time, rates, lastDay, records, sessions, journalBytes, databaseBytes, servers, latest }: WatchSnapshot, { columns, rows }: Screen, paint: Paint): string[] {
  const now = rates.minutes.at(-1) ?? 0;
  const hour = rates.minutes.reduce((sum, each) => sum + each, 0);
  const sources = Object.entries(rates.sources).sort(([, a], [, b]) => b - a).map(([source, many]) => `${oneLine(source)} ${count(many)}`).join(' · ');
  const head = [
    `${paint('bold', 'Daybook')}  ${clock(time)}  ${paint('dim', 'Ctrl+C ends')}`,
    `${count(now)} this minute · ${count(hour)} in the last hour · ${count(lastDay.records)} in 24 hours, ${count(lastDay.redactions)} redactions`,
    paint('green', sparkline(rates.minutes)),
    cut(`Sources  ${sources || 'nothing in the last hour'}`, columns),
    cut(`Record   ${count(records)} records · ${count(sessions)} sessions · journal ${bytes(journalBytes)} · database ${bytes(databaseBytes)}`, columns),
    ...(servers === null ? [] : [cut(`Servers  ${servers.count === 0 ? 'none is running' : `${servers.count} running, ${bytes(servers.memoryBytes)} of memory`}`, columns)]),
    '',
  ];
  return [...head, ...latest.slice(0, Math.max(0, rows - head.length - 1)).map((record) => cut(recordLine(record), columns))];
}

function cut(line: string, columns: number): string {
  const characters = Array.from(line);
  return characters.length < columns ? line : `${characters.slice(0, Math.max(1, columns - 1)).join('')}…`;
}

function clock(time: string): string {
  return new Date(time).toLocaleTimeString('sv');
}

function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(value, 1)) / 3));
  return `${(value / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}
