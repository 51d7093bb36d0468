/** Bytes as VS Code writes them into JSON: base64, a list of numbers, or an object with the index as key. */

import type { Part } from '../../../shared/session.ts';
import { blobOf } from '../formats/blob.ts';
import { asArray, asCount, asObject, asText } from '../formats/json.ts';

/** The part of some bytes; undefined when the value is not bytes. */
export function blobPart(value: unknown, mimeType: string): Part | undefined {
  const bytes = decodeBytes(value);
  return bytes && bytes.length > 0 ? blobOf(bytes, mimeType) : undefined;
}

function decodeBytes(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return fromBase64(value.replace(/^data:[^,]*,/, ''));
  const list = asArray(value);
  if (list) return fromNumbers(list);
  const object = asObject(value);
  if (!object) return undefined;
  const base64 = asText(object['$base64']);
  if (base64 !== undefined) return fromBase64(base64);
  // A Node buffer says `{ type, data }`, VS Code's own `{ buffer }`, a typed array has only its indexes.
  const wrapped = object['data'] ?? object['buffer'];
  return wrapped === undefined ? fromNumbers(Object.values(object)) : decodeWrapped(wrapped);
}

function decodeWrapped(value: unknown): Uint8Array | undefined {
  const object = asObject(value);
  return object ? fromNumbers(Object.values(object)) : fromNumbers(asArray(value) ?? []);
}

function fromNumbers(values: readonly unknown[]): Uint8Array | undefined {
  return values.every((value) => (asCount(value) ?? 256) < 256) ? Uint8Array.from(values as readonly number[]) : undefined;
}

function fromBase64(text: string): Uint8Array | undefined {
  return /^[A-Za-z0-9+/_-]+=*$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}
