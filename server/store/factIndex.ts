/** What can be asked of records with filters: the values there are, for completion and to know what a filter means. */

import { factsOf, type FactName } from '../../shared/facts.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { Sqlite } from './database.ts';

export interface FactIndex {
  add(record: DaybookRecord): void;
  /** Writes what was met. */
  flush(): void;
  /** Forgets what was met and not written. */
  discard(): void;
}

export interface Facts {
  /** All values of a filter; undefined when there are more than `most`. */
  values(name: FactName, most: number): string[] | undefined;
  /** Values that begin with a text, in any case, or have a name that begins with it after `/`, `.`, `:` or `-`; those met last come first. */
  beginning(name: FactName, typed: string, limit: number): string[];
}

/** A value stands in the table once for each place from which it can be typed: of a file, of its folder and its name. */
const places = (name: FactName): RegExp => (name === 'file' ? /\//g : /[/.:_\- ]/g);
const mostPlaces = 8;
const longest = 300;

export function openFactIndex(database: Sqlite): FactIndex {
  const upsert = database.prepare(`
    INSERT INTO fact (name, typed, value, last) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)`);
  /** By name and value: when it was met last, milliseconds since 1970. */
  const met = new Map<FactName, Map<string, number>>();

  function meet(name: FactName, value: string, time: number): void {
    let values = met.get(name);
    if (!values) met.set(name, values = new Map<string, number>());
    const last = values.get(value);
    if (last === undefined || last < time) values.set(value, time);
  }

  return {
    add(record) {
      const time = Date.parse(record.time);
      for (const { name, value } of factsOf(record)) {
        if (value.length <= longest) meet(name, value, time);
      }
    },
    flush() {
      for (const [name, values] of met) {
        for (const [value, last] of values) for (const typed of beginningsOf(name, value)) upsert.run(name, typed, value, last);
      }
      met.clear();
    },
    discard: () => met.clear(),
  };
}

/** In lower case, from each place on. Of a workspace the last names are enough: all have the same first ones. */
function beginningsOf(name: FactName, value: string): string[] {
  const lower = value.toLowerCase();
  const starts = [0, ...Array.from(lower.matchAll(places(name)), ({ index }) => index + 1)];
  const wanted = name === 'workspace' ? starts.slice(-3) : starts.slice(0, mostPlaces);
  return [...new Set([lower, ...wanted.map((at) => lower.slice(at))])].filter((text) => text !== '');
}

export function openFacts(database: Sqlite): Facts {
  const all = database.prepare<[string, number], string>('SELECT value FROM fact WHERE name = ? GROUP BY value LIMIT ?').pluck();
  const beginning = database.prepare<[{ name: string; typed: string; end: string; most: number; limit: number }], string>(`
    SELECT value FROM (SELECT value, last FROM fact WHERE name = :name AND typed >= :typed AND typed < :end LIMIT :most)
    GROUP BY value ORDER BY max(last) DESC, value LIMIT :limit`).pluck();
  return {
    values(name, most) {
      const found = all.all(name, most + 1);
      return found.length > most ? undefined : found;
    },
    beginning(name, typed, limit) {
      const lower = typed.toLowerCase();
      return beginning.all({ name, typed: lower, end: `${lower}\u{10ffff}`, most: mostLooked, limit });
    },
  };
}

/** More values that begin the same are not compared: one letter more tells them apart. */
const mostLooked = 5_000;
