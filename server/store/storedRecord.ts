/**
 * Records as they lie in the journal, for whoever reads many of them: what a record is about is read at once, its payload when it is first
 * looked at. Most questions choose, sort, count and name records by what they are about, and a payload is most of a line.
 */

import type { DaybookRecord } from '../../shared/record.ts';
import { codes, endOfText, follows, startOf } from './lineStart.ts';
import { parseRecord, isTextOrAbsent } from './payload.ts';

/**
 * The record a journal line holds; undefined when it is none. It is an object like any other, but for the moment at which its payload is
 * parsed. Of a line that others wrote in another order than Daybook's everything is parsed at once.
 * @param start of the line in `lines`
 * @param end where the line ends, without its line break
 */
export function storedRecord(lines: Buffer, start = 0, end = lines.length): DaybookRecord | undefined {
  return usualRecord(lines, start, end) ?? parseRecord(lines.subarray(start, end));
}

/** Attributes are no objects: a line that ends with two braces ends with its payload. */
const brace = 0x7d;
const beforeSubject = codes('","subject":"');

function usualRecord(lines: Buffer, start: number, end: number): DaybookRecord | undefined {
  const begins = lines[end - 1] === brace && lines[end - 2] === brace ? startOf(lines, start, end) : undefined;
  if (!begins || begins.middle.kind === '') return undefined;
  const { idAt, idEnd, middle: { source, type }, timeAt, timeEnd } = begins;
  const hasSubject = follows(lines, timeEnd, beforeSubject);
  const subjectAt = timeEnd + beforeSubject.length;
  const subjectEnd = hasSubject ? endOfText(lines, subjectAt, end) : timeEnd;
  const others = subjectEnd === -1 ? undefined : othersAt(lines, subjectEnd + 1, end);
  if (!others) return undefined;
  const record: Writable = {
    specversion: '1.0', id: lines.toString('latin1', idAt, idEnd), source, type, time: lines.toString('utf8', timeAt, timeEnd),
  };
  if (hasSubject) record.subject = lines.toString('utf8', subjectAt, subjectEnd);
  Object.assign(record, others.attributes);
  // A text of its own: a view would hold all lines that lie around this one.
  new Unread(record, lines.toString('utf8', subjectEnd + 1 + others.bytes.length, end - 1));
  return Object.defineProperty(record, 'data', whenAsked) as DaybookRecord;
}

type Writable = { -readonly [Name in keyof Omit<DaybookRecord, 'data'>]: DaybookRecord[Name] };

/** What stands between the subject of a line, or its time, and its payload: lines that lie together mostly have it in common. */
interface Others {
  readonly bytes: Buffer;
  readonly attributes: Partial<DaybookRecord>;
}

/** Those that were seen last, the newest first. */
const seen: Others[] = [];
const mostSeen = 8;
/** Longer ones are not kept. */
const mostBytes = 512;
const beforeData = Buffer.from(',"data":');
/** Read before, or to be set by nobody. */
const taken = ['specversion', 'id', 'source', 'type', 'time', 'subject', 'data', '__proto__'];

function othersAt(lines: Buffer, at: number, end: number): Others | undefined {
  for (const others of seen) if (ends(lines, at, others.bytes)) return others;
  const dataAt = lines.indexOf(beforeData, at);
  const others = dataAt === -1 || dataAt > end ? undefined : readOthers(lines, at, dataAt);
  if (others && others.bytes.length <= mostBytes) {
    seen.unshift(others);
    seen.length = Math.min(seen.length, mostSeen);
  }
  return others;
}

/** Whether these bytes stand here, looked at from the end: what begins alike mostly ends with another actor. */
function ends(lines: Buffer, at: number, expected: Buffer): boolean {
  for (let index = expected.length - 1; index >= 0; index--) if (lines[at + index] !== expected[index]) return false;
  return true;
}

function readOthers(lines: Buffer, at: number, dataAt: number): Others | undefined {
  try {
    const attributes = JSON.parse(`{${lines.toString('utf8', at + 1, dataAt)}}`) as Partial<DaybookRecord>;
    const { sessionid, workspace, actor } = attributes;
    const isUsual = [sessionid, workspace, actor].every(isTextOrAbsent) && taken.every((name) => !Object.hasOwn(attributes, name));
    return isUsual ? { bytes: Buffer.from(lines.subarray(at, dataAt + beforeData.length)), attributes } : undefined;
  } catch {
    return undefined; // a name of an attribute has this in it: whoever parses the line sees what it is
  }
}

/** What is given to it is what it makes: lets a field that nobody else sees be put on an object that is there already. */
const Given = function (given: object): object {
  return given;
} as unknown as new (given: object) => object;

/** The payload of a record, as it stands in its line, for as long as nobody has looked at it. */
class Unread extends Given {
  #payload: string;

  constructor(record: object, payload: string) {
    super(record);
    this.#payload = payload;
  }

  /** Empty where the line was damaged by hand: it was counted as unreadable when it was indexed. */
  static take(record: Unread): unknown {
    const text = record.#payload;
    record.#payload = '';
    // Somebody else may have written an object behind it, which no attribute is.
    return parsed(text) ?? parsed(`{"data":${text}}`, 'data') ?? {};
  }
}

/** Undefined where it is no JSON. */
function parsed(text: string, name?: string): unknown {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    return name === undefined ? value : value[name];
  } catch {
    return undefined;
  }
}

/** One for all records, so that they are of one shape. */
const whenAsked: PropertyDescriptor = {
  configurable: true,
  enumerable: true,
  get(this: Unread) {
    const value = Unread.take(this);
    Object.defineProperty(this, 'data', { value, configurable: true, enumerable: true, writable: true });
    return value;
  },
};
