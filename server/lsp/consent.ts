/** Lets through what the consent of each record's folder allows, and remembers what it turned away. */

import { limited } from '../../shared/consent.ts';
import type { ConsentLevel } from '../../shared/consentLevel.ts';
import { parseType } from '../../shared/record.ts';
import type { ShortRecord } from '../../shared/record.ts';
import type { RecordResult } from '../../shared/results.ts';

/** @param folder of the record; undefined where it has none */
export type LevelOf = (folder: string | undefined) => ConsentLevel;

/** Takes records in; resolves when they are durable. */
export type Intake = (records: readonly ShortRecord[], source: string) => Promise<RecordResult>;

/** `record`, told only what may be recorded. A record that is turned away is in `rejected`, with the line that it had. */
export function underConsent(levelOf: LevelOf, record: Intake): Intake {
  return async (records, source) => {
    const kept: { readonly line: number; readonly record: ShortRecord }[] = [];
    const refused: { line: number; reason: string }[] = [];
    for (const [index, each] of records.entries()) {
      const line = index + 1;
      const allowed = allow(each, levelOf);
      if (allowed === undefined) refused.push({ line, reason: 'The setting daybook.consent does not allow this to be recorded here.' });
      else kept.push({ line, record: allowed });
    }
    if (kept.length === 0) return { accepted: 0, duplicates: 0, rejected: refused };
    const result = await record(kept.map((each) => each.record), source);
    const rejected = result.rejected.map((each) => ({ ...each, line: kept[each.line - 1]?.line ?? each.line }));
    return { ...result, rejected: [...refused, ...rejected].sort((a, b) => a.line - b.line) };
  };
}

/** What is no record at all is left to those who can say what is wrong with it. */
function allow(record: ShortRecord, levelOf: LevelOf): ShortRecord | undefined {
  if (typeof record !== 'object' || record === null) return record;
  const level = levelOf(typeof record.workspace === 'string' ? record.workspace : undefined);
  if (!('specversion' in record)) return typeof record.kind === 'string' ? limited(record, level) : level === 'full' ? record : undefined;
  const { type } = record as { readonly type?: unknown };
  const of = typeof type === 'string' ? parseType(type) : undefined;
  if (!of) return record;
  const kept = limited({ ...(record as ShortRecord), ...of }, level);
  if (!kept) return undefined;
  const { family: _family, kind: _kind, ...event } = kept;
  return event as ShortRecord;
}
