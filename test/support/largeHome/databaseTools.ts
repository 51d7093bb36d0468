/** Tools that keep all their sessions in one SQLite database, as it lies there when the tool is not running. */

import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { folder } from './lineTools.ts';
import { turnMs, type Session } from './words.ts';

/** Writes the sessions into a database at `path`, absolute, one by one. */
export type WriteDatabase = (path: string, sessions: Iterable<Session>) => void;

const opencode: WriteDatabase = (path, sessions) => {
  const database = create(path);
  database.exec(`
    CREATE TABLE session (id TEXT PRIMARY KEY, project_id TEXT NOT NULL, parent_id TEXT, slug TEXT NOT NULL, directory TEXT NOT NULL,
      title TEXT NOT NULL, version TEXT NOT NULL, revert TEXT, time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL);
    CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, data TEXT NOT NULL);
    CREATE INDEX message_session_time_created_id_idx ON message (session_id, time_created, id);
    CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT NOT NULL, session_id TEXT NOT NULL, time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, data TEXT NOT NULL);
    CREATE INDEX part_message_id_id_idx ON part (message_id, id);`);
  const session = database.prepare('INSERT INTO session VALUES (?, ?, NULL, ?, ?, ?, ?, NULL, ?, ?)');
  const message = database.prepare('INSERT INTO message VALUES (?, ?, ?, ?, ?)');
  const part = database.prepare('INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)');
  for (const { id, start, turns } of sessions) {
    database.transaction(() => {
      session.run(id, 'p', 's', folder, 'A session', '1.4.2', start, start);
      for (const [index, { ask, say, command, output }] of turns.entries()) {
        const at = start + index * turnMs;
        const name = `${id}_${String(index).padStart(5, '0')}`;
        const put = (of: string, time: number, data: object, parts: readonly object[]): void => {
          message.run(of, id, time, time, JSON.stringify(data));
          for (const [place, each] of parts.entries()) part.run(`${of}_${place}`, of, id, time, time, JSON.stringify(each));
        };
        put(`${name}_a`, at, { role: 'user', time: { created: at }, agent: 'build' }, [{ type: 'text', text: ask }]);
        put(`${name}_b`, at + 1_000, { role: 'assistant', modelID: 'gpt-5', finish: 'stop', time: { created: at + 1_000, completed: at + 9_000 } }, [
          { type: 'text', text: say },
          { type: 'tool', callID: `call_${index}`, tool: 'bash', state: { status: 'completed', input: { command }, output, title: command, metadata: { exit: 0 }, time: { start: 1, end: 9 } } },
          { type: 'step-finish', reason: 'stop', tokens: { input: 10, output: 20, reasoning: 0, cache: { read: 100, write: 7 } } },
        ]);
      }
    })();
  }
  database.close();
};

const cursor: WriteDatabase = (path, sessions) => {
  const database = create(path);
  database.exec(`CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);
    CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);`);
  const insert = database.prepare('INSERT INTO cursorDiskKV VALUES (?, ?)');
  const put = (key: string, value: object): void => void insert.run(key, JSON.stringify(value));
  for (const { id, start, turns } of sessions) {
    database.transaction(() => {
      put(`composerData:${id}`, {
        _v: 10, composerId: id, name: 'A chat', createdAt: start, lastUpdatedAt: start + turns.length * turnMs, modelConfig: { modelName: 'gpt-5' },
        workspaceIdentifier: { id: 'w', uri: { fsPath: folder } },
        fullConversationHeadersOnly: turns.flatMap((_, index) => [`u${index}`, `a${index}`].map((bubbleId) => ({ bubbleId }))),
      });
      for (const [index, { ask, say, command, output }] of turns.entries()) {
        const createdAt = new Date(start + index * turnMs).toISOString();
        const toolFormerData = { toolCallId: `call_${index}`, name: 'run_terminal_cmd', status: 'completed', rawArgs: JSON.stringify({ command }), result: JSON.stringify({ output, exitCode: 0 }) };
        put(`bubbleId:${id}:u${index}`, { bubbleId: `u${index}`, type: 1, text: ask, createdAt });
        put(`bubbleId:${id}:a${index}`, { bubbleId: `a${index}`, type: 2, text: say, createdAt, toolFormerData, tokenCount: { inputTokens: 9, outputTokens: 4 } });
      }
    })();
  }
  database.close();
};

function create(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  return database;
}

export const databaseTools: Readonly<Record<string, { readonly path: string; readonly write: WriteDatabase }>> = {
  cursor: { path: '.config/Cursor/User/globalStorage/state.vscdb', write: cursor },
  opencode: { path: '.local/share/opencode/opencode.db', write: opencode },
};
