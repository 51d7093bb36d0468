/** What the beginning of a journal line says of its record: enough to sort and to choose, for a hundredth of what parsing the line costs. */

import { parseType } from '../../shared/record.ts';
import { middleBehindUuid, startOf, timeAt, uuidEnd } from './lineStart.ts';
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
  const middle = middleBehindUuid(lines, start, end);
  const likely = middle ? timeAt(lines, start + uuidEnd + middle.codes.length, end) : NaN;
  if (middle && !Number.isNaN(likely)) return isWanted(wanted, likely, middle.kind) ? new Head(lines, start, end, likely, middle.type) : undefined;
  const begins = startOf(lines, start, end);
  if (!begins) return parsedHead(lines.subarray(start, end), wanted);
  return isWanted(wanted, begins.time, begins.middle.kind) ? new Head(lines, start, end, begins.time, begins.middle.type) : undefined;
}

function isWanted({ since, until, kinds }: Wanted, time: number, kind: string): boolean {
  return time >= since && time < until && (!kinds || kinds.includes(kind));
}

/** Reads its id when it is asked for, which is seldom. */
class Head implements LineHead {
  readonly time: number;
  readonly type: string;
  private readonly lines: Buffer;
  private readonly start: number;
  private readonly end: number;

  constructor(lines: Buffer, start: number, end: number, time: number, type: string) {
    this.lines = lines;
    this.start = start;
    this.end = end;
    this.time = time;
    this.type = type;
  }

  get id(): string {
    const { lines, start, end } = this;
    const begins = startOf(lines, start, end);
    return begins ? lines.toString('latin1', begins.idAt, begins.idEnd) : parseRecord(lines.subarray(start, end))?.id ?? '';
  }
}

function parsedHead(line: Buffer, wanted: Wanted): LineHead | undefined {
  const record = parseRecord(line);
  const time = Date.parse(record?.time ?? '');
  return record && isWanted(wanted, time, parseType(record.type)?.kind ?? '') ? { id: record.id, type: record.type, time } : undefined;
}
