/** What the beginning of a journal line says of its record: enough to sort and to choose, for a hundredth of what parsing the line costs. */

import { parseRecord } from './payload.ts';

export interface LineHead {
  readonly id: string;
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Milliseconds since 1970, `until` excluded. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

/** Daybook writes the attributes of a record in this order; its ids are ASCII, and nothing up to the time has to be escaped. */
const [beforeId, beforeSource, beforeType, beforeTime] = ['{"specversion":"1.0","id":"', '","source":"', '","type":"', '","time":"'].map(codes) as [Codes, Codes, Codes, Codes];
type Codes = readonly number[];
/** Bytes of a line within which its head has to end. */
const most = 320;
const [quote, backslash, zero] = [0x22, 0x5c, 0x30];
const always: Span = { since: -Infinity, until: Infinity };

/**
 * Undefined when the line is no record, or is none of this span. A line that was written by others, in another order, is parsed.
 * Looks at bytes rather than at a text made of them: whoever looks for some records looks at hundreds of lines.
 */
export function headOf(line: Buffer, { since, until } = always): LineHead | undefined {
  const idAt = beforeId.length;
  const idEnd = follows(line, 0, beforeId) ? endOfText(line, idAt) : -1;
  const sourceEnd = idEnd !== -1 && isAscii(line, idAt, idEnd) && follows(line, idEnd, beforeSource) ? endOfText(line, idEnd + beforeSource.length) : -1;
  const typeAt = sourceEnd + beforeType.length;
  const typeEnd = sourceEnd !== -1 && follows(line, sourceEnd, beforeType) ? endOfText(line, typeAt) : -1;
  const timeAt = typeEnd + beforeTime.length;
  const timeEnd = typeEnd !== -1 && isAscii(line, typeAt, typeEnd) && follows(line, typeEnd, beforeTime) ? endOfText(line, timeAt) : -1;
  const time = timeEnd === -1 ? NaN : timeOf(line, timeAt, timeEnd);
  if (Number.isNaN(time)) return parsedHead(line, since, until);
  if (time < since || time >= until) return undefined;
  return new Head(line, time, idAt, idEnd, typeAt, typeEnd);
}

/** Makes its texts when they are asked for, which is seldom: they are most of what looking at a head costs. */
class Head implements LineHead {
  readonly time: number;
  private readonly line: Buffer;
  private readonly places: readonly [number, number, number, number];

  constructor(line: Buffer, time: number, ...places: readonly [idAt: number, idEnd: number, typeAt: number, typeEnd: number]) {
    this.line = line;
    this.time = time;
    this.places = places;
  }

  get id(): string {
    return this.line.toString('latin1', this.places[0], this.places[1]);
  }

  get type(): string {
    return this.line.toString('latin1', this.places[2], this.places[3]);
  }
}

function parsedHead(line: Buffer, since: number, until: number): LineHead | undefined {
  const record = parseRecord(line);
  const time = Date.parse(record?.time ?? '');
  return record && time >= since && time < until ? { id: record.id, type: record.type, time } : undefined;
}

function codes(text: string): Codes {
  return [...Buffer.from(text)];
}

function follows(line: Buffer, at: number, expected: Codes): boolean {
  for (let index = 0; index < expected.length; index++) if (line[at + index] !== expected[index]) return false;
  return true;
}

/** Where the text that begins here ends; -1 when something in it is escaped, or it goes on for too long. */
function endOfText(line: Buffer, from: number): number {
  const end = Math.min(line.length, most);
  for (let at = from; at < end; at++) {
    if (line[at] === quote) return at;
    if (line[at] === backslash) return -1;
  }
  return -1;
}

function isAscii(line: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = line[at] ?? 0;
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
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
