/** What readings of one file have to have in common, however the file was cut. */

import type { ImportedRecord } from '../../../../server/importers/importer.ts';
import { headers, quiet, said, type Following } from './following.ts';

/** Records in order and headers by session. Times that are only the file's are left out: they say when it was read. */
export function essence(file: Following): unknown {
  const { true: taken = [], false: others = [] } = Object.groupBy(said(file), (record) => (isSuperseded(record) ? 'true' : 'false'));
  const records = [...others, ...taken.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))].map(({ time, ...record }) => ({ ...record, time: isOfFile(time) ? 'of the file' : time }));
  return { records, headers: [...headers(file)] };
}

/** Everything in these files was said before this run began. */
function isOfFile(time: string): boolean {
  return Date.parse(time) / 1_000 >= quiet;
}

export function keyOf(record: ImportedRecord): string {
  return `${record.session} ${record.kind === 'session' ? '' : record.id}`;
}

/** Of the records of one kind, in order. */
export function keysOf(file: Following, kind: ImportedRecord['kind']): string[] {
  return said(file).filter((record) => record.kind === kind).map(keyOf);
}

/** Whether a person took it back: it has no place in the order any more. */
export function isSuperseded(record: ImportedRecord): boolean {
  return record.kind === 'message' && record.data.superseded === true;
}

/** Problems that a file may have because its end is missing. */
export const problemsOfCut: readonly string[] = ['torn-line', 'malformed-document', 'unrecognised-file'];
