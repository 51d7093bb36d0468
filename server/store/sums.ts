/** A table of sums: additions are gathered in memory and written once for a batch. */

import type { Sqlite } from './database.ts';

export interface Sums {
  /** @param key in the order of the table's key */
  add(key: readonly number[], amounts: readonly number[]): void;
  /** Forgets what was added for keys that begin with a number in the range, `to` excluded, and what the table has of them. */
  drop(from: number, to: number): void;
  /** Writes what was added. */
  flush(): void;
  /** Forgets what was added and not written. */
  discard(): void;
}

interface Sum {
  readonly key: readonly number[];
  readonly amounts: number[];
}

/** @param keys columns of the primary key @param amounts the other columns; a row all of which are 0 is taken out */
export function openSums(database: Sqlite, table: string, keys: readonly string[], amounts: readonly string[]): Sums {
  const columns = [...keys, ...amounts];
  const upsert = database.prepare(`
    INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT DO UPDATE SET ${amounts.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`);
  const empty = database.prepare(`DELETE FROM ${table} WHERE ${[...keys.map((name) => `${name} = ?`), ...amounts.map((name) => `${name} = 0`)].join(' AND ')}`);
  const drop = database.prepare<[number, number]>(`DELETE FROM ${table} WHERE ${keys[0] ?? ''} >= ? AND ${keys[0] ?? ''} < ?`);
  const sums = new Map<string, Sum>();

  return {
    add(key, added) {
      const name = key.join(' ');
      let sum = sums.get(name);
      if (!sum) sums.set(name, sum = { key, amounts: amounts.map(() => 0) });
      for (const [at, amount] of added.entries()) sum.amounts[at] = (sum.amounts[at] ?? 0) + amount;
    },
    drop(from, to) {
      for (const [name, { key: [first = 0] }] of sums) if (first >= from && first < to) sums.delete(name);
      drop.run(from, to);
    },
    flush() {
      for (const { key, amounts: added } of sums.values()) {
        if (added.every((amount) => amount === 0)) continue;
        upsert.run(...key, ...added);
        if (added.some((amount) => amount < 0)) empty.run(...key);
      }
      sums.clear();
    },
    discard: () => sums.clear(),
  };
}
