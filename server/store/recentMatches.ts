/**
 * Recent records that hold words, the newest first. A backfill may leave hundreds of thousands of them: sorting all that match would take
 * the longer the more there are. What matches seldom is sorted; of what matches often, the newest records are asked whether they match.
 */

import { integer, type Sqlite } from './database.ts';
import type { Line } from './lineReader.ts';
import { newestWithin, recordWithin, type Bounds } from './scope.ts';

export interface RecentLine extends Line {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface RecentMatches {
  /**
   * Lines within the bounds that may match: the index says so, or was not asked about the newest ones, since most of them will do. By time
   * and, where that is equal, by key: the order in which they came is another one after a rebuild. Lazy: whoever has enough stops.
   * @param text an FTS5 expression
   */
  newest(text: string, bounds: Bounds): Iterable<RecentLine>;
  /** How many match, counted no further than a person would read. */
  count(text: string): number;
}

/** With up to so many matches, sorting all of them takes a few milliseconds. */
const fewMatches = 2_000;
/** Newest lines that are taken of a few that match; then four times as many, and so on. */
const firstLines = 128;
/** Of what matches often, so many are read before the index is asked: what every sixth record holds is often enough among them. */
const unaskedLines = 256;
/** Newest records that are asked at first; then twice as many, and so on, up to the other. */
const firstStretch = 256;
const longestStretch = 8_192;
/** Numbers that lie so near each other are looked up in one go. */
const nearby = 128;
/** Lines whose places are looked up at a time. */
const linesAtATime = 64;
const mostCounted = 1_000;

const columns = 'r.seq, r.time, f.path, r.start, r.length';
const older = 'r.time <= :time AND (r.time < :time OR r.key > :key)';

/** A record that is asked whether it matches. Where its line lies is looked up when it does: most are asked in vain. */
type Candidate = Pick<RecentLine, 'seq' | 'time'>;

type From = Bounds & { readonly time: number; readonly key: Buffer; readonly limit: number };

const newestOfAll: Pick<From, 'time' | 'key'> = { time: Number.MAX_SAFE_INTEGER, key: Buffer.alloc(0) };

/**
 * @param few with fewer matches than this, all of them are sorted; tests have others
 * @param unasked so many of the newest are returned without asking the index; tests have others
 */
export function openRecentMatches(database: Sqlite, few = fewMatches, unasked = unaskedLines): RecentMatches {
  const some = database.prepare<[string, number], number>('SELECT count(*) FROM (SELECT 1 FROM text WHERE text MATCH ? LIMIT ?)').pluck();
  // The words lead: all that match are looked at, and as many kept as are asked for.
  const sorted = database.prepare<[From & { text: string }], Candidate>(`SELECT r.seq, r.time FROM text CROSS JOIN record r ON r.seq = text.rowid
    WHERE text MATCH :text AND ${older} AND r.superseded = 0 AND ${recordWithin} ORDER BY r.time DESC, r.key LIMIT :limit`);
  const byTime = database.prepare<[From], Candidate>(`SELECT r.seq, r.time FROM record r
    WHERE ${older} AND r.superseded = 0 AND ${newestWithin} ORDER BY r.time DESC, r.key LIMIT :limit`);
  // Of a few sessions the times are nearer than those of everything.
  const ofSessions = database.prepare<[From], Candidate>(`SELECT r.seq, r.time FROM record r INDEXED BY record_session
    WHERE r.session IN (SELECT value FROM json_each(:sessions)) AND ${older} AND r.superseded = 0 AND ${recordWithin} ORDER BY r.time DESC, r.key LIMIT :limit`);
  const within = database.prepare<[string, number, number], number>(
    `SELECT rowid FROM text WHERE text MATCH ? AND rowid BETWEEN ${integer('?')} AND ${integer('?')} ORDER BY rowid DESC`).pluck();
  const lines = database.prepare<[string], RecentLine>(`SELECT ${columns} FROM record r JOIN journal_file f ON f.id = r.file
    WHERE r.seq IN (SELECT value FROM json_each(?)) ORDER BY r.time DESC, r.key`);
  const keyOf = database.prepare<[number], Buffer>('SELECT key FROM record WHERE seq = ?').pluck();
  // The newest, since words of what is sealed may still be there; all of those are older than the oldest that is not.
  const counted = database.prepare<[string, number], number>(`SELECT count(*) FROM (SELECT 1 FROM text CROSS JOIN record r ON r.seq = text.rowid
    WHERE text MATCH ? AND text.rowid >= (SELECT min(seq) FROM record) AND r.superseded = 0 ORDER BY text.rowid DESC LIMIT ?)`).pluck();

  /** Where to go on: behind a record, as long as it is there. */
  const behind = ({ seq, time }: Candidate): Pick<From, 'time' | 'key'> => ({ time, key: keyOf.get(seq) ?? newestOfAll.key });

  function* sortedOnes(text: string, bounds: Bounds): Generator<RecentLine> {
    for (let [from, limit] = [newestOfAll, firstLines]; ; limit *= 4) {
      const found = sorted.all({ ...bounds, ...from, text, limit });
      yield* placed(found);
      const last = found.at(-1);
      if (!last || found.length < limit) return;
      from = behind(last);
    }
  }

  function* stretches(bounds: Bounds): Generator<Candidate[]> {
    const statement = bounds.sessions === null ? byTime : ofSessions;
    for (let [from, limit] = [newestOfAll, firstStretch]; ; limit = Math.min(limit * 2, longestStretch)) {
      const found = statement.all({ ...bounds, ...from, limit });
      yield found;
      const last = found.at(-1);
      if (!last || found.length < limit) return;
      from = behind(last);
    }
  }

  function* common(text: string, bounds: Bounds): Generator<RecentLine> {
    // All words that begin so are looked up each time that it is asked for.
    const gap = text.includes('*') ? Infinity : nearby;
    let left = unasked;
    for (const stretch of stretches(bounds)) {
      yield* placed(stretch.slice(0, left));
      const asked = stretch.slice(left);
      left = Math.max(0, left - stretch.length);
      const matching = new Set(ranges(asked.map(({ seq }) => seq), gap).flatMap(([first, last]) => within.all(text, first, last)));
      yield* placed(asked.filter(({ seq }) => matching.has(seq)));
    }
  }

  function* placed(found: readonly Candidate[]): Generator<RecentLine> {
    for (let at = 0; at < found.length; at += linesAtATime) {
      yield* lines.all(JSON.stringify(found.slice(at, at + linesAtATime).map(({ seq }) => seq)));
    }
  }

  return {
    newest(text, bounds) {
      const matches = some.get(text, few) ?? 0;
      if (matches >= few) return common(text, bounds);
      return matches === 0 ? [] : sortedOnes(text, bounds);
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
