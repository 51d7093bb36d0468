/**
 * Seals: moves the lines of journal files whose time is over into compressed blocks, a few hundred at a time, each step a short
 * transaction of its own. A step first writes and syncs the frame, then commits what the index knows of it; the plain file goes last, when
 * all of it is in frames that the database durably knows. Whenever a process dies in between, nothing is lost and nothing counts twice.
 */

import { statSync } from 'node:fs';
import { parseType } from '../../shared/record.ts';
import type { BlockIndex, BlockLine } from './blockIndex.ts';
import { pageLines } from './blocks.ts';
import type { IndexedFile } from './indexedFile.ts';
import type { Sqlite } from './database.ts';
import { compress } from './frames.ts';
import type { Indexer } from './indexer.ts';
import { sealedPath, type Journal, type JournalLine } from './journal.ts';
import { keyOf } from './key.ts';
import { parseRecord } from './payload.ts';

/**
 * A frame is read whole to get at one of its lines: these bound what that costs. Commands are asked for a few at a time, and are few: half as
 * much of them takes two per cent more of the disk, and a third less of the time of who asks (measured at a million records).
 */
const frameBytes = (path: string): number => (path.startsWith('tool_executions/') ? 128 << 10 : 256 << 10);
const maxFrameLines = 512;
/** A file that grows beyond this is sealed up to its end even on its own day. */
const largeBytes = 32 << 20;
/** A chat is sealed when nothing was said in it for so long. */
const quietChatMs = 3 * 86_400_000;
/** Whoever is writing a file right now is let finish. */
const untouchedMs = 600_000;

export interface Sealer {
  /** Journal files with lines that can be sealed. */
  ready(when: Readiness): string[];
  /** Seals about one frame of a file whose index is up to date; returns false when there is nothing left to seal. Call inside a write transaction. */
  step(file: IndexedFile): boolean;
  /** Takes the plain file away when all of it is sealed. Call inside a write transaction of its own. */
  tidy(file: IndexedFile): void;
}

export interface Readiness {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** All files, whether or not their time is over. */
  readonly everything: boolean;
  /** Whether nobody is writing, whatever the files' own times say. */
  readonly isSettled: boolean;
}

export interface SealerDeps {
  readonly database: Sqlite;
  readonly journal: Journal;
  readonly indexer: Indexer;
  readonly blockIndex: BlockIndex;
}

export function openSealer({ database, journal, indexer, blockIndex }: SealerDeps): Sealer {
  const recent = database.prepare<[], { path: string; newest: number; bytes: number }>(`
    SELECT f.path, max(r.time) AS newest, f.indexed_bytes AS bytes FROM record r JOIN journal_file f ON f.id = r.file GROUP BY r.file ORDER BY newest`);
  const movedWhole = database.prepare<[], string>('SELECT path FROM journal_file WHERE moved_bytes > 0 AND moved_bytes >= indexed_bytes').pluck();
  const row = database.prepare<[Buffer, number, number], { seq: number; session: number | null; superseded: number }>(
    'SELECT seq, session, superseded FROM record WHERE key = ? AND file = ? AND start = ?',
  );
  const move = database.prepare('UPDATE journal_file SET moved_bytes = ?, sealed_bytes = ? WHERE id = ?');
  const reset = database.prepare('UPDATE journal_file SET moved_bytes = 0, indexed_bytes = 0 WHERE id = ?');

  function frameLines(file: IndexedFile): JournalLine[] {
    const lines: JournalLine[] = [];
    const most = frameBytes(file.path);
    let bytes = 0;
    for (const line of journal.lines(file.path, file.moved)) {
      lines.push(line);
      bytes += line.bytes.length + 1;
      if (bytes >= most || lines.length >= maxFrameLines) break;
    }
    return lines;
  }

  return {
    ready({ now, everything, isSettled }) {
      const today = new Date(now).toISOString().slice(0, 10);
      const isReady = ({ path, newest, bytes }: { path: string; newest: number; bytes: number }): boolean => {
        if (everything || bytes >= largeBytes) return true;
        const isOver = path.startsWith('chats/') ? newest < now - quietChatMs : path.slice(-'2026-11-20.jsonl'.length, -'.jsonl'.length) < today;
        return isOver && (isSettled || now - (statSync(journal.absolute(path), { throwIfNoEntry: false })?.mtimeMs ?? 0) > untouchedMs);
      };
      return [...new Set([...recent.all().filter(isReady).map(({ path }) => path), ...movedWhole.all()])];
    },
    step(file) {
      const found = frameLines(file);
      if (found.length === 0) return false;
      const rows = found.map((line) => {
        const record = parseRecord(line.bytes);
        return { line, record, row: record && row.get(keyOf(record.id), file.id, line.start) };
      });
      const raw = Buffer.concat(found.flatMap(({ bytes }) => [bytes, lineBreak]));
      const frame = journal.forms().frame(compress(raw));
      journal.append(sealedPath(file.path), frame);
      const lines: BlockLine[] = rows.map(({ line, record, row: known }) => ({ bytes: line.bytes.length, record, session: known?.session ?? null }));
      const id = blockIndex.open({ file: file.id, start: file.sealed, length: frame.length }, lines);
      const counts = rows.map(({ row: known }) => known?.superseded === 0);
      for (const [at, { record, row: known }] of rows.entries()) {
        if (!known || !record) continue;
        if (counts[at] && parseType(record.type)?.family === 'chats') blockIndex.counted(record, id * pageLines + at);
        indexer.drop(known.seq);
      }
      blockIndex.close(id, lines, counts);
      move.run(found.reduce((end, { stored }) => end + stored.length + 1, file.moved), file.sealed + frame.length, file.id);
      return true;
    },
    tidy(file) {
      if (file.moved === 0 || file.moved < journal.size(file.path)) return;
      journal.remove(file.path);
      reset.run(file.id);
    },
  };
}

const lineBreak = Buffer.from('\n');
