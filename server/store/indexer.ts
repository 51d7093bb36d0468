/** Writes what a journal line means into the index. Everything it knows is in the line, so that a rebuild gives the same rows. */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import { isPrompt, isReply, type ChatMessage, type ChatSessionHeader, type Usage } from '../../shared/session.ts';
import type { Sqlite } from './database.ts';
import { hash48, keyOf } from './key.ts';
import { fields, messageOf, whole } from './payload.ts';
import { indexedText } from './searchText.ts';
import { openSessionIndex } from './sessionIndex.ts';
import { openToolIndex } from './toolIndex.ts';
import type { Words } from './words.ts';

/** Where a line lies. */
export interface Position {
  readonly file: number;
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

export interface Indexer {
  /** Returns false when the record is there already. Call inside a write transaction, then `finish` once before it ends. */
  add(record: DaybookRecord, position: Position): boolean;
  /** Has the figures of a session brought up to date by the next `finish`. */
  touch(session: number): void;
  /** Brings the figures of the sessions that were touched up to date. */
  finish(): void;
}

const revisionMark = /~[0-9a-f]{12}$/;

/** The id a later revision of `id` with this payload has. */
export function revisionId(id: string, data: unknown): string {
  return `${id}~${contentHash(data).toString(16).padStart(12, '0')}`;
}

/** 48 bits that tell two payloads of one thing apart. */
export function contentHash(data: unknown): number {
  return hash48(JSON.stringify(data) ?? '');
}

export function openIndexer(database: Sqlite, words: Words): Indexer {
  const sessions = openSessionIndex(database, words);
  const tools = openToolIndex(database, words);
  const insertRecord = database.prepare(`
    INSERT INTO record (key, time, family, kind, source, session, workspace, actor, file, start, length, content, revises, redactions)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`);
  const insertText = database.prepare('INSERT INTO text (rowid, body) VALUES (?, ?)');
  const insertMessage = openMessageInsert(database);
  const revisions = openRevisions(database);

  return {
    add(record, position) {
      const parsed = parseType(record.type);
      if (!parsed) return false;
      const isChat = parsed.family === 'chats';
      const base = isChat && revisionMark.test(record.id) ? revisions.base(record.id.replace(revisionMark, '')) : null;
      const session = record.sessionid === undefined ? null : sessions.idFor(record, isChat, position.path);
      const inserted = insertRecord.run(
        keyOf(record.id), Date.parse(record.time), parsed.family, words.id(parsed.kind), words.id(record.source), session,
        words.id(record.workspace), words.id(record.actor), position.file, position.start, position.length,
        isChat ? contentHash(record.data) : null, base, whole(record.redactions) ?? 0,
      );
      if (inserted.changes === 0) return false;
      const seq = Number(inserted.lastInsertRowid);
      if (base !== null && !revisions.supersede(base, seq)) return true;
      insertText.run(seq, indexedText(record));
      if (session !== null) indexPayload(record, parsed.kind, seq, session);
      return true;
    },
    touch: sessions.touch,
    finish: () => sessions.refresh(),
  };

  function indexPayload(record: DaybookRecord, kind: string, seq: number, session: number): void {
    const message = messageOf(record);
    if (message) {
      insertMessage(seq, session, message);
      tools.addMessage(session, seq, Date.parse(record.time), message);
    } else if (record.type === 'dev.daybook.chat.session') {
      sessions.addHeader(session, seq, fields<ChatSessionHeader>(record));
    } else if (kind === 'terminal.command') {
      tools.addCommand(session, seq, record);
    }
  }
}

interface Revisions {
  /** seq of the first revision of a thing; null when it is not there. */
  base(id: string): number | null;
  /**
   * Lets the revision with the latest time count, and among equal times the one that came last. Returns whether that is `seq`: a source
   * that is read once more, in other steps, may tell of a state that later ones replaced long ago.
   */
  supersede(base: number, seq: number): boolean;
}

function openRevisions(database: Sqlite): Revisions {
  const select = database.prepare<[Buffer], { seq: number }>('SELECT seq FROM record WHERE key = ?');
  const counting = database.prepare<[number, number], { seq: number }>(
    'SELECT seq FROM record WHERE (seq = ? OR revises = ?) AND superseded = 0 ORDER BY time DESC, seq DESC',
  );
  const mark = database.prepare('UPDATE record SET superseded = 1 WHERE seq = ?');
  const dropText = database.prepare('DELETE FROM text WHERE rowid = ?');
  const dropMessage = database.prepare('DELETE FROM message WHERE seq = ?');
  return {
    base: (id) => select.get(keyOf(id))?.seq ?? null,
    supersede(base, seq) {
      const [latest, ...rest] = counting.all(base, base);
      for (const row of rest) {
        mark.run(row.seq);
        // Full text cannot be deleted that was never put in.
        if (row.seq !== seq) dropText.run(row.seq);
        dropMessage.run(row.seq);
      }
      return latest?.seq === seq;
    },
  };
}

function openMessageInsert(database: Sqlite): (seq: number, session: number, message: ChatMessage) => void {
  const insert = database.prepare(`
    INSERT INTO message (seq, session, prompt, response, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return (seq, session, message) => {
    const reply = isReply(message);
    // A reply without an id of its own is one response; negative numbers cannot meet a hash.
    const response = !reply ? null : typeof message.responseId !== 'string' ? -seq : hash48(message.responseId);
    const usage: Usage = (reply && message.usage) || {};
    insert.run(
      seq, session, isPrompt(message) ? 1 : 0, response, whole(usage.inputTokens), whole(usage.cacheReadTokens),
      whole(usage.cacheWriteTokens), whole(usage.outputTokens), whole(usage.reasoningTokens),
    );
  };
}

