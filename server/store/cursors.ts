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
  /** Forgets all of them: then sources are read from their beginning. */
  clear(): void;
  /** Those of all files of a source, by path. */
  of(source: string): ReadonlyMap<string, StoredCursor>;
  /** Those of all files, by path. */
  all(): ReadonlyMap<string, StoredCursor>;
}

export function openCursors(database: Sqlite): Cursors {
  const select = database.prepare<[string], { source: string; cursor: string; sessions: string }>(
    'SELECT source, cursor, sessions FROM source_file WHERE path = ?',
  );
  const selectAll = database.prepare<[string], { path: string; cursor: string; sessions: string }>(
    'SELECT path, cursor, sessions FROM source_file WHERE source = ?',
  );
  const everything = database.prepare<[], { path: string; source: string; cursor: string; sessions: string }>('SELECT path, source, cursor, sessions FROM source_file');
  const upsert = database.prepare(`
    INSERT INTO source_file (path, source, cursor, sessions) VALUES (?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET source = excluded.source, cursor = excluded.cursor, sessions = excluded.sessions`);
  return {
    get(path) {
      const row = select.get(path);
      return row && { source: row.source, cursor: row.cursor, sessions: JSON.parse(row.sessions) as string[] };
    },
    clear: () => void database.exec('DELETE FROM source_file'),
    of: (source) => new Map(selectAll.all(source).map(({ path, cursor, sessions }) =>
      [path, { source, cursor, sessions: JSON.parse(sessions) as string[] }])),
    all: () => new Map(everything.all().map(({ path, sessions, ...row }) => [path, { ...row, sessions: JSON.parse(sessions) as string[] }])),
    set: (path, { source, cursor, sessions }) => void upsert.run(path, source, cursor, JSON.stringify(sessions)),
  };
}
