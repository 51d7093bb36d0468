/** Looks for words in every byte of a folder, in all the forms in which they may lie there. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';

/** Names and places of files that hold `text`: plain, JSON-escaped, as UTF-16, as base64 at any offset, as hexadecimal; inside frames, too. */
export function traces(folder: string, text: string): string[] {
  const forms = formsOf(text);
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [Buffer.from(path), ...contents(readFileSync(path))].some((bytes) => forms.some((form) => bytes.includes(form))) ? [path] : [];
  });
}

function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const escaped = text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  // What stands before shifts base64 by up to two bytes: the characters that hold bits of neighbours are left out.
  const encoded = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').slice(shift === 0 ? 0 : shift + 1).replace(/..?=*$/, '').slice(0, -1));
  return [
    bytes, Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16(), Buffer.from(JSON.stringify(text).slice(1, -1)), Buffer.from(escaped),
    Buffer.from(bytes.toString('hex')), ...encoded.map((form) => Buffer.from(form)),
  ];
}

/** The bytes, and what is compressed in them. */
function contents(bytes: Buffer): Buffer[] {
  const found = [bytes];
  const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
  for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1)) {
    try {
      found.push(zstdDecompressSync(bytes.subarray(at)));
    } catch {
      // four bytes that look like the beginning of a frame, or one that is cut off
    }
  }
  return found;
}
