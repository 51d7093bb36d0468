/** All records that count, in the order of time, without holding more than a few blocks of them. */

import type { DaybookRecord } from '../../shared/record.ts';
import { selectBlock, type Block, type Blocks, type TakeLine } from './blocks.ts';
import type { Sqlite } from './database.ts';
import type { Journal } from './journal.ts';
import { headAt, type LineHead, type Wanted } from './lineHead.ts';
import { readBytes, type Line } from './lineReader.ts';
import { storedRecord } from './storedRecord.ts';

/**
 * By time, then by id: the same records give the same order, wherever they lie.
 * @param range milliseconds since 1970, `until` excluded; everything when absent
 */
export type Scan = (range?: ScanRange) => Generator<DaybookRecord>;

export interface ScanRange {
  readonly since?: number;
  readonly until?: number;
  /** Only records of these kinds, such as `terminal.command`. */
  readonly kinds?: readonly string[];
}

/** Recent lines that are asked for at a time: few for whoever wants a few, more for whoever goes on. */
const steps = { first: 64, most: 512 };
const blocksAtATime = { first: 2, most: 64 };

interface RecentLine extends Line {
  readonly seq: number;
  readonly time: number;
}

/** A line that is wanted, where it lies. */
interface Entry {
  readonly head: LineHead;
  readonly lines: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A part of the record, with a time before which none of it lies. */
interface Piece {
  readonly from: number;
  /** Hands over its lines, in any order. */
  readonly each: (take: TakeLine) => void;
}

interface BlockRange {
  readonly since: number;
  readonly until: number;
  /** JSON: numbers of words. Null for all. */
  readonly kinds: string | null;
}

interface SealedRow {
  readonly id: number;
  readonly from: number;
}

export function openScan(database: Sqlite, journal: Journal, blocks: Blocks): Scan {
  const recent = database.prepare<[number, number, number, string | null, string | null, number], RecentLine>(`
    SELECT r.seq, r.time, f.path, r.start, r.length FROM record r JOIN journal_file f ON f.id = r.file
    WHERE (r.time, r.seq) > (?, ?) AND r.time < ? AND r.superseded = 0
      AND (? IS NULL OR r.kind IN (SELECT value FROM json_each(?))) ORDER BY r.time, r.seq LIMIT ?`);
  const wordOf = database.prepare<[string], number>('SELECT id FROM word WHERE text = ?').pluck();
  const firstRecent = database.prepare<[number], number | null>('SELECT min(time) FROM record WHERE time >= ?').pluck();
  const hasKind = `(:kinds IS NULL OR EXISTS (SELECT 1 FROM block_kind k WHERE k.block = b.id AND k.kind IN (SELECT value FROM json_each(:kinds))))`;
  const begun = database.prepare<[BlockRange], SealedRow>(`
    SELECT b.id, b.first_time AS "from" FROM block_span s JOIN block b ON b.id = s.id
    WHERE s.first < :since AND s.last >= :since AND b.first_time < min(:since, :until) AND b.last_time >= :since AND ${hasKind}
    ORDER BY b.first_time, b.id`);
  const following = database.prepare<[BlockRange & { from: number; id: number; limit: number }], SealedRow>(`
    SELECT b.id, b.first_time AS "from" FROM block b WHERE (b.first_time, b.id) > (:from, :id) AND b.first_time < :until AND ${hasKind}
    ORDER BY b.first_time, b.id LIMIT :limit`);
  const one = database.prepare<[number], Block>(`${selectBlock} WHERE b.id = ?`);

  function* recentPieces({ since, until, kinds }: BlockRange): Generator<Piece> {
    const from = firstRecent.get(since);
    if (typeof from !== 'number') return;
    // Whoever finds enough before this moment spares the question.
    yield { from, each: () => undefined };
    for (let [time, seq, step] = [since - 1, Number.MAX_SAFE_INTEGER, steps.first]; ; step = Math.min(step * 2, steps.most)) {
      const rows = recent.all(time, seq, until, kinds, kinds, step);
      const first = rows[0];
      if (first) yield { from: first.time, each: (take) => readBytes(journal, rows).forEach((line) => line && take(line, 0, line.length)) };
      const last = rows.at(-1);
      if (!last || rows.length < step) return;
      [time, seq] = [last.time, last.seq];
    }
  }

  function* sealedPieces(range: BlockRange): Generator<Piece> {
    for (const { id, from } of sealedRows(range)) {
      yield {
        from,
        each(take) {
          const block = one.get(id);
          if (block) blocks.raw(block, take);
        },
      };
    }
  }

  function* sealedRows(range: BlockRange): Generator<SealedRow> {
    yield* begun.all(range);
    for (let [from, id, limit] = [range.since - 1, Number.MAX_SAFE_INTEGER, blocksAtATime.first]; ; limit = Math.min(limit * 2, blocksAtATime.most)) {
      const rows = following.all({ ...range, from, id, limit });
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < limit) return;
      [from, id] = [last.from, last.id];
    }
  }

  return function* scan({ since = -8.64e15, until = 8.64e15, kinds } = {}) {
    const wanted: Wanted = { since, until, ...(kinds && { kinds }) };
    const range: BlockRange = { since, until, kinds: kinds ? JSON.stringify(kinds.flatMap((kind) => wordOf.all(kind))) : null };
    let waiting: Entry[] = [];
    for (const { from, each } of inTurn(recentPieces(range), sealedPieces(range))) {
      const ready = waiting.findIndex(({ head }) => head.time >= from);
      yield* records(ready === -1 ? waiting : waiting.slice(0, ready));
      waiting = [...(ready === -1 ? [] : waiting.slice(ready)), ...entries(each, wanted)].sort(byTime);
    }
    yield* records(waiting);
  };
}

function entries(each: Piece['each'], wanted: Wanted): Entry[] {
  const found: Entry[] = [];
  each((lines, start, end) => {
    const head = headAt(lines, start, end, wanted);
    if (head) found.push({ head, lines, start, end });
  });
  return found;
}

/** A line is parsed when its turn comes. */
function* records(entries: readonly Entry[]): Generator<DaybookRecord> {
  for (const { lines, start, end } of entries) {
    const record = storedRecord(lines, start, end);
    if (record) yield record;
  }
}

/** Two ascending rows of pieces as one. */
function* inTurn(one: Generator<Piece>, other: Generator<Piece>): Generator<Piece> {
  let [a, b] = [one.next(), other.next()];
  while (!a.done || !b.done) {
    if (b.done || (!a.done && a.value.from <= b.value.from)) {
      yield a.value as Piece;
      a = one.next();
    } else {
      yield b.value;
      b = other.next();
    }
  }
}

function byTime(a: Entry, b: Entry): number {
  return a.head.time - b.head.time || (a.head.id < b.head.id ? -1 : a.head.id > b.head.id ? 1 : 0);
}
