/** What the database still says of what was forgotten, when its rows of records are gone. */

import type { Sqlite } from './database.ts';
import type { StoredCursor } from './cursors.ts';
import type { Forgotten } from './forgotten.ts';

export interface ForgetIndex {
  /** Takes names, words, marks and cursors away that nothing needs any more. Call after the index was cleared, in the same transaction. */
  prune(): void;
  /** Leaves nothing behind in freed pages and in the log. Returns whether it could; not while another process is reading an older state. */
  scrub(): boolean;
  /** While `work` runs, what is deleted is overwritten. */
  overwriting<T>(work: () => T): T;
}

export function openForgetIndex(database: Sqlite, forgotten: Forgotten): ForgetIndex {
  const sessions = database.prepare<[], { id: number; name: string; kind: string }>('SELECT id, name, kind FROM session');
  const dropSession = database.prepare('DELETE FROM session WHERE id = ?');
  const cursors = database.prepare<[], { path: string; cursor: string; sessions: string }>('SELECT path, cursor, sessions FROM source_file');
  const setCursor = database.prepare('UPDATE source_file SET cursor = ?, sessions = ? WHERE path = ?');
  const samples = database.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE name GLOB 'sqlite_stat[0-9]'`).pluck();

  function pruneCursors(): void {
    for (const { path, cursor, sessions: names } of cursors.all()) {
      const before = { source: '', cursor, sessions: JSON.parse(names) as string[] };
      const after = withoutForgotten(before, forgotten);
      if (after !== before) setCursor.run(after.cursor, JSON.stringify(after.sessions), path);
    }
  }

  return {
    prune() {
      // A chat keeps the file it began in until it is read again; everything else about a session comes back with its records.
      for (const { id, name, kind } of sessions.all()) if (kind !== 'chat' || forgotten.holdsSession(name)) dropSession.run(id);
      database.exec('UPDATE session SET workspace = NULL');
      database.exec('DELETE FROM word WHERE id NOT IN (SELECT source FROM session)');
      // The planner keeps some values of each column as samples.
      for (const table of samples.all()) database.exec(`DELETE FROM ${table}`);
      pruneCursors();
    },
    scrub() {
      try {
        database.exec('VACUUM');
      } catch (error) {
        if (!(error as { code?: unknown }).code?.toString().startsWith('SQLITE_BUSY')) throw error;
        return false;
      }
      const [log] = database.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
      return log?.busy === 0;
    },
    overwriting(work) {
      database.pragma('secure_delete = ON');
      try {
        return work();
      } finally {
        database.pragma('secure_delete = OFF');
      }
    },
  };
}

/**
 * The cursor of a file without what it says of forgotten sessions. Where the reader of the file stands may hold words of them; without it a
 * file that grows is read from its beginning, and what was forgotten is refused. The same value when nothing is to be taken out.
 */
export function withoutForgotten(stored: StoredCursor, forgotten: Forgotten): StoredCursor {
  const sessions = stored.sessions.filter((name) => !forgotten.holdsSession(name));
  if (sessions.length === stored.sessions.length) return stored;
  const cursor = JSON.parse(stored.cursor) as Record<string, unknown>;
  delete cursor['state'];
  return { ...stored, cursor: JSON.stringify(cursor), sessions };
}
