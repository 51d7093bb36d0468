/** Numbers of command lines and paths. There may be any number of them, so that few are kept in memory. */

import type { Sqlite } from './database.ts';

export interface Subjects {
  /** Number of a text, new where needed. */
  number(text: string): number;
  /** Forgets what it remembers: after a rollback, a clearing, or when another process may have changed the table. */
  reset(): void;
}

const mostKept = 2_000;

export function openSubjects(database: Sqlite): Subjects {
  const select = database.prepare<[string], number>('SELECT id FROM subject WHERE text = ?').pluck();
  const insert = database.prepare<[string]>('INSERT INTO subject (text) VALUES (?)');
  const kept = new Map<string, number>();
  return {
    number(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const id = select.get(text) ?? Number(insert.run(text).lastInsertRowid);
      if (kept.size >= mostKept) kept.clear();
      kept.set(text, id);
      return id;
    },
    reset: () => kept.clear(),
  };
}
