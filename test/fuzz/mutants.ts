/** Texts and values that are nearly right: what finds mistakes in parsers. Cheap, since a run makes a million of them. */

import { seeded } from '../server/durability/random.ts';

export interface Mutants {
  /** A whole number from 0 up to `below`, which is not included. */
  below(below: number): number;
  one<T>(of: readonly T[]): T;
  /** A text with one to four of its places changed, or mere noise. */
  text(from: string, pieces?: readonly string[]): string;
  /** A copy of a JSON value in which one to three values are of another type, gone, doubled or hostile. */
  json(from: unknown): unknown;
}

const nasty = [
  '', '\0', '\n', '\r\n', '\t', '"', "'", '\\', '\\u0000', '\\ud800', '\ud800', '\udfff', '\ufeff', '\u2028', '\u202e', '\u001b[31m', '😀', 'e\u0301', 'ﷺ', '__proto__', '${x}', '%s%n', '../../..',
  '<b>', '&lt;', ']]>', '<!--', '{', '}', '[', ']', '(', ')', ',', ':', '-', '0', '-1', '1e999', '9'.repeat(40), 'NaN', 'null', 'true', 'A'.repeat(300), '[['.repeat(60), '{"a":'.repeat(40),
] as const;

const wrong: readonly unknown[] = [
  null, true, false, 0, -1, 0.5, 1e308, -1e308, 2 ** 53, '', ' ', '\0', '\ud800', '__proto__', 'constructor', '2026-13-45T99:99:99Z', '-271821-04-20T00:00:00Z', '../..', 'file:///%00', [], {}, [null], [[[]]],
  { constructor: { prototype: { polluted: true } } }, { length: -1 }, { toString: 1 }, 'A'.repeat(2_000), deep(80),
];

function deep(levels: number): unknown {
  return levels === 0 ? 'end' : levels % 2 === 0 ? [deep(levels - 1)] : { parts: deep(levels - 1) };
}

export function createMutants(seed: number): Mutants {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;

  function noise(): string {
    const units = Array.from({ length: below(80) }, () => below(3) === 0 ? below(0x10000) : below(128));
    return String.fromCharCode(...units);
  }

  function text(from: string, pieces: readonly string[] = nasty): string {
    if (below(20) === 0) return noise();
    let changed = from;
    for (let left = 1 + below(4); left > 0; left--) {
      const [at, length] = [below(changed.length + 1), below(2) === 0 ? 1 : below(1 + Math.min(200, changed.length))];
      const between = [() => '', () => one(pieces), () => one(nasty), () => changed.slice(at, at + length).repeat(2), () => String.fromCharCode(below(0x250)), noise][below(6)]?.() ?? '';
      changed = changed.slice(0, at) + between + changed.slice(at + (below(3) === 0 ? 0 : length));
    }
    return changed;
  }

  /** Copies only what lies on the way to the place that changes. */
  function changed(value: unknown, depth = 0): unknown {
    if (typeof value !== 'object' || value === null || depth > 12 || below(8) === 0) return typeof value === 'string' && below(2) === 0 ? text(value) : one(wrong);
    if (Array.isArray(value)) {
      const items: unknown[] = value;
      if (items.length === 0 || below(10) === 0) return [...items, ...items, one(wrong)];
      const at = below(items.length);
      return below(8) === 0 ? items.toSpliced(at, 1) : items.with(at, changed(items[at], depth + 1));
    }
    const keys = Object.keys(value);
    const key = keys.length === 0 || below(12) === 0 ? one<string>(nasty) : one(keys);
    if (below(8) === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    return { ...value, [key]: changed((value as Record<string, unknown>)[key], depth + 1) };
  }

  function json(from: unknown): unknown {
    let value = from;
    for (let left = 1 + below(3); left > 0; left--) value = changed(value);
    return value;
  }

  return { below, one, text, json };
}
