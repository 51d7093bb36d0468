/** Foreign values that are kept as they are, bounded so that whoever writes them out survives. */

import type { Part } from '../../../shared/session.ts';
import { asArray, asObject } from './json.ts';

const shortestBytes = 1_024;
/** Parts and records lie around it, and ingest takes 64 levels. */
const deepest = 56;
// What providers encrypt for themselves says nothing to anybody else.
const encryptedKeys: ReadonlySet<string> = new Set(['encrypted_content', 'encryptedContent', 'thoughtSignature']);

/** The value without encoded bytes, signatures, and what lies deeper than 56 levels; each gap but a signature's says what it was. */
export function keepRaw(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return isEncoded(value) ? `(${value.length} characters of base64 left out)` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '(left out: nested too deeply)';
  const list = asArray(value);
  if (list) return list.map((item) => keepRaw(item, depth + 1));
  const fields = Object.entries(asObject(value) ?? {}).filter(([key, item]) => !isOpaque(key, item));
  // fromEntries defines own fields, so that a key `__proto__` stays a key.
  return Object.fromEntries(fields.map(([key, item]) => [key, keepRaw(item, depth + 1)]));
}

/** A part of a kind that is not known. */
export function unknownPart(value: unknown, type: string | undefined): Part {
  return { type: 'unknown', nativeType: type ?? '(no type)', raw: keepRaw(value ?? null) };
}

function isEncoded(text: string): boolean {
  return text.length >= shortestBytes && /^(?:data:[^,]{0,100},)?[A-Za-z0-9+/_-]+={0,2}$/.test(text);
}

/** A tool's argument may be a `signature` too: one of a function has spaces in it. */
function isOpaque(key: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return encryptedKeys.has(key) || (key === 'signature' && /^[A-Za-z0-9+/_-]{64,}={0,2}$/.test(value));
}
