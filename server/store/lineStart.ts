/**
 * Reads the beginning of a journal line where it lies among others: bytes, rather than a text or a view made of them, for whoever looks for
 * some records looks at hundreds of lines.
 */

import { parseType } from '../../shared/record.ts';

/** Places of what stands at the beginning of a line, quotes left out, and what it says. */
export interface LineStart {
  readonly idAt: number;
  readonly idEnd: number;
  readonly middle: Middle;
  readonly timeAt: number;
  readonly timeEnd: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Daybook writes the attributes of a record in this order; its ids are ASCII, and nothing up to the time has to be escaped. */
const [beforeId, beforeSource, beforeType, beforeTime] = ['{"specversion":"1.0","id":"', '","source":"', '","type":"', '","time":"'].map(codes) as [Codes, Codes, Codes, Codes];
export type Codes = readonly number[];
/** Bytes of a line within which this has to end. */
const most = 320;
const [quote, backslash, zero] = [0x22, 0x5c, 0x30];

/**
 * Undefined when somebody else wrote the line, in another order or with other escapes: then it has to be parsed.
 * @param start of the line in `lines`
 * @param end where the line ends, without its line break
 */
export function startOf(lines: Buffer, start: number, end: number): LineStart | undefined {
  const last = Math.min(end, start + most);
  const idAt = start + beforeId.length;
  const idEnd = follows(lines, start, beforeId) ? endOfAscii(lines, idAt, last) : -1;
  const middle = idEnd === -1 ? undefined : middleAt(lines, idEnd, last);
  if (!middle) return undefined;
  const timeStart = idEnd + middle.codes.length;
  const timeEnd = endOfText(lines, timeStart, last);
  const time = timeEnd === -1 ? NaN : timeOf(lines, timeStart, timeEnd);
  return Number.isNaN(time) ? undefined : { idAt, idEnd, middle, timeAt: timeStart, timeEnd, time };
}

const uuidLength = 36;
/** Bytes up to the end of an id that is a UUID, as those of what happens live are. */
export const uuidEnd = beforeId.length + uuidLength;
const timeLength = '2026-11-20T10:00:00.000Z'.length;

/**
 * What stands behind the id of a line, where that is as long as a UUID and what follows was seen before: half of the work of `startOf`, for
 * most of the lines that a scan looks at. Nobody looked at the id itself.
 */
export function middleBehindUuid(lines: Buffer, start: number, end: number): Middle | undefined {
  return follows(lines, start, beforeId) ? knownMiddle(lines, start + uuidEnd, Math.min(end, start + most)) : undefined;
}

/** The time that begins there, in milliseconds since 1970; NaN when it is not written as Daybook does. */
export function timeAt(lines: Buffer, at: number, end: number): number {
  return at + timeLength < end && lines[at + timeLength] === quote ? timeOf(lines, at, at + timeLength) : NaN;
}

/** What stands between the id of a line and its time: source and type, which lines that lie together have in common. */
export interface Middle {
  readonly codes: Codes;
  readonly source: string;
  readonly type: string;
  /** Empty when the type is none of Daybook's. */
  readonly kind: string;
}

/** Those that were seen last, the newest first. */
const middles: Middle[] = [];
const mostMiddles = 8;

function knownMiddle(lines: Buffer, at: number, end: number): Middle | undefined {
  for (const middle of middles) {
    // Its last bytes tell most of the others apart.
    const next = at + middle.codes.length;
    if (next <= end && lines[next - 1] === quote && follows(lines, at, middle.codes)) return middle;
  }
  return undefined;
}

function middleAt(lines: Buffer, at: number, end: number): Middle | undefined {
  const known = knownMiddle(lines, at, end);
  if (known) return known;
  const found = readMiddle(lines, at, end);
  if (found) {
    middles.unshift(found);
    middles.length = Math.min(middles.length, mostMiddles);
  }
  return found;
}

function readMiddle(lines: Buffer, at: number, end: number): Middle | undefined {
  const sourceEnd = follows(lines, at, beforeSource) ? endOfText(lines, at + beforeSource.length, end) : -1;
  const typeAt = sourceEnd + beforeType.length;
  const typeEnd = sourceEnd !== -1 && follows(lines, sourceEnd, beforeType) ? endOfAscii(lines, typeAt, end) : -1;
  if (typeEnd === -1 || !follows(lines, typeEnd, beforeTime)) return undefined;
  const type = lines.toString('latin1', typeAt, typeEnd);
  const source = lines.toString('utf8', at + beforeSource.length, sourceEnd);
  return { codes: [...lines.subarray(at, typeEnd + beforeTime.length)], source, type, kind: parseType(type)?.kind ?? '' };
}

export function codes(text: string): Codes {
  return [...Buffer.from(text)];
}

export function follows(line: Buffer, at: number, expected: Codes): boolean {
  for (let index = 0; index < expected.length; index++) if (line[at + index] !== expected[index]) return false;
  return true;
}

/** Where the text that begins here ends: at its quote. -1 when something in it is escaped, or it goes on for too long. */
export function endOfText(line: Buffer, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (line[at] === quote) return at;
    if (line[at] === backslash) return -1;
  }
  return -1;
}

/** The same of a text in ASCII; -1 also when something else is in it. */
function endOfAscii(lines: Buffer, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const code = lines[at] ?? 0;
    if (code === quote) return at;
    if (code === backslash || code < 0x20 || code > 0x7e) return -1;
  }
  return -1;
}

const dayLength = '2026-11-20'.length;
let lastDay: { readonly codes: Codes; readonly begins: number } = { codes: codes('1970-01-01'), begins: 0 };

/** Lines that stand together are of one day, which is asked of `Date` once. */
function timeOf(line: Buffer, from: number, to: number): number {
  const isUsual = to - from === timeLength && line[to - 1] === 0x5a && line[from + 10] === 0x54
    && line[from + 13] === 0x3a && line[from + 16] === 0x3a && line[from + 19] === 0x2e;
  const [hours, minutes, seconds] = isUsual ? [two(line, from + 11), two(line, from + 14), two(line, from + 17)] : [NaN, NaN, NaN];
  const thousandths = isUsual ? two(line, from + 20) * 10 + digit(line, from + 22) : NaN;
  if (!(hours < 24 && minutes < 60 && seconds < 60 && thousandths < 1_000)) return Date.parse(line.toString('latin1', from, to));
  if (!follows(line, from, lastDay.codes)) {
    const day = line.toString('latin1', from, from + dayLength);
    lastDay = { codes: codes(day), begins: Date.parse(`${day}T00:00:00.000Z`) };
  }
  return lastDay.begins + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + thousandths;
}

function two(line: Buffer, at: number): number {
  return digit(line, at) * 10 + digit(line, at + 1);
}

function digit(line: Buffer, at: number): number {
  const value = (line[at] ?? 0) - zero;
  return value >= 0 && value <= 9 ? value : NaN;
}
