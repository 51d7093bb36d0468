/** The table of sessions: who they are and their figures, made from the records that belong to them. */

import type { DaybookRecord } from '../../shared/record.ts';
import type { ChatSessionHeader } from '../../shared/session.ts';
import type { Sqlite } from './database.ts';
import { text } from './payload.ts';
import type { Words } from './words.ts';

export interface SessionIndex {
  /** The session of a record, new where needed. Remembers it for `refresh`. */
  idFor(record: DaybookRecord, isChat: boolean, path: string): number;
  addHeader(session: number, seq: number, header: Partial<ChatSessionHeader>): void;
  touch(session: number): void;
  /** Counts the sessions that were touched since the last call. */
  refresh(): void;
}

export function openSessionIndex(database: Sqlite, words: Words): SessionIndex {
  const touched = new Set<number>();
  const select = database.prepare<[string], { id: number; kind: string }>('SELECT id, kind FROM session WHERE name = ?');
  const insert = database.prepare('INSERT INTO session (name, kind, source, path, workspace) VALUES (?, ?, ?, ?, ?)');
  const becomeChat = database.prepare(`UPDATE session SET kind = 'chat', source = ?, path = ? WHERE id = ?`);
  const setWorkspace = database.prepare('UPDATE session SET workspace = ? WHERE id = ? AND workspace IS NULL');
  const setHeader = database.prepare('UPDATE session SET header = ?, title = ?, parent = ?, relation = ? WHERE id = ?');
  const count = prepareCount(database);

  return {
    idFor(record, isChat, path) {
      const name = record.sessionid ?? '';
      const found = select.get(name);
      const id = found?.id ?? Number(insert.run(
        name, isChat ? 'chat' : 'coding', words.id(record.source), isChat ? path : null, words.id(record.workspace),
      ).lastInsertRowid);
      if (found) {
        if (isChat && found.kind !== 'chat') becomeChat.run(words.id(record.source), path, id);
        if (record.workspace !== undefined) setWorkspace.run(words.id(record.workspace), id);
      }
      touched.add(id);
      return id;
    },
    addHeader(session, seq, header) {
      setHeader.run(seq, text(header.title), text(header.parent), text(header.relation), session);
    },
    touch: (session) => void touched.add(session),
    refresh() {
      for (const id of touched) count(id);
      touched.clear();
    },
  };
}

function prepareCount(database: Sqlite): (session: number) => void {
  const update = database.prepare(`
    WITH response AS (
      SELECT max(input_tokens) AS input, max(cache_read_tokens) AS cache_read, max(cache_write_tokens) AS cache_write,
             max(output_tokens) AS output, max(reasoning_tokens) AS reasoning
      FROM message WHERE session = @id AND response IS NOT NULL GROUP BY response
    ), total AS (
      SELECT count(*) AS replies, sum(input) AS input, sum(cache_read) AS cache_read, sum(cache_write) AS cache_write,
             sum(output) AS output, sum(reasoning) AS reasoning FROM response
    ), asked AS (SELECT count(*) AS prompts FROM message WHERE session = @id AND prompt = 1)
    UPDATE session SET
      started = (SELECT min(time) FROM record WHERE session = @id), ended = (SELECT max(time) FROM record WHERE session = @id),
      prompts = asked.prompts, replies = total.replies, turns = max(asked.prompts, total.replies > 0),
      tool_executions = (SELECT count(*) FROM tool_execution WHERE session = @id AND called IS NOT NULL),
      input_tokens = coalesce(total.input, 0), cache_read_tokens = coalesce(total.cache_read, 0),
      cache_write_tokens = coalesce(total.cache_write, 0), output_tokens = coalesce(total.output, 0),
      reasoning_tokens = coalesce(total.reasoning, 0)
    FROM total, asked WHERE session.id = @id`);
  return (id) => void update.run({ id });
}
