/** Records in the order of time. */

import type { DaybookRecord } from '../../shared/record.ts';

/** Oldest first. Most sessions are written as they happen: then there is nothing to do, and what says so is quick. */
export function inOrder(records: DaybookRecord[]): DaybookRecord[] {
  const isUtc = records.every(({ time }) => time.length === utcLength && time.endsWith('Z'));
  if (isUtc && records.every(({ time }, at) => time >= (records[at - 1]?.time ?? ''))) return records;
  const timed = records.map((each) => ({ each, time: Date.parse(each.time) }));
  return timed.sort((a, b) => a.time - b.time).map(({ each }) => each);
}

const utcLength = '2026-11-20T10:00:00.000Z'.length;
