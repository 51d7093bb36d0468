/** Opens a file of a backup and reads it to its end: whether it is what was copied, and how many records it has. */

import { createHash } from 'node:crypto';
import { decryptLine } from '../encryption/cipher.ts';
import { decompressed, frameLength } from '../frames.ts';
import { headOf } from '../lineHead.ts';
import type { BackedFile } from './manifest.ts';
import { pieces } from './objects.ts';

/** Records of a journal file, earlier revisions among them; undefined of every other. False when its bytes are not those of its hash. */
export function inspect(file: Pick<BackedFile, 'path' | 'bytes' | 'sha256'>, absolute: string): { readonly lines?: number } | false {
  const hash = createHash('sha256');
  const counter = counterOf(file.path);
  for (const piece of pieces(absolute, file.bytes)) {
    if (!piece) return false;
    hash.update(piece);
    counter?.add(piece);
  }
  if (hash.digest('hex') !== file.sha256) return false;
  return counter ? { lines: counter.count() } : {};
}

interface Counter {
  add(piece: Buffer): void;
  count(): number;
}

function counterOf(path: string): Counter | undefined {
  if (path.endsWith('.jsonl.zst')) return frames();
  return path.startsWith('journal/') && path.endsWith('.jsonl') ? plain() : undefined;
}

function plain(): Counter {
  let lines = 0;
  let rest: Buffer = Buffer.alloc(0);
  return {
    add(piece) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
      const end = bytes.lastIndexOf(0x0a) + 1;
      lines += recordsIn(bytes.subarray(0, end));
      rest = Buffer.from(bytes.subarray(end));
    },
    count: () => lines,
  };
}

/** What nobody can decompress has no lines here: it is kept as it is, as in the journal. */
function frames(): Counter {
  let lines = 0;
  let rest: Buffer = Buffer.alloc(0);
  return {
    add(piece) {
      rest = Buffer.concat([rest, piece]);
      for (let length = lengthAt(rest); length !== undefined; length = lengthAt(rest)) {
        lines += recordsIn(decompressed(rest.subarray(0, length)) ?? Buffer.alloc(0));
        rest = rest.subarray(length);
      }
    },
    count: () => lines,
  };
}

function lengthAt(bytes: Buffer): number | undefined {
  return frameLength((start, count) => bytes.subarray(start, start + count), 0);
}

function recordsIn(lines: Buffer): number {
  let found = 0;
  for (let from = 0, end = lines.indexOf(0x0a); end !== -1; from = end + 1, end = lines.indexOf(0x0a, from)) {
    if (headOf(decryptLine(lines.subarray(from, end)))) found++;
  }
  return found;
}
