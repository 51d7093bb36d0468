/**
 * Recent records that hold words, the newest first. A backfill may leave hundreds of thousands of them: sorting all that match would take
 * the longer the more there are. What matches seldom is sorted; of what matches often, the newest records are asked whether they match.
 */

import type { Sqlite } from './database.ts';
import type { Line } from './lineReader.ts';
import { newestWithin, recordWithin, type Bounds } from './scope.ts';

export interface RecentLine extends Line {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface RecentMatches {
  /**
   * Lines within the bounds of which the index says that they match, by time and, where that is equal, by key: the order in which they came
   * is another one after a rebuild. Lazy: whoever has enough stops.
   * @param text an FTS5 expression
   */
  newest(text: string, bounds: Bounds): Generator<RecentLine>;
  /** How many match, counted no further than a person would read. */
  count(text: string): number;
}

/** With up to so many matches, sorting all of them takes a few milliseconds. */
const fewMatches = 4_000;
/** Newest records that are asked at first; then twice as many, and so on, up to the other. */
const firstStretch = 256;
const longestStretch = 8_192;
/** Numbers that lie so near each other are looked up in one go. */
const nearby = 128;
const mostCounted = 10_000;

const columns = 'r.seq, r.time, f.path, r.start, r.length';
const older = 'r.time <= :time AND (r.time < :time OR r.key > :key)';

interface Candidate extends RecentLine {
  readonly key: Buffer;
}

type From = Bounds & { readonly time: number; readonly key: Buffer; readonly limit: number };

/** @param few with fewer matches than this, all of them are sorted; tests have others */
export function openRecentMatches(database: Sqlite, few = fewMatches): RecentMatches {
  const some = database.prepare<[string, number], number>('SELECT count(*) FROM (SELECT 1 FROM text WHERE text MATCH ? LIMIT ?)').pluck();
  const sorted = database.prepare<[Bounds & { text: string }], RecentLine>(`SELECT ${columns} FROM text JOIN record r ON r.seq = text.rowid
    JOIN journal_file f ON f.id = r.file WHERE text MATCH :text AND r.superseded = 0 AND ${recordWithin} ORDER BY r.time DESC, r.key`);
  const byTime = database.prepare<[From], Candidate>(`SELECT ${columns}, r.key FROM record r JOIN journal_file f ON f.id = r.file
    WHERE ${older} AND r.superseded = 0 AND ${newestWithin} ORDER BY r.time DESC, r.key LIMIT :limit`);
  // Of a few sessions the times are nearer than those of everything.
  const ofSessions = database.prepare<[From], Candidate>(`SELECT ${columns}, r.key FROM record r INDEXED BY record_session JOIN journal_file f ON f.id = r.file
    WHERE r.session IN (SELECT value FROM json_each(:sessions)) AND ${older} AND r.superseded = 0 AND ${recordWithin} ORDER BY r.time DESC, r.key LIMIT :limit`);
  const within = database.prepare<[string, number, number], number>('SELECT rowid FROM text WHERE text MATCH ? AND rowid BETWEEN ? AND ?').pluck();
  const counted = database.prepare<[string, number], number>(
    'SELECT count(*) FROM (SELECT 1 FROM text JOIN record r ON r.seq = text.rowid WHERE text MATCH ? AND r.superseded = 0 LIMIT ?)',
  ).pluck();

  function* stretches(bounds: Bounds): Generator<Candidate[]> {
    const statement = bounds.sessions === null ? byTime : ofSessions;
    let [time, key]: [number, Buffer] = [Number.MAX_SAFE_INTEGER, Buffer.alloc(0)];
    for (let limit = firstStretch; ; limit = Math.min(limit * 2, longestStretch)) {
      const found = statement.all({ ...bounds, time, key, limit });
      yield found;
      const last = found.at(-1);
      if (!last || found.length < limit) return;
      ({ time, key } = last);
    }
  }

  function* common(text: string, bounds: Bounds): Generator<RecentLine> {
    // All words that begin so are looked up each time that it is asked for.
    const gap = text.includes('*') ? Infinity : nearby;
    for (const stretch of stretches(bounds)) {
      const matching = new Set(ranges(stretch.map(({ seq }) => seq), gap).flatMap(([first, last]) => within.all(text, first, last)));
      yield* stretch.filter(({ seq }) => matching.has(seq));
    }
  }

  return {
    * newest(text, bounds) {
      if ((some.get(text, few) ?? 0) < few) yield* sorted.all({ ...bounds, text });
      else yield* common(text, bounds);
    },
    count: (text) => counted.get(text, mostCounted) ?? 0,
  };
}

/** Ranges, ends included, of all the numbers, in which no more than `gap` lie between one and the next. */
function ranges(numbers: readonly number[], gap: number): [first: number, last: number][] {
  const found: [number, number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && number - last[1] <= gap) last[1] = number;
    else found.push([number, number]);
  }
  return found;
}
