/** The dictionary of repeated words. */

import type { Sqlite } from './database.ts';

export interface Words {
  /** Number of a word, new where needed; null for an absent one. */
  id(text: string | undefined): number | null;
  /** Number of a word, new where needed. */
  number(text: string): number;
  text(id: number | null): string | undefined;
  /** Number of a word that is there already. */
  find(text: string): number | undefined;
  /** Forgets what it remembers: after a rollback, or when another process may have changed the table. */
  reset(): void;
}

export function openWords(database: Sqlite): Words {
  const byText = new Map<string, number>();
  const byId = new Map<number, string>();
  const select = database.prepare<[string], { id: number }>('SELECT id FROM word WHERE text = ?');
  const selectText = database.prepare<[number], { text: string }>('SELECT text FROM word WHERE id = ?');
  const insert = database.prepare<[string]>('INSERT INTO word (text) VALUES (?)');

  function remember(id: number, text: string): number {
    byText.set(text, id);
    byId.set(id, text);
    return id;
  }

  function find(text: string): number | undefined {
    const known = byText.get(text);
    if (known !== undefined) return known;
    const row = select.get(text);
    return row && remember(row.id, text);
  }

  function number(text: string): number {
    return find(text) ?? remember(Number(insert.run(text).lastInsertRowid), text);
  }

  return {
    find,
    number,
    id: (text) => (text === undefined ? null : number(text)),
    text(id) {
      if (id === null) return undefined;
      const known = byId.get(id);
      if (known !== undefined) return known;
      const row = selectText.get(id);
      if (row) remember(id, row.text);
      return row?.text;
    },
    reset() {
      byText.clear();
      byId.clear();
    },
  };
}
