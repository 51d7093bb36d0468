/** Writes what a journal line means into the index. Everything it knows is in the line, so that a rebuild gives the same rows. */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import { placeholders, placeholderStart } from '../../shared/redaction.ts';
import type { Blocks } from './blocks.ts';
import { baseId, type Counts } from './counts.ts';
import type { Sqlite } from './database.ts';
import { hash48, keyOf } from './key.ts';
import { parseRecord, whole } from './payload.ts';
import { indexedWords } from './searchText.ts';
import type { Words } from './words.ts';

/** Where a line lies. */
export interface Position {
  readonly file: number;
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

export interface Indexer {
  /**
   * Adds a recent line. Returns false when the record is there already. Call inside a write transaction, then flush the counts before it
   * ends.
   */
  add(record: DaybookRecord, position: Position): boolean;
  /** Adds what a sealed line says; its place is in a block. Returns whether the line counts. */
  addSealed(record: DaybookRecord, path: string, seq: number): boolean;
  /** Forgets the recent row of a record. */
  drop(seq: number): void;
  /** Makes the full text of the recent records again, without those that are sealed or superseded. */
  cleanText(): void;
}

export interface IndexerDeps {
  readonly database: Sqlite;
  readonly words: Words;
  readonly counts: Counts;
  readonly blocks: Blocks;
  /** A line of a journal file. */
  readonly read: (path: string, start: number, length: number) => Buffer;
  /** Whether words are to be found. Only the benchmark does without. */
  readonly fullText: boolean;
}

/** The id a later revision of `id` with this payload has. */
export function revisionId(id: string, data: unknown): string {
  return `${id}~${contentHash(data).toString(16).padStart(12, '0')}`;
}

/** 48 bits that tell two payloads of one thing apart. Which rule took a secret out makes no difference: rules change, and the thing is the same. */
export function contentHash(data: unknown): number {
  if (typeof data !== 'object' || data === null) return hash48(JSON.stringify(data) ?? '');
  const known = hashes.get(data);
  if (known !== undefined) return known;
  const text = JSON.stringify(data);
  const made = hash48(text.includes(placeholderStart) ? text.replaceAll(placeholders, placeholderStart) : text);
  hashes.set(data, made);
  return made;
}

/** A payload is asked for when it is compared, and again when it is written. Payloads are values: nobody changes one. */
const hashes = new WeakMap<object, number>();

export function openIndexer({ database, words, counts, blocks, read, fullText }: IndexerDeps): Indexer {
  const insertRecord = database.prepare(`
    INSERT INTO record (key, time, family, kind, source, session, workspace, actor, file, start, length, content, revises, redactions)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`);
  const insertText = database.prepare('INSERT INTO text (rowid, body) VALUES (?, ?)');
  const dropRecord = database.prepare('DELETE FROM record WHERE seq = ?');
  const supersede = database.prepare('UPDATE record SET superseded = 1 WHERE seq = ?');
  const isThere = database.prepare<[Buffer], number>('SELECT 1 FROM record WHERE key = ?').pluck();
  const revisions = database.prepare<[Buffer, Buffer], Recent>(`
    SELECT r.seq, r.time, r.session, f.path, r.start, r.length FROM record r JOIN journal_file f ON f.id = r.file
    WHERE (r.key = ? OR r.revises = ?) AND r.superseded = 0`);

  const recentLines = database.prepare<[], Recent>(
    'SELECT r.seq, f.path, r.start, r.length FROM record r JOIN journal_file f ON f.id = r.file WHERE r.superseded = 0 ORDER BY r.seq',
  );

  function sessionOf(record: DaybookRecord, isChat: boolean, path: string): number | null {
    if (record.sessionid === undefined) return null;
    const session = counts.sessions.idFor(record, isChat, path);
    counts.sessions.addTime(session, Date.parse(record.time));
    return session;
  }

  /** Key of the first revision of a thing of which this is a later one; null where it is none. */
  function revises(record: DaybookRecord): Buffer | null {
    const base = baseId(record.id);
    if (base === record.id) return null;
    const key = keyOf(base);
    return isThere.get(key) !== undefined || blocks.find(base) !== undefined ? key : null;
  }

  /** Everything that counts of a thing, recent and sealed, but for `except`. */
  function counting(base: Buffer, id: string, except: number): Contender[] {
    const recent = revisions.all(base, base).filter(({ seq }) => seq !== except).map((row) => ({
      time: row.time,
      lose(): void {
        supersede.run(row.seq);
        const record = parseRecord(read(row.path, row.start, row.length));
        if (record) counts.remove(record, row.session);
      },
    }));
    const seq = blocks.counting(id);
    const record = seq === undefined || seq === except ? undefined : blocks.record(seq);
    if (seq === undefined || !record) return recent;
    const session = record.sessionid === undefined ? null : counts.sessions.idFor(record, true, '');
    return [...recent, {
      time: Date.parse(record.time),
      lose(): void {
        blocks.hide(seq);
        counts.remove(record, session);
      },
    }];
  }

  /**
   * Lets the revision with the latest time count, and among equal times the one that came last. Returns whether that is the new one: a
   * source that is read once more, in other steps, may tell of a state that later ones replaced long ago.
   */
  function settle(record: DaybookRecord, base: Buffer, seq: number): boolean {
    const others = counting(base, baseId(record.id), seq);
    if (others.some(({ time }) => time > Date.parse(record.time))) return false;
    for (const other of others) other.lose();
    return true;
  }

  return {
    add(record, position) {
      const parsed = parseType(record.type);
      if (!parsed) return false;
      const isChat = parsed.family === 'chats';
      const key = keyOf(record.id);
      const base = isChat ? revises(record) : null;
      const session = sessionOf(record, isChat, position.path);
      const inserted = insertRecord.run(
        key, Date.parse(record.time), words.id(parsed.family), words.id(parsed.kind), words.id(record.source), session,
        words.id(record.workspace), words.id(record.actor), position.file, position.start, position.length,
        isChat ? contentHash(record.data) : null, base, whole(record.redactions) ?? 0,
      );
      if (inserted.changes === 0) return false;
      const seq = Number(inserted.lastInsertRowid);
      if (base !== null && !settle(record, base, seq)) {
        supersede.run(seq);
        return true;
      }
      if (fullText) insertText.run(seq, indexedWords(record));
      counts.add(record, session);
      return true;
    },
    addSealed(record, path, seq) {
      const isChat = parseType(record.type)?.family === 'chats';
      const base = isChat ? revises(record) : null;
      const session = sessionOf(record, isChat, path);
      if (base !== null && !settle(record, base, seq)) return false;
      counts.add(record, session);
      return true;
    },
    drop: (seq) => void dropRecord.run(seq),
    cleanText() {
      database.exec(`INSERT INTO text (text) VALUES ('delete-all')`);
      if (!fullText) return;
      for (const { seq, path, start, length } of recentLines.all()) {
        const record = parseRecord(read(path, start, length));
        if (record) insertText.run(seq, indexedWords(record));
      }
    },
  };
}

interface Recent {
  readonly seq: number;
  readonly time: number;
  readonly session: number | null;
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

/** A revision that counts until a later one comes. */
interface Contender {
  /** Milliseconds since 1970. */
  readonly time: number;
  lose(): void;
}
