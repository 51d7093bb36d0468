/** Foreign values that are kept as they are, bounded so that whoever writes them out survives. */

import { asArray, asObject } from '../formats/json.ts';

/** Deeper than this nobody reads, and writing it out would exhaust the stack. */
const deepest = 56;
/** Shortest run of base64 characters or byte values, in items, that is taken for encoded bytes. */
const shortestBytes = 1_000;

/** The value without encoded bytes and without what lies deeper than 56 levels; each gap says what it was. */
export function bounded(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return isBase64(value) ? `(${value.length} characters of base64 left out)` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '(nested too deeply, left out)';
  const list = asArray(value);
  if (list) return isBytes(list) ? `(${list.length} bytes left out)` : list.map((item) => bounded(item, depth + 1));
  const entries = Object.entries(asObject(value) ?? {});
  if (isBytes(entries.map(([, item]) => item))) return `(${entries.length} bytes left out)`;
  // Defines own fields, so that a key called `__proto__` stays a key.
  return Object.fromEntries(entries.map(([key, item]) => [key, bounded(item, depth + 1)]));
}

function isBase64(text: string): boolean {
  return text.length >= shortestBytes && /^(data:[^,]{0,100},)?[A-Za-z0-9+/_-]+=*$/.test(text);
}

function isBytes(values: readonly unknown[]): boolean {
  return values.length >= shortestBytes && values.every((value) => typeof value === 'number' && value >= 0 && value < 256);
}
