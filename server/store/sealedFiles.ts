/** Frames of a .zst file that the index does not know: a rebuild, another machine's journal, or a process that died while it sealed. */

import type { BlockIndex, BlockLine } from './blockIndex.ts';
import { pageLines, splitLines, type Blocks } from './blocks.ts';
import type { IndexedFile } from './indexedFile.ts';
import type { Counts } from './counts.ts';
import type { Sqlite } from './database.ts';
import { decompressed, frameLength } from './frames.ts';
import type { Indexer } from './indexer.ts';
import { sealedPath, type Journal, type JournalLine } from './journal.ts';
import { keyOf } from './key.ts';
import { parseRecord } from './payload.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { parseType } from '../../shared/record.ts';

export interface SealedFiles {
  /** Indexes the next frame of a file. */
  adopt(file: IndexedFile, size: number): { readonly records: number; readonly unreadable: number };
}

export interface SealedFilesDeps {
  readonly database: Sqlite;
  readonly journal: Journal;
  readonly indexer: Indexer;
  readonly blocks: Blocks;
  readonly blockIndex: BlockIndex;
  readonly counts: Counts;
  /** Whether somebody wanted the record gone: then it is nowhere to be found. */
  readonly isForgotten: (record: DaybookRecord) => boolean;
}

interface RecentRow {
  readonly seq: number;
  readonly file: number;
  readonly session: number | null;
  readonly superseded: number;
}

/** A line of a frame, and what the index knows of its record already: nothing, its recent row in the plain file, or the same elsewhere. */
interface Line {
  readonly bytes: Buffer;
  readonly record: DaybookRecord | undefined;
  readonly recent: RecentRow | undefined;
  readonly isTwice: boolean;
}

export function openSealedFiles({ database, journal, indexer, blocks, blockIndex, counts, isForgotten }: SealedFilesDeps): SealedFiles {
  const recentRow = database.prepare<[Buffer], RecentRow>('SELECT seq, file, session, superseded FROM record WHERE key = ?');
  const reach = database.prepare('UPDATE journal_file SET sealed_bytes = ?, moved_bytes = ? WHERE id = ?');

  function read(file: IndexedFile, raw: Buffer): Line[] {
    const met = new Set<string>();
    return splitLines(raw).map((bytes) => {
      const read = parseRecord(bytes);
      const record = read && !isForgotten(read) ? read : undefined;
      if (!record) return { bytes, record, recent: undefined, isTwice: false };
      const row = recentRow.get(keyOf(record.id));
      const isTwice = met.has(record.id) || (row ? row.file !== file.id : blocks.find(record.id) !== undefined);
      met.add(record.id);
      return { bytes, record, recent: isTwice ? undefined : row, isTwice };
    });
  }

  /** Whether the line counts. */
  function count(line: Line, path: string, seq: number): boolean {
    if (!line.record || line.isTwice) return false;
    const counted = line.recent ? line.recent.superseded === 0 : indexer.addSealed(line.record, path, seq);
    if (counted) blockIndex.counted(line.record, seq);
    return counted;
  }

  function addBlock(file: IndexedFile, raw: Buffer, length: number): { readonly records: number; readonly unreadable: number } {
    const lines = read(file, raw);
    const blockLines = lines.map(({ bytes, record, recent }): BlockLine => ({ bytes: bytes.length, record, session: recent?.session ?? sessionOf(record, file.path) }));
    const id = blockIndex.open({ file: file.id, start: file.sealed, length }, blockLines);
    for (const { recent } of lines) if (recent) indexer.drop(recent.seq);
    for (const [at, { isTwice }] of lines.entries()) if (isTwice) blocks.hide(id * pageLines + at); // before anybody asks which one counts
    const counted = lines.map((line, at) => count(line, file.path, id * pageLines + at));
    // A later line of the block may have replaced an earlier one.
    blockIndex.close(id, blockLines, counted.map((each, at) => each && !blocks.isHidden(id * pageLines + at)));
    return {
      records: lines.filter(({ record, recent, isTwice }) => record && !recent && !isTwice).length,
      unreadable: lines.filter(({ record }) => !record).length,
    };
  }

  function sessionOf(record: DaybookRecord | undefined, path: string): number | null {
    return record?.sessionid === undefined ? null : counts.sessions.idFor(record, parseType(record.type)?.family === 'chats', path);
  }

  /** What a process that died left, or a damaged disk. The lines are in the plain file in the first case; the bytes are kept in both. */
  function setAside(file: IndexedFile, size: number): void {
    const path = sealedPath(file.path);
    if (journal.size(file.path) === 0) journal.append(`${file.path}.damaged`, journal.read(path, file.sealed, size - file.sealed));
    journal.cut(path, file.sealed);
  }

  return {
    adopt(file, size) {
      const path = sealedPath(file.path);
      const length = frameLength((start, count) => journal.read(path, start, count), file.sealed);
      if (length === undefined) {
        const isLost = journal.size(file.path) === 0;
        setAside(file, size);
        return { records: 0, unreadable: isLost ? 1 : 0 };
      }
      // A damaged frame stays where it is and counts as unreadable.
      const raw = decompressed(journal.read(path, file.sealed, length));
      const moved = raw ? bytesOf(raw, journal.lines(file.path, file.moved)) : 0;
      const added = raw ? addBlock(file, raw, length) : { records: 0, unreadable: 1 };
      reach.run(file.sealed + length, file.moved + moved, file.id);
      return added;
    },
  };
}

/** How many bytes of a plain file the next lines take, line breaks among them, when they are these; else 0. */
function bytesOf(raw: Buffer, next: Iterable<JournalLine>): number {
  let [at, taken] = [0, 0];
  for (const { stored, bytes } of next) {
    const end = at + bytes.length;
    if (at >= raw.length || raw[end] !== 0x0a || raw.compare(bytes, 0, bytes.length, at, end) !== 0) break;
    [at, taken] = [end + 1, taken + stored.length + 1];
  }
  return at === raw.length ? taken : 0;
}
