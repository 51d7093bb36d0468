/** What the beginning of a journal line says of its record: enough to sort and to choose, for a hundredth of what parsing the line costs. */

import { parseType } from '../../shared/record.ts';
import { parseRecord } from './payload.ts';

export interface LineHead {
  readonly id: string;
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface Wanted {
  /** Milliseconds since 1970. */
  readonly since: number;
  /** The same, excluded. */
  readonly until: number;
  /** Such as `terminal.command`; all when absent. */
  readonly kinds?: readonly string[];
}

/** Daybook writes the attributes of a record in this order; its ids are ASCII, and nothing up to the time has to be escaped. */
const [beforeId, beforeSource, beforeType, beforeTime] = ['{"specversion":"1.0","id":"', '","source":"', '","type":"', '","time":"'].map(codes) as [Codes, Codes, Codes, Codes];
type Codes = readonly number[];
/** Bytes of a line within which its head has to end. */
const most = 320;
const [quote, backslash, zero] = [0x22, 0x5c, 0x30];
const always: Wanted = { since: -Infinity, until: Infinity };

/** Undefined when the line is no record, or is not wanted. A line that was written by others, in another order, is parsed. */
export function headOf(line: Buffer, wanted = always): LineHead | undefined {
  return headAt(line, 0, line.length, wanted);
}

/**
 * The same of a line among others, without its line break. Looks at bytes where they lie rather than at a text or a view made of them:
 * whoever looks for some records looks at hundreds of lines.
 * @param start of the line in `lines`
 * @param end where the line ends
 */
export function headAt(lines: Buffer, start: number, end: number, { since, until, kinds }: Wanted): LineHead | undefined {
  const last = Math.min(end, start + most);
  const idAt = start + beforeId.length;
  const idEnd = follows(lines, start, beforeId) ? endOfAscii(lines, idAt, last) : -1;
  const middle = idEnd === -1 ? undefined : middleAt(lines, idEnd, last);
  const timeAt = idEnd + (middle?.codes.length ?? 0);
  const timeEnd = middle ? endOfText(lines, timeAt, last) : -1;
  const time = timeEnd === -1 ? NaN : timeOf(lines, timeAt, timeEnd);
  if (!middle || Number.isNaN(time)) return parsedHead(lines.subarray(start, end), { since, until, ...(kinds && { kinds }) });
  if (time < since || time >= until || (kinds && !kinds.includes(middle.kind))) return undefined;
  return new Head(lines, time, middle.type, idAt, idEnd);
}

/** Makes its id when it is asked for, which is seldom. */
class Head implements LineHead {
  readonly time: number;
  readonly type: string;
  private readonly lines: Buffer;
  private readonly idAt: number;
  private readonly idEnd: number;

  constructor(lines: Buffer, time: number, type: string, idAt: number, idEnd: number) {
    this.lines = lines;
    this.time = time;
    this.type = type;
    this.idAt = idAt;
    this.idEnd = idEnd;
  }

  get id(): string {
    return this.lines.toString('latin1', this.idAt, this.idEnd);
  }
}

/** What stands between the id of a line and its time: source and type, which lines that lie together have in common. */
interface Middle {
  readonly codes: Codes;
  readonly type: string;
  readonly kind: string;
}

/** Those that were seen last, the newest first. */
const middles: Middle[] = [];
const mostMiddles = 8;

function middleAt(lines: Buffer, at: number, end: number): Middle | undefined {
  for (const middle of middles) {
    // Its last bytes tell most of the others apart.
    const next = at + middle.codes.length;
    if (next <= end && lines[next - 1] === quote && follows(lines, at, middle.codes)) return middle;
  }
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
  return { codes: [...lines.subarray(at, typeEnd + beforeTime.length)], type, kind: parseType(type)?.kind ?? '' };
}

function parsedHead(line: Buffer, { since, until, kinds }: Wanted): LineHead | undefined {
  const record = parseRecord(line);
  const time = Date.parse(record?.time ?? '');
  if (!record || !(time >= since && time < until)) return undefined;
  return !kinds || kinds.includes(parseType(record.type)?.kind ?? '') ? { id: record.id, type: record.type, time } : undefined;
}

function codes(text: string): Codes {
  return [...Buffer.from(text)];
}

function follows(line: Buffer, at: number, expected: Codes): boolean {
  for (let index = 0; index < expected.length; index++) if (line[at + index] !== expected[index]) return false;
  return true;
}

/** Where the text that begins here ends; -1 when something in it is escaped, or it goes on for too long. */
function endOfText(line: Buffer, from: number, end: number): number {
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

const usualLength = '2026-11-20T10:00:00.000Z'.length;
const dayLength = '2026-11-20'.length;
let lastDay: { readonly codes: Codes; readonly begins: number } = { codes: codes('1970-01-01'), begins: 0 };

/** Lines that stand together are of one day, which is asked of `Date` once. */
function timeOf(line: Buffer, from: number, to: number): number {
  const isUsual = to - from === usualLength && line[to - 1] === 0x5a && line[from + 10] === 0x54
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
