/** A batch: records that become durable together, each in the file of its day or session. */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { Blocks } from './blocks.ts';
import type { FileIndex } from './catchUp.ts';
import type { Cursors } from './cursors.ts';
import type { Sqlite } from './database.ts';
import { withoutForgotten } from './forgetIndex.ts';
import type { Forgotten } from './forgotten.ts';
import type { IndexedFile } from './indexedFile.ts';
import { contentHash, type Indexer } from './indexer.ts';
import type { Journal } from './journal.ts';
import { keyOf } from './key.ts';
import { dayFile, sessionFile } from './paths.ts';

export interface Batch {
  /** What is known of `id`, which is the record's or a revision's: the hash of its payload, null where none is kept; undefined when it is new. */
  seen(record: DaybookRecord, id: string): number | null | undefined;
  append(records: readonly DaybookRecord[]): void;
  setCursor: Cursors['set'];
}

/** What a batch needs of the index. */
export interface BatchIndex {
  readonly database: Sqlite;
  readonly blocks: Blocks;
  readonly cursors: Pick<Cursors, 'set'>;
  readonly files: FileIndex;
  readonly indexer: Indexer;
}

const lineBreak = Buffer.from('\n');

/** How much of a file one batch of catching up reads, in bytes: a fraction of a second under the write lock. */
export const catchUpBytes = 2 << 20;

/** A file that is indexed to its end, whatever it took. */
export function settled(files: FileIndex, path: string): IndexedFile {
  for (;;) {
    const file = files.file(path);
    if (!files.isBehind(file)) return file;
    files.advance(file, catchUpBytes);
  }
}

export function openBatch(index: BatchIndex, journal: Journal, forgotten: Forgotten): Batch {
  const seen = index.database.prepare<[Buffer], { content: number | null }>('SELECT content FROM record WHERE key = ?');
  const pathOf = index.database.prepare<[string], { path: string | null }>('SELECT path FROM session WHERE name = ?');

  const reached = new Map<string, IndexedFile>();
  const began = new Map<string, string>();

  /** A session stays in the file in which it began. */
  function journalPath(record: DaybookRecord): string {
    const family = parseType(record.type)?.family ?? 'events';
    if (family !== 'chats') return dayFile(family, record.time);
    const session = record.sessionid ?? '';
    const path = began.get(session) ?? pathOf.get(session)?.path ?? sessionFile(record);
    began.set(session, path);
    return path;
  }

  /** Indexes what a process that died left at the end of a file, so that nothing is taken for new and positions have no hole. */
  function settle(path: string): IndexedFile {
    const file = reached.get(path) ?? settled(index.files, path);
    reached.set(path, file);
    return file;
  }

  function appendTo(path: string, records: readonly DaybookRecord[]): void {
    const file = settle(path);
    const { line } = journal.forms();
    const lines = records.map((record) => line(Buffer.from(JSON.stringify(record))));
    journal.append(path, Buffer.concat(lines.flatMap((each) => [each, lineBreak])));
    let position = file.bytes;
    for (const [at, record] of records.entries()) {
      const bytes = lines[at]?.length ?? 0;
      index.indexer.add(record, { file: file.id, path, start: position, length: bytes });
      position += bytes + 1;
    }
    index.files.reached(file, position);
    reached.set(path, { ...file, bytes: position });
  }

  return {
    seen(record, id) {
      if (forgotten.holds(record)) return null;
      settle(journalPath(record));
      const row = seen.get(keyOf(id));
      if (row) return row.content;
      const seq = index.blocks.find(id);
      const sealed = seq === undefined ? undefined : index.blocks.record(seq);
      if (!sealed) return undefined;
      return parseType(sealed.type)?.family === 'chats' ? contentHash(sealed.data) : null;
    },
    append(records) {
      const wanted = records.filter((record) => !forgotten.holds(record));
      for (const [path, those] of Map.groupBy(wanted, journalPath)) appendTo(path, those);
    },
    setCursor: (path, cursor) => index.cursors.set(path, withoutForgotten(cursor, forgotten)),
  };
}
