/** How far each source file has been read. Plain values; what they mean is the importers' business. */

import type { Sqlite } from './database.ts';

export interface StoredCursor {
  readonly source: string;
  /** JSON. */
  readonly cursor: string;
  /** Names of the sessions the file holds. */
  readonly sessions: readonly string[];
}

export interface Cursors {
  get(path: string): StoredCursor | undefined;
  set(path: string, cursor: StoredCursor): void;
}

export function openCursors(database: Sqlite): Cursors {
  const select = database.prepare<[string], { source: string; cursor: string; sessions: string }>(
    'SELECT source, cursor, sessions FROM source_file WHERE path = ?',
  );
  const upsert = database.prepare(`
    INSERT INTO source_file (path, source, cursor, sessions) VALUES (?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET source = excluded.source, cursor = excluded.cursor, sessions = excluded.sessions`);
  return {
    get(path) {
      const row = select.get(path);
      return row && { source: row.source, cursor: row.cursor, sessions: JSON.parse(row.sessions) as string[] };
    },
    set: (path, { source, cursor, sessions }) => void upsert.run(path, source, cursor, JSON.stringify(sessions)),
  };
}
