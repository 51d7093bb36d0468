/** How many records there are on each day: added up as they come, so that nobody has to count millions of rows. */

import type { Sqlite } from './database.ts';

const dayMs = 86_400_000;

/** Numbers of words, but for the time. */
export interface Counted {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly family: number;
  readonly source: number;
  readonly kind: number;
  readonly redactions: number;
}

export interface DayIndex {
  add(record: Counted): void;
  remove(record: Counted): void;
  /** Writes what was counted. */
  flush(): void;
  /** Forgets what was counted and not written. */
  discard(): void;
}

export function openDayIndex(database: Sqlite): DayIndex {
  const upsert = database.prepare(`
    INSERT INTO day (day, family, source, kind, records, redactions) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET records = records + excluded.records, redactions = redactions + excluded.redactions`);
  const sums = new Map<string, { readonly key: readonly number[]; records: number; redactions: number }>();

  function count({ time, family, source, kind, redactions }: Counted, sign: 1 | -1): void {
    const key = [Math.floor(time / dayMs), family, source, kind];
    const name = key.join(' ');
    const sum = sums.get(name) ?? { key, records: 0, redactions: 0 };
    sum.records += sign;
    sum.redactions += sign * redactions;
    sums.set(name, sum);
  }

  return {
    add: (record) => count(record, 1),
    remove: (record) => count(record, -1),
    flush() {
      for (const { key, records, redactions } of sums.values()) upsert.run(...key, records, redactions);
      sums.clear();
    },
    discard: () => sums.clear(),
  };
}
