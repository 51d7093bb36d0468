/** All records that count, in the order of time, without holding more than a few blocks of them. */

import type { DaybookRecord } from '../../shared/record.ts';
import { parseType } from '../../shared/record.ts';
import { selectBlock, type Block, type Blocks, type MaybeLine } from './blocks.ts';
import type { Sqlite } from './database.ts';
import type { Journal } from './journal.ts';
import { readLines, type Line } from './lineReader.ts';

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

/** Recent lines that are read at a time. */
const step = 500;

interface RecentLine extends Line {
  readonly seq: number;
  readonly time: number;
}

export function openScan(database: Sqlite, journal: Journal, blocks: Blocks): Scan {
  const recent = database.prepare<[number, number, number, number], RecentLine>(`
    SELECT r.seq, r.time, f.path, r.start, r.length FROM record r JOIN journal_file f ON f.id = r.file
    WHERE (r.time, r.seq) > (?, ?) AND r.time < ? AND r.superseded = 0 ORDER BY r.time, r.seq LIMIT ?`);
  const sealed = database.prepare<[number, number], { id: number; first_time: number }>(
    'SELECT id, first_time FROM block WHERE last_time >= ? AND first_time < ? ORDER BY first_time, id',
  );
  const holdsKind = database.prepare<[number, string], number>(
    'SELECT 1 FROM block_kind k JOIN word w ON w.id = k.kind WHERE k.block = ? AND w.text = ?',
  ).pluck();
  const one = database.prepare<[number], Block>(`${selectBlock} WHERE b.id = ?`);

  /** Pieces of the record, each with a time before which none of its records lies; ascending. */
  function* recentPieces(since: number, until: number): Generator<Piece> {
    for (let [time, seq] = [since - 1, Number.MAX_SAFE_INTEGER]; ;) {
      const lines = recent.all(time, seq, until, step);
      const first = lines[0];
      if (first) yield { from: first.time, records: () => readLines(journal, lines).filter((record) => record !== undefined) };
      const last = lines.at(-1);
      if (!last || lines.length < step) return;
      [time, seq] = [last.time, last.seq];
    }
  }

  function* sealedPieces({ since, until, kinds }: Required<Pick<ScanRange, 'since' | 'until'>> & ScanRange): Generator<Piece> {
    const maybe: MaybeLine | undefined = kinds && ((line) => kinds.some((kind) => line.includes(`.${kind}"`)));
    for (const { id, first_time: from } of sealed.all(since, until)) {
      if (kinds && !kinds.some((kind) => holdsKind.get(id, kind) !== undefined)) continue;
      yield {
        from,
        records: () => {
          const block = one.get(id);
          return block ? blocks.lines(block, maybe).map(({ record }) => record) : [];
        },
      };
    }
  }

  return function* scan({ since = -8.64e15, until = 8.64e15, kinds } = {}) {
    const isWanted = ({ time, type }: DaybookRecord): boolean =>
      Date.parse(time) >= since && Date.parse(time) < until && (!kinds || kinds.includes(parseType(type)?.kind ?? ''));
    let waiting: DaybookRecord[] = [];
    for (const { from, records } of inTurn(recentPieces(since, until), sealedPieces({ since, until, ...(kinds && { kinds }) }))) {
      const ready = waiting.findIndex(({ time }) => Date.parse(time) >= from);
      yield* ready === -1 ? waiting : waiting.slice(0, ready);
      waiting = [...(ready === -1 ? [] : waiting.slice(ready)), ...records().filter(isWanted)].sort(byTime);
    }
    yield* waiting;
  };
}

interface Piece {
  readonly from: number;
  readonly records: () => DaybookRecord[];
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

function byTime(a: DaybookRecord, b: DaybookRecord): number {
  return Date.parse(a.time) - Date.parse(b.time) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
