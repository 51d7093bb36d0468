/** Sealed records: where they lie, and reading them. */

import type { DaybookRecord } from '../../shared/record.ts';
import { baseId } from './counts.ts';
import type { Sqlite } from './database.ts';
import type { Journal } from './journal.ts';
import { openFrameReader } from './frameReader.ts';
import { keyOf, shortKey } from './key.ts';
import { openSealedKeys } from './sealedKeys.ts';
import { storedRecord } from './storedRecord.ts';

/** Lines in a page of full text. Fewer find more exactly, more take less space (measured: 4 takes a fifth more, 16 a tenth less). */
export const pageLines = 8;

export interface SealedLine {
  readonly seq: number;
  readonly record: DaybookRecord;
}

/** Whether a line may hold what is wanted. */
export type MaybeLine = (line: Buffer) => boolean;

/** Takes a line that lies among others, without its line break. */
export type TakeLine = (lines: Buffer, start: number, end: number) => void;

interface SealedBytes {
  readonly seq: number;
  readonly bytes: Buffer;
}

export interface Block {
  readonly id: number;
  readonly pages: number;
  readonly path: string;
  readonly start: number;
  readonly length: number;
  readonly bytes: number;
  readonly records: number;
  readonly redactions: number;
  readonly first_time: number;
  readonly last_time: number;
  readonly offsets: Buffer;
}

export interface Blocks {
  /** The sealed record of this id, whether or not it counts. */
  find(id: string): number | undefined;
  /** The id of the sealed record with this key (key.ts). */
  idOf(key: Buffer): string | undefined;
  /** The sealed record that counts among the revisions of `id`. */
  counting(id: string): number | undefined;
  isHidden(seq: number): boolean;
  hide(seq: number): void;
  record(seq: number): DaybookRecord | undefined;
  /**
   * The records of a page that count and of whose line `maybe` does not say that it is not wanted: it is asked before a line is parsed.
   * @param block the one that holds the page; looked up when absent
   */
  page(page: number, maybe?: MaybeLine, block?: Block): SealedLine[];
  /** The same of a block, in the order of its lines. */
  lines(block: Block, maybe?: MaybeLine): SealedLine[];
  /** Hands over the lines of a block that count, as they stand in the journal. */
  raw(block: Block, take: TakeLine): void;
  /** All lines of a block, those that do not count as well; no record where it is none, or `maybe` does not want it. */
  all(block: Block, maybe?: MaybeLine): { readonly record: DaybookRecord | undefined; readonly isHidden: boolean }[];
  /** Which block holds a page. */
  blockOf(page: number): Block | undefined;
  /** Forgets the frames that were read. */
  rest(): void;
  /** Whether anything is sealed at all. */
  any(): boolean;
}

const always: MaybeLine = () => true;

export const selectBlock = `SELECT b.id, b.pages, f.path, b.start, b.length, b.bytes, b.records, b.redactions, b.first_time, b.last_time, b.offsets
  FROM block b JOIN journal_file f ON f.id = b.file`;

export function openBlocks(database: Sqlite, journal: Journal): Blocks {
  const byPage = database.prepare<[number], Block>(`${selectBlock} WHERE b.id <= ? ORDER BY b.id DESC LIMIT 1`);
  const keys = openSealedKeys(database, pageLines);
  const hidden = database.prepare<[number], number>('SELECT 1 FROM hidden WHERE seq = ?').pluck();
  const hiddenBetween = database.prepare<[number, number], number>('SELECT seq FROM hidden WHERE seq BETWEEN ? AND ?').pluck();
  const hide = database.prepare('INSERT OR IGNORE INTO hidden (seq) VALUES (?)');
  const revision = database.prepare<[bigint], number>('SELECT seq FROM revision WHERE base = ?').pluck();
  const some = database.prepare<[], number>('SELECT 1 FROM block LIMIT 1').pluck();
  const frames = openFrameReader(journal);

  function blockOf(page: number): Block | undefined {
    const block = byPage.get(page);
    return block && page < block.id + block.pages ? block : undefined;
  }

  function pageOf(block: Block, page: number): SealedBytes[] {
    const at = page - block.id;
    const end = at + 1 < block.pages ? block.offsets.readUInt32LE((at + 1) * 4) : block.bytes;
    return numbered(page, frames.part(block, block.offsets.readUInt32LE(at * 4), end));
  }

  const allPages = (block: Block): SealedBytes[] => numbered(block.id, frames.read(block));

  function counted(lines: SealedBytes[]): SealedBytes[] {
    const [first, last] = [lines[0]?.seq, lines.at(-1)?.seq];
    if (first === undefined || last === undefined) return [];
    const gone = new Set(hiddenBetween.all(first, last));
    return gone.size === 0 ? lines : lines.filter(({ seq }) => !gone.has(seq));
  }

  const goneOf = (block: Block): ReadonlySet<number> => new Set(hiddenBetween.all(block.id * pageLines, (block.id + block.pages) * pageLines - 1));

  /** Most lines are not wanted, and of a page often none: only of the others it is asked whether they count. */
  const parsed = (lines: SealedBytes[], maybe: MaybeLine): SealedLine[] => counted(lines.filter(({ bytes }) => maybe(bytes))).flatMap(({ seq, bytes }) => {
    const record = storedRecord(bytes);
    return record ? [{ seq, record }] : [];
  });

  function record(seq: number): DaybookRecord | undefined {
    const page = Math.floor(seq / pageLines);
    const block = blockOf(page);
    const line = block && pageOf(block, page)[seq % pageLines];
    return line && storedRecord(line.bytes);
  }

  /** Of the same record twice, the one that counts. */
  function find(id: string): number | undefined {
    const found = keys.find(keyOf(id)).filter((seq) => record(seq)?.id === id);
    return found.length > 1 ? found.find((seq) => hidden.get(seq) === undefined) ?? found[0] : found[0];
  }

  function idOf(wanted: Buffer): string | undefined {
    return keys.find(wanted).map((seq) => record(seq)?.id).find((id) => id !== undefined && keyOf(id).equals(wanted));
  }

  return {
    find,
    idOf,
    counting(id) {
      const latest = revision.get(shortKey(keyOf(id)));
      if (latest !== undefined && baseId(record(latest)?.id ?? '') === id && hidden.get(latest) === undefined) return latest;
      const first = find(id);
      return first !== undefined && hidden.get(first) === undefined ? first : undefined;
    },
    isHidden: (seq) => hidden.get(seq) !== undefined,
    hide: (seq) => void hide.run(seq),
    record,
    page(page, maybe = always, block = blockOf(page)) {
      return block ? parsed(pageOf(block, page), maybe) : [];
    },
    lines: (block, maybe = always) => parsed(allPages(block), maybe),
    raw(block, take) {
      const gone = goneOf(block);
      let seq = block.id * pageLines;
      eachLine(frames.read(block), (lines, start, end) => {
        if (!gone.has(seq++)) take(lines, start, end);
      });
    },
    all(block, maybe) {
      const gone = goneOf(block);
      const found: ReturnType<Blocks['all']> = [];
      let seq = block.id * pageLines;
      eachLine(frames.read(block), (lines, start, end) => {
        const isWanted = !maybe || maybe(lines.subarray(start, end));
        found.push({ record: isWanted ? storedRecord(lines, start, end) : undefined, isHidden: gone.has(seq++) });
      });
      return found;
    },
    blockOf,
    rest: frames.rest,
    any: () => some.get() !== undefined,
  };
}

/** Lines from the beginning of a page on, by their numbers: a page has as many as it may, unless it is the last of its block. */
function numbered(page: number, lines: Buffer): SealedBytes[] {
  return splitLines(lines).map((bytes, place) => ({ seq: page * pageLines + place, bytes }));
}

/** Without their line breaks. */
export function splitLines(lines: Buffer): Buffer[] {
  const found: Buffer[] = [];
  eachLine(lines, (_lines, start, end) => found.push(lines.subarray(start, end)));
  return found;
}

function eachLine(lines: Buffer, take: TakeLine): void {
  let start = 0;
  for (let end = lines.indexOf(0x0a); end !== -1; end = lines.indexOf(0x0a, start)) {
    take(lines, start, end);
    start = end + 1;
  }
}
