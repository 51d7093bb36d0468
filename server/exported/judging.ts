/** Which rows of an exported file hold something that goes, or whether the file does as a whole. */

import { basename } from 'node:path';
import type { SessionMarked } from '../../shared/marks.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { baseId } from '../store/counts.ts';
import { fields, parseRecord } from '../store/payload.ts';
import { contentsOf } from './contents.ts';
import type { KnownFile } from './known.ts';
import type { Mark, Marks } from './marks.ts';
import { csvFields, csvRows, lines } from './rows.ts';

/** What goes: ids of records without the marks of their revisions, and names of sessions. */
export interface Going {
  readonly records: ReadonlySet<string>;
  readonly sessions: ReadonlySet<string>;
}

export function goes({ records, sessions }: Going, record: DaybookRecord): boolean {
  if (records.has(baseId(record.id)) || (record.sessionid !== undefined && sessions.has(record.sessionid))) return true;
  return record.type === 'dev.daybook.event.session.marked' && sessions.has(String(fields<SessionMarked>(record).session));
}

/**
 * How a file is made up: `records` is a record a line, `array` the same as one JSON array, `table` a record a row, `examples` and `rows` lines
 * and rows without the ids of all that they hold, `papers` what lies beside a dataset, `document` everything else.
 */
export type MakeUp = 'records' | 'array' | 'table' | 'examples' | 'rows' | 'papers' | 'document';

export function makeUpOf({ path, format, dataset }: KnownFile): MakeUp {
  if (format === undefined) return 'document';
  if (dataset && /^(?:manifest\.json|README\.md)$/.test(basename(path))) return 'papers';
  if (path.endsWith('.csv') && format === 'csv') return 'table';
  if (format === 'progsnap2') return path.endsWith('.csv') ? 'rows' : 'document';
  if (format === 'jsonl') return 'records';
  if (format === 'json') return 'array';
  return linesOfExamples.has(format) ? 'examples' : 'document';
}

const linesOfExamples: ReadonlySet<string> = new Set(['openai', 'sharegpt', 'alpaca', 'huggingface', 'preference', 'labels', 'next-edit', 'fill-in-the-middle', 'otlp']);

/** Whether the rows name by themselves what they are: then nothing has to be compared. */
export function isExact(makeUp: MakeUp): boolean {
  return makeUp === 'records' || makeUp === 'array' || makeUp === 'table';
}

/** The rows of a file, each with whether it goes. */
export async function* judgedRows(makeUp: MakeUp, pieces: AsyncIterable<Buffer>, going: Going, marks: Marks): AsyncGenerator<{ readonly row: Buffer; readonly goes: boolean }> {
  const holds = holder(marks);
  const judge = makeUp === 'table' ? tableJudge(going) : isExact(makeUp) ? recordJudge(going) : holds;
  for await (const row of makeUp === 'table' || makeUp === 'rows' ? csvRows(pieces) : lines(pieces)) yield { row, goes: judge(row) };
}

function recordJudge(going: Going): (row: Buffer) => boolean {
  return (row) => {
    let end = row.length;
    while (end > 0 && [0x0a, 0x0d, 0x2c].includes(row[end - 1] ?? 0)) end--;
    const record = parseRecord(row.subarray(0, end));
    return record !== undefined && goes(going, record);
  };
}

/** By the names of the columns, which are the first row. */
function tableJudge(going: Going): (row: Buffer) => boolean {
  let columns: string[] | undefined;
  return (row) => {
    const values = csvFields(row.toString('utf8'));
    if (!columns) {
      columns = values;
      return false;
    }
    const value = (name: string): string | undefined => values[columns?.indexOf(name) ?? -1] || undefined;
    const [id, sessionid, type, data] = ['id', 'sessionid', 'type', 'data'].map(value);
    const marked = type === 'dev.daybook.event.session.marked' && data !== undefined ? objectOf(data) : {};
    return goes(going, { id: id ?? '', type: type ?? '', data: marked, ...(sessionid !== undefined && { sessionid }) } as DaybookRecord);
  };
}

function objectOf(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return {}; // somebody changed it: its id still tells
  }
}

function holder(marks: Marks): (bytes: Buffer) => boolean {
  let isFound = false;
  const looking = marks.look(() => {
    isFound = true;
  });
  return (bytes) => {
    isFound = false;
    looking.take(bytes);
    looking.end();
    return isFound;
  };
}

/** All marks that are in a file or its name. Throws `Unreadable`, or what the file system says. */
export async function marksIn(path: string, marks: Marks): Promise<ReadonlySet<Mark>> {
  const found = new Set<Mark>();
  const looking = marks.look((mark) => found.add(mark));
  looking.take(Buffer.from(basename(path)));
  looking.end();
  for await (const piece of contentsOf(path)) {
    if (piece) looking.take(piece);
    else looking.end();
  }
  looking.end();
  return found;
}
