/** What is found, counted as a person is told of it. */

import { placeholders, placeholderStart } from '../../shared/redaction.ts';

export interface Tally {
  add(name: string, count?: number): void;
  get(name: string): number;
  /** Most frequent first, equals by name. */
  byCount(): Record<string, number>;
  byName(): Record<string, number>;
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  const sorted = (order: (a: [string, number], b: [string, number]) => number): Record<string, number> => Object.fromEntries([...counts].sort(order));
  const byName = ([a]: [string, number], [b]: [string, number]): number => (a < b ? -1 : 1);
  return {
    add: (name, count = 1) => void counts.set(name, (counts.get(name) ?? 0) + count),
    get: (name) => counts.get(name) ?? 0,
    byCount: () => sorted((a, b) => b[1] - a[1] || byName(a, b)),
    byName: () => sorted(byName),
  };
}

/** How many placeholders of each rule a text has more than another; nothing looks the same in JSON. */
export function countNew(before: string, after: string, rules: Tally): void {
  const had = countPlaceholders(before);
  for (const [rule, count] of countPlaceholders(after)) if (count > (had.get(rule) ?? 0)) rules.add(rule, count - (had.get(rule) ?? 0));
}

function countPlaceholders(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  if (!text.includes(placeholderStart)) return counts;
  for (const [, rule = ''] of text.matchAll(placeholders)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
