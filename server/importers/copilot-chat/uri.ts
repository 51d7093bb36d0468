/** URIs as VS Code serialises them: its components, or the text itself. */

import { asCount, asObject, asString, asText } from '../formats/json.ts';

/** The text of a URI; undefined when the value is none. Built from the components always, so that every format gives the same text. */
export function uriText(value: unknown): string | undefined {
  // `data:` is no place but the bytes themselves.
  if (typeof value === 'string') return /^(?!data:)[a-z][a-z0-9+.-]+:\S+$/i.test(value) ? value : undefined;
  const uri = asObject(value);
  const scheme = asText(uri?.['scheme']);
  const path = asString(uri?.['path']);
  if (!uri || scheme === undefined || scheme === 'data' || path === undefined) return undefined;
  const authority = asText(uri['authority']);
  const before = authority !== undefined || scheme === 'file' ? `//${encode(authority?.toLowerCase() ?? '')}` : '';
  return `${scheme}:${before}${encode(lowerDrive(path))}${suffix('?', uri['query'])}${suffix('#', uri['fragment'])}`;
}

/** A place in a file: a URI, or a location `{ uri, range }`; lines from 1. */
export function location(value: unknown): { readonly uri: string; readonly range?: LineRange } | undefined {
  const uri = uriText(value);
  if (uri !== undefined) return { uri };
  const place = asObject(value);
  const placeUri = uriText(place?.['uri']);
  if (placeUri === undefined) return undefined;
  const range = lineRange(place?.['range']);
  return { uri: placeUri, ...(range ? { range } : {}) };
}

interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** Path of a `file:` URI on the machine it names; undefined for other schemes and for what cannot be decoded. */
export function filePath(uri: string): string | undefined {
  const match = /^file:\/\/([^/?#]*)(\/[^?#]*)/i.exec(uri);
  const path = match ? decode(match[2] ?? '') : undefined;
  if (!match || path === undefined) return undefined;
  if (match[1]) return `//${match[1]}${path}`;
  return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}

/** Last piece of a URI's path, as people name the file. */
export function baseName(uri: string): string {
  const piece = uri.replace(/[?#].*$/s, '').split('/').filter(Boolean).at(-1) ?? uri;
  return decode(piece) ?? piece;
}

function lineRange(value: unknown): LineRange | undefined {
  const range = asObject(value);
  const start = asCount(range?.['startLineNumber']);
  const end = asCount(range?.['endLineNumber']);
  return start !== undefined && end !== undefined ? { start, end } : undefined;
}

/** VS Code writes drives in lower case, wherever they come from. */
function lowerDrive(path: string): string {
  return /^\/[A-Z]:/.test(path) ? `/${path.charAt(1).toLowerCase()}${path.slice(2)}` : path;
}

/** Everything but letters, digits and `-._~/` is written as bytes, as VS Code does. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/%2F/g, '/')
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // A stray percent sign: the only failure there is, and the caller has an answer for it.
  }
}

function suffix(mark: string, value: unknown): string {
  const text = asText(value);
  return text === undefined ? '' : mark + encode(text);
}
