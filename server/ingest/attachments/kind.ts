/** What some bytes are, decided by the bytes and nothing else: a name, or what a source calls them, may be wrong or made up. */

import type { AttachmentEnding } from '../../../shared/attachment.ts';

type Test = readonly [ending: AttachmentEnding, begins: (bytes: Buffer) => boolean];

const tests: readonly Test[] = [
  ['png', (bytes) => at(bytes, 0, '\x89PNG\r\n\x1a\n')],
  ['jpg', (bytes) => at(bytes, 0, '\xff\xd8\xff')],
  ['gif', (bytes) => at(bytes, 0, 'GIF87a') || at(bytes, 0, 'GIF89a')],
  ['webp', (bytes) => at(bytes, 0, 'RIFF') && at(bytes, 8, 'WEBP')],
  ['avif', (bytes) => at(bytes, 4, 'ftypavif') || at(bytes, 4, 'ftypavis')],
  ['pdf', (bytes) => at(bytes, 0, '%PDF-')],
];

/** What of the text in front of `<svg` may be there: a mark of the byte order, white space, declarations, comments. */
const svg = /^(?:\s|<\?[^>]{0,500}>|<!DOCTYPE[^>]{0,500}>|<!--(?:[^-]|-(?!->)){0,2000}-->)*<svg[\s>]/i;
const svgHead = 8_192;

/** The ending of a file with these bytes; undefined for what is of no kind that is kept, and for no bytes at all. */
export function kindOf(content: Uint8Array): AttachmentEnding | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const binary = tests.find(([, begins]) => begins(bytes));
  if (binary) return binary[0];
  const text = textOf(bytes);
  if (text === undefined) return undefined;
  return svg.test(text.slice(0, svgHead)) ? 'svg' : 'txt';
}

/** The text the bytes are in UTF-8, without the mark of the byte order; undefined when they are none, or hold control characters. */
export function textOf(content: Uint8Array): string | undefined {
  if (content.length === 0) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return /(?![\t\n\f\r])\p{Cc}/u.test(text) ? undefined : text;
  } catch {
    return undefined; // no UTF-8: that is the answer
  }
}

/** What stands in other bytes for everybody to read, such as what a picture says of itself: one run of plain characters a line. */
export function readableRuns(content: Uint8Array): string {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return (bytes.toString('latin1').match(/[\x20-\x7e]{12,}/g) ?? []).join('\n');
}

function at(bytes: Buffer, place: number, wanted: string): boolean {
  return bytes.toString('latin1', place, place + wanted.length) === wanted;
}
