/**
 * What is read of a source comes by the megabyte. It is stored in portions, so that nobody who records what happens now waits for the
 * write lock longer than one of them takes; how far the source is read is said with the last. Whoever is stopped in between reads the same
 * once more, and what is there already changes nothing.
 */

import type { RecordResult } from '../../shared/results.ts';
import type { Submission } from './submission.ts';

/** Characters of text in a portion: some tens of milliseconds. One record alone may have more. */
const portionCharacters = 128 << 10;
/** What a record costs beside its text, in characters. */
const recordCharacters = 300;

/** The submission itself where it says nothing of a source, or has images and documents: those are stored with what refers to them. */
export function portionsOf(submission: Submission, most = portionCharacters): Submission[] {
  const { records, cursor, contents } = submission;
  if (!cursor || (contents?.size ?? 0) > 0) return [submission];
  const { cursor: _last, ...before } = submission;
  const found: Submission[] = [];
  let [from, characters] = [0, 0];
  for (const [at, record] of records.entries()) {
    const own = recordCharacters + charactersOf(record);
    if (at > from && characters + own > most) {
      found.push({ ...before, records: records.slice(from, at) });
      [from, characters] = [at, 0];
    }
    characters += own;
  }
  return [...found, { ...submission, records: from === 0 ? records : records.slice(from) }];
}

/** One result for all portions, lines counted through. */
export function joined(portions: readonly Submission[], results: readonly RecordResult[]): RecordResult {
  let line = 0;
  return results.reduce((all, { accepted, duplicates, rejected }, at) => {
    const moved = rejected.map((each) => ({ ...each, line: line + each.line }));
    line += portions[at]?.records.length ?? 0;
    return { accepted: all.accepted + accepted, duplicates: all.duplicates + duplicates, rejected: [...all.rejected, ...moved] };
  }, { accepted: 0, duplicates: 0, rejected: [] });
}

/** Deeper values are refused. */
const maxDepth = 64;

function charactersOf(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || depth > maxDepth) return 0;
  return Object.values(value).reduce((sum: number, inner) => sum + charactersOf(inner, depth + 1), 0);
}
