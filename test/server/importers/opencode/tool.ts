/** A database as opencode makes it, as far as it is read. */

import Database from 'better-sqlite3';

export const start = Date.UTC(2026, 2, 1, 10);

export interface Tool {
  readonly database: Database.Database;
  session(id: string, row?: Readonly<Record<string, unknown>>): void;
  /** `at` in seconds after the start; the row counts as changed then, or at `changed`. */
  message(session: string, id: string, at: number, data: unknown, changed?: number): void;
  part(message: string, id: string, data: unknown): void;
}

export function openTool(path: string): Tool {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.exec(`
    CREATE TABLE session (id TEXT PRIMARY KEY, project_id TEXT NOT NULL, parent_id TEXT, slug TEXT NOT NULL, directory TEXT NOT NULL,
      title TEXT NOT NULL, version TEXT NOT NULL, revert TEXT, time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL);
    CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, data TEXT NOT NULL);
    CREATE INDEX message_session_time_created_id_idx ON message (session_id, time_created, id);
    CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT NOT NULL, session_id TEXT NOT NULL, time_created INTEGER NOT NULL,
      time_updated INTEGER NOT NULL, data TEXT NOT NULL);
    CREATE INDEX part_message_id_id_idx ON part (message_id, id);`);
  const put = (table: string, row: Readonly<Record<string, unknown>>): void => {
    const names = Object.keys(row);
    database.prepare(`INSERT OR REPLACE INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`).run(...Object.values(row));
  };
  const json = (data: unknown): unknown => (typeof data === 'string' ? data : JSON.stringify(data));
  return {
    database,
    session: (id, row = {}) => put('session', {
      id, project_id: 'p', slug: 's', directory: '/work/app', title: 'Fix the clock', version: '1.4.2', time_created: start, time_updated: start, ...row,
    }),
    message: (session, id, at, data, changed = at) =>
      put('message', { id, session_id: session, time_created: start + at * 1_000, time_updated: start + changed * 1_000, data: json(data) }),
    part: (message, id, data) => put('part', { id, message_id: message, session_id: '', time_created: start, time_updated: start, data: json(data) }),
  };
}
