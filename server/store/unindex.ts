/** Takes records out of the index one by one, while their lines can still be read: so that to let a day go does not mean to index all others anew. */

import { factsOf, type FactName } from '../../shared/facts.ts';
import { parseType, type DaybookRecord } from '../../shared/record.ts';
import { pageLines, selectBlock, type Block, type Blocks } from './blocks.ts';
import type { Counts } from './counts.ts';
import type { Sqlite } from './database.ts';
import type { IndexedFile } from './indexedFile.ts';
import { readLines, type Line } from './lineReader.ts';
import type { Journal } from './journal.ts';
import { dayFile } from './paths.ts';
import { openSealedKeys } from './sealedKeys.ts';
import { indexedWords } from './searchText.ts';
import type { Words } from './words.ts';

/** What was taken out; what follows from it is settled once, when all of it is. */
export interface Removed {
  records: number;
  /** Numbers of sessions that have to be counted anew. */
  readonly sessions: Set<number>;
  /** Facts by name and value, with the time of the latest record that had them, milliseconds since 1970. */
  readonly facts: Map<string, { readonly name: FactName; readonly value: string; last: number }>;
}

export interface Unindex {
  /** The last block of a file, with its records; undefined where it has none. A block that nobody can read has none. */
  lastBlock(file: IndexedFile): SealedPart | undefined;
  /** Rows of lines at the end of the plain file, the last ones. */
  lastLines(file: IndexedFile): PlainPart | undefined;
  removeBlock(part: SealedPart, removed: Removed): void;
  removeLines(part: PlainPart, removed: Removed): void;
  /** Tells a coding session anew from what is left of it, as whoever reads the journal from its beginning would. Its figures are another matter. */
  retell(session: number, left: Iterable<{ readonly record: DaybookRecord }>): void;
}

interface Counted {
  readonly record: DaybookRecord;
  readonly counts: boolean;
}

export interface SealedPart {
  readonly block: Block;
  readonly lines: readonly { readonly record: DaybookRecord | undefined; readonly isHidden: boolean }[];
}

export interface PlainPart {
  /** Where the first of them begins in the file. */
  readonly start: number;
  /** `record` is undefined where the line is no longer there. */
  readonly rows: readonly { readonly seq: number; readonly record: DaybookRecord | undefined; readonly counts: boolean }[];
}

/** Rows that are taken out at a time: about as many as a block has. */
const rowsAtATime = 512;

export interface UnindexDeps {
  readonly database: Sqlite;
  readonly journal: Journal;
  readonly blocks: Blocks;
  readonly counts: Counts;
  readonly words: Words;
  readonly drop: (seq: number) => void;
  readonly fullText: boolean;
}

export function openUnindex({ database, journal, blocks, counts, words, drop, fullText }: UnindexDeps): Unindex {
  const last = database.prepare<[number], Block>(`${selectBlock} WHERE b.file = ? ORDER BY b.start DESC LIMIT 1`);
  const rows = database.prepare<[number, number], Line & { seq: number; superseded: number }>(`
    SELECT r.seq, f.path, r.start, r.length, r.superseded FROM record r JOIN journal_file f ON f.id = r.file WHERE r.file = ? ORDER BY r.start DESC LIMIT ?`);
  const sessionOf = database.prepare<[string], number>('SELECT id FROM session WHERE name = ?').pluck();
  const dropText = database.prepare(`INSERT INTO page_text (page_text, rowid, body) VALUES ('delete', ?, ?)`);
  const dropKind = database.prepare('DELETE FROM block_kind WHERE kind = ? AND block = ?');
  const dropSession = database.prepare('DELETE FROM block_session WHERE session = ? AND block = ?');
  const dropHidden = database.prepare('DELETE FROM hidden WHERE seq BETWEEN ? AND ?');
  const dropBlock = database.prepare('DELETE FROM block WHERE id = ?');
  const dropSpan = database.prepare('DELETE FROM block_span WHERE id = ?');
  const retell = database.prepare(`UPDATE session SET source = ?, workspace = ? WHERE id = ? AND kind <> 'chat'`);
  const keys = openSealedKeys(database, pageLines);

  function remove({ record, counts: isCounted }: Counted, removed: Removed): number | undefined {
    const session = record.sessionid === undefined ? undefined : sessionOf.get(record.sessionid);
    if (session !== undefined) removed.sessions.add(session);
    if (!isCounted) return session;
    removed.records++;
    counts.remove(record, null);
    const time = Date.parse(record.time);
    for (const { name, value } of factsOf(record)) {
      const known = removed.facts.get(`${name} ${value}`);
      if (!known) removed.facts.set(`${name} ${value}`, { name, value, last: time });
      else known.last = Math.max(known.last, time);
    }
    return session;
  }

  function dropPages({ block, lines }: SealedPart): void {
    for (let from = 0; from < lines.length; from += pageLines) {
      const said = lines.slice(from, from + pageLines).flatMap(({ record, isHidden }) => (record && !isHidden ? [indexedWords(record)] : []));
      if (said.length > 0) dropText.run(block.id + from / pageLines, said.join('\n'));
    }
  }

  return {
    lastBlock(file) {
      const block = last.get(file.id);
      return block && { block, lines: blocks.all(block) };
    },
    lastLines(file) {
      const found = rows.all(file.id, rowsAtATime);
      const records = readLines(journal, found);
      const start = found.at(-1)?.start;
      return start === undefined ? undefined : { start, rows: found.map(({ seq, superseded }, at) => ({ seq, record: records[at], counts: superseded === 0 })) };
    },
    removeBlock(part, removed) {
      const { block: { id, pages }, lines } = part;
      const sessions = new Set<number>();
      const kinds = new Set<number>();
      if (fullText) dropPages(part);
      keys.remove(id, lines.map(({ record }) => record?.id));
      for (const { record, isHidden } of lines) {
        if (!record) continue;
        const session = remove({ record, counts: !isHidden }, removed);
        if (session !== undefined) sessions.add(session);
        kinds.add(words.number(parseType(record.type)?.kind ?? record.type));
      }
      for (const kind of kinds) dropKind.run(kind, id);
      for (const session of sessions) dropSession.run(session, id);
      dropHidden.run(id * pageLines, (id + pages) * pageLines - 1);
      dropBlock.run(id);
      dropSpan.run(id);
    },
    removeLines({ rows: those }, removed) {
      for (const { seq, record, counts: isCounted } of those) {
        if (record) remove({ record, counts: isCounted }, removed);
        drop(seq);
      }
    },
    retell(session, left) {
      const read = Array.from(left, ({ record }) => ({ record, path: pathOf(record) })).sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
      const [first] = read;
      if (!first) return;
      const workspace = read.find(({ record }) => record.workspace !== undefined)?.record.workspace;
      retell.run(words.id(first.record.source), words.id(workspace), session);
    },
  };
}

function pathOf({ type, time }: DaybookRecord): string {
  const family = parseType(type)?.family ?? 'events';
  return family === 'chats' ? family : dayFile(family, time);
}
