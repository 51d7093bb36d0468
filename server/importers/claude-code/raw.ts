import { asArray, asObject } from '../formats/json.ts';

const longestText = 1024;
/** Parts and records lie around it, and ingest takes 64 levels. */
const deepest = 56;

/**
 * A foreign value that is kept as it was, but for encoded bytes (long runs of base64, which say nothing to a reader) and for what
 * lies deeper than 56 levels (which would exhaust the stack of whoever writes it out).
 */
export function keepRaw(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return isEncoded(value) ? `(${value.length} characters of base64 left out)` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '(left out: nested too deeply)';
  const list = asArray(value);
  if (list) return list.map((item) => keepRaw(item, depth + 1));
  // fromEntries defines own fields, so that a key `__proto__` stays a key.
  return Object.fromEntries(Object.entries(asObject(value) ?? {}).map(([key, item]) => [key, keepRaw(item, depth + 1)]));
}

function isEncoded(text: string): boolean {
  return text.length >= longestText && /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
}
