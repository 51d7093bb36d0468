/** Reading the log back: for `daybook logs` and for diagnostics. */

import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { isLogCategory, isLogLevel, logLevels, type LogCategory, type LogLevel, type LogLine } from '../../shared/log.ts';
import { noFollow } from '../store/ownPlace.ts';
import { eventOf } from './events.ts';
import { asideIn, currentName, logFolder } from './file.ts';

export interface LogFilter {
  /** This and what is worse. */
  readonly level?: LogLevel;
  /** All when empty or absent. */
  readonly categories?: readonly LogCategory[];
}

/** The newest lines, the oldest of them first. @param root absolute path of the data directory */
export function readLog(root: string, limit: number, filter: LogFilter = {}): LogLine[] {
  const folder = join(root, logFolder);
  const found: LogLine[] = [];
  for (const name of [currentName, ...asideIn(folder).reverse()]) {
    if (found.length >= limit) break;
    found.unshift(...linesOf(textOf(join(folder, name))).filter((line) => isWanted(line, filter)).slice(-(limit - found.length)));
  }
  return found;
}

/**
 * Hands over lines as they are written, by any process, until it is ended. Nothing is asked for while nothing is written.
 * @returns what ends it
 */
export function followLog(root: string, filter: LogFilter, onLines: (lines: readonly LogLine[]) => void): () => void {
  const folder = join(root, logFolder);
  /** How far each file was read; a file that is moved aside stays the same file. */
  let read: ReadonlyMap<string, number> = new Map();
  const look = (on: (lines: readonly LogLine[]) => void): void => {
    const before = read;
    const now = new Map<string, number>(); // another file may get the number of one that is gone
    read = now;
    for (const name of [...asideIn(folder), currentName]) {
      const lines = newLines(join(folder, name), before, now).filter((line) => isWanted(line, filter));
      if (lines.length > 0) on(lines);
    }
  };
  look(() => undefined);
  const watcher = watch(folder, () => look(onLines));
  return () => watcher.close();
}

function newLines(path: string, read: ReadonlyMap<string, number>, now: Map<string, number>): LogLine[] {
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  const handle = openSync(path, constants.O_RDONLY | noFollow);
  try {
    const { dev, ino, size } = fstatSync(handle);
    const file = `${dev}:${ino}`;
    const before = read.get(file) ?? 0;
    const from = before <= size ? before : 0;
    const bytes = Buffer.alloc(size - from);
    const text = bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, from));
    const whole = text.subarray(0, text.lastIndexOf(10) + 1); // a line that is being written is not there yet
    now.set(file, from + whole.length);
    return linesOf(whole.toString('utf8'));
  } finally {
    closeSync(handle);
  }
}

function textOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, { encoding: 'utf8', flag: constants.O_RDONLY | noFollow }) : '';
}

/** What is no line of a log, such as one that was torn when a disk was full, is passed over. */
function linesOf(text: string): LogLine[] {
  return text.split('\n').flatMap((line) => parsed(line) ?? []);
}

function parsed(text: string): LogLine | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const { time, level, category, event, process: kind, pid, ...fields } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof time !== 'string' || !isLogLevel(level) || level === 'off' || !isLogCategory(category) || typeof event !== 'string') return undefined;
    return { time, level, category, event, process: String(kind), pid: Number(pid), ...fields };
  } catch {
    return undefined; // torn
  }
}

function isWanted({ level, category }: LogLine, filter: LogFilter): boolean {
  const isAmong = !filter.categories || filter.categories.length === 0 || filter.categories.includes(category);
  return isAmong && logLevels.indexOf(level) <= logLevels.indexOf(filter.level ?? 'trace');
}

/** A line for a person: `2026-11-20 10:00:00.123 info  import  The sources were read. files=12 ms=530`. */
export function logText({ time, level, category, event, process: kind, pid, ...fields }: LogLine): string {
  const said = Object.entries(fields).map(([name, value]) => ` ${name}=${String(value)}`).join('');
  return `${time.replace('T', ' ').replace('Z', '')} ${level.padEnd(5)} ${category.padEnd(9)} ${eventOf(event)?.text ?? event}${said} (${kind} ${pid})`;
}
