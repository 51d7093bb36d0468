/** Writes the rows of a sealed block. */

import type { DaybookRecord } from '../../shared/record.ts';
import { parseType } from '../../shared/record.ts';
import { pageLines } from './blocks.ts';
import { baseId } from './counts.ts';
import type { Sqlite } from './database.ts';
import { keyOf, shortKey } from './key.ts';
import { dayNumber, lastDay, pagesADay } from './pageNumbers.ts';
import { whole } from './payload.ts';
import { openSealedKeys } from './sealedKeys.ts';
import { indexedWords } from './searchText.ts';
import type { Words } from './words.ts';

/** A line of a block. `record` is undefined where the line is no record; such a line stays in the journal and is counted nowhere. */
export interface BlockLine {
  readonly bytes: number;
  readonly record: DaybookRecord | undefined;
  readonly session: number | null;
}

export interface BlockPlace {
  readonly file: number;
  readonly start: number;
  readonly length: number;
}

export interface BlockIndex {
  /** Makes the block and the keys of its records, so that they can be found; returns its number. `close` it in the same transaction. */
  open(place: BlockPlace, lines: readonly BlockLine[]): number;
  /** Says that a line counts among the revisions of its thing. Nothing to do for what was never revised. */
  counted(record: DaybookRecord, seq: number): void;
  /** @param counts whether each line counts: not when it is there twice, or replaced by a later revision */
  close(id: number, lines: readonly BlockLine[], counts: readonly boolean[]): void;
  /**
   * Merges the full text of pages into one piece, a sixth smaller and quicker to search, by at most `pages` pages of the database; returns
   * whether there is more to do. Waits until enough was sealed for it to be worth its while.
   */
  mergeText(pages: number): boolean;
  /** Forgets all blocks. */
  clear(): void;
}

/** How many times more blocks there must be than when the text was merged last. */
const worthMerging = 1.25;

export function openBlockIndex(database: Sqlite, words: Words, fullText: boolean): BlockIndex {
  const endOfDay = database.prepare<[number, number], number | null>('SELECT max(id + pages) FROM block WHERE id >= ? AND id < ?').pluck();
  const insert = database.prepare(`
    INSERT INTO block (id, pages, file, start, length, bytes, records, redactions, first_time, last_time, offsets) VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)`);
  const insertSpan = database.prepare('INSERT INTO block_span (id, first, last) VALUES (?, ?, ?)');
  const setRecords = database.prepare('UPDATE block SET records = ?, redactions = ? WHERE id = ?');
  const insertKind = database.prepare('INSERT OR IGNORE INTO block_kind (kind, block) VALUES (?, ?)');
  const insertSession = database.prepare('INSERT OR IGNORE INTO block_session (session, block) VALUES (?, ?)');
  const keys = openSealedKeys(database, pageLines);
  const insertText = database.prepare('INSERT INTO page_text (rowid, body) VALUES (?, ?)');
  const hide = database.prepare('INSERT OR IGNORE INTO hidden (seq) VALUES (?)');
  const revise = database.prepare<[bigint, number]>('REPLACE INTO revision (base, seq) VALUES (?, ?)');

  function indexPages(id: number, lines: readonly BlockLine[], counts: readonly boolean[]): void {
    for (let from = 0; from < lines.length; from += pageLines) {
      const said = lines.slice(from, from + pageLines)
        .flatMap(({ record }, place) => (record && counts[from + place] ? [indexedWords(record)] : []));
      if (said.length > 0) insertText.run(id + from / pageLines, said.join('\n'));
    }
  }

  const countBlocks = database.prepare<[], number>('SELECT count(*) FROM block').pluck();
  const mergedBlocks = database.prepare<[], number>('SELECT merged_blocks FROM upkeep').pluck();
  const setMerged = database.prepare('UPDATE upkeep SET merged_blocks = ?');
  const totalChanges = database.prepare<[], number>('SELECT total_changes()').pluck();
  const merge = database.prepare(`INSERT INTO page_text (page_text, rank) VALUES ('merge', ?)`);

  function numberOf(pages: number, time: number): number {
    for (let day = Math.min(lastDay, dayNumber(time)); ; day++) {
      const first = day * pagesADay;
      const free = endOfDay.get(first, first + pagesADay) ?? first;
      // A day too full for one more block goes on in the numbers of the next.
      if (free + pages <= first + pagesADay) return free;
    }
  }

  return {
    open({ file, start, length }, lines) {
      const times = timesOf(lines);
      const pages = Math.ceil(lines.length / pageLines);
      const bytes = lines.reduce((sum, line) => sum + line.bytes + 1, 0);
      const id = numberOf(pages, times.at(-1) ?? 0);
      insert.run(id, pages, file, start, length, bytes, times[0] ?? 0, times.at(-1) ?? 0, pageOffsets(lines));
      insertSpan.run(id, times[0] ?? 0, times.at(-1) ?? 0);
      keys.add(id, lines.map(({ record }) => record?.id));
      return id;
    },
    counted(record, seq) {
      const base = baseId(record.id);
      if (base !== record.id) revise.run(shortKey(keyOf(base)), seq);
    },
    close(id, lines, counts) {
      const kinds = new Set<number>();
      const sessions = new Set<number>();
      for (const [at, { record, session }] of lines.entries()) {
        if (session !== null) sessions.add(session);
        if (record && counts[at]) kinds.add(words.number(parseType(record.type)?.kind ?? record.type));
        else if (record) hide.run(id * pageLines + at);
      }
      const counted = lines.flatMap(({ record }, at) => (record && counts[at] ? [record] : []));
      setRecords.run(counted.length, counted.reduce((sum, record) => sum + (whole(record.redactions) ?? 0), 0), id);
      for (const kind of kinds) insertKind.run(kind, id);
      for (const session of sessions) insertSession.run(session, id);
      if (fullText) indexPages(id, lines, counts);
    },
    mergeText(pages) {
      const blocks = countBlocks.get() ?? 0;
      if (blocks <= (mergedBlocks.get() ?? 0) * worthMerging) return false;
      const before = totalChanges.get() ?? 0;
      merge.run(-pages);
      // FTS5 changes one row to say that there is nothing to merge.
      const isDone = (totalChanges.get() ?? 0) - before < 2;
      if (isDone) setMerged.run(blocks);
      return !isDone;
    },
    clear() {
      database.exec('UPDATE upkeep SET merged_blocks = 0');
      for (const table of ['block', 'block_span', 'block_kind', 'block_session', 'sealed_keys', 'hidden', 'revision']) database.exec(`DELETE FROM ${table}`);
      database.exec(`INSERT INTO page_text (page_text) VALUES ('delete-all')`);
    },
  };
}

/** Milliseconds since 1970, ascending. */
function timesOf(lines: readonly BlockLine[]): number[] {
  return lines.flatMap(({ record }) => (record ? [Date.parse(record.time)] : [])).sort((a, b) => a - b);
}

function pageOffsets(lines: readonly BlockLine[]): Buffer {
  const offsets = Buffer.alloc(Math.ceil(lines.length / pageLines) * 4);
  let at = 0;
  for (const [line, { bytes }] of lines.entries()) {
    if (line % pageLines === 0) offsets.writeUInt32LE(at, (line / pageLines) * 4);
    at += bytes + 1;
  }
  return offsets;
}
