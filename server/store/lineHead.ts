/** What the beginning of a journal line says of its record: enough to sort and to choose, for a hundredth of what parsing the line costs. */

import { parseType } from '../../shared/record.ts';
import { startOf } from './lineStart.ts';
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

const always: Wanted = { since: -Infinity, until: Infinity };

/** Undefined when the line is no record, or is not wanted. A line that was written by others, in another order, is parsed. */
export function headOf(line: Buffer, wanted = always): LineHead | undefined {
  return headAt(line, 0, line.length, wanted);
}

/**
 * The same of a line among others, without its line break.
 * @param start of the line in `lines`
 * @param end where the line ends
 */
export function headAt(lines: Buffer, start: number, end: number, wanted: Wanted): LineHead | undefined {
  const begins = startOf(lines, start, end);
  if (!begins) return parsedHead(lines.subarray(start, end), wanted);
  const { time, middle: { type, kind }, idAt, idEnd } = begins;
  if (time < wanted.since || time >= wanted.until || (wanted.kinds && !wanted.kinds.includes(kind))) return undefined;
  return new Head(lines, time, type, idAt, idEnd);
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

function parsedHead(line: Buffer, { since, until, kinds }: Wanted): LineHead | undefined {
  const record = parseRecord(line);
  const time = Date.parse(record?.time ?? '');
  if (!record || !(time >= since && time < until)) return undefined;
  return !kinds || kinds.includes(parseType(record.type)?.kind ?? '') ? { id: record.id, type: record.type, time } : undefined;
}
