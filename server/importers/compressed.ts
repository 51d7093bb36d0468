/**
 * Source files that a tool has compressed with zstd, such as sessions of Codex that nobody touched for long. They are read from their
 * beginning each time they change: what is compressed does not grow.
 */

import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { chunksOf } from './lines.ts';
import { readAt, withSource } from './sourceBytes.ts';

/** The first bytes of a frame (RFC 8878, 3.1.1). */
const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const chunkBytes = 1 << 20;
const headBytes = 65_536;

export async function isCompressed(handle: FileHandle): Promise<boolean> {
  return (await readAt(handle, 0, magic.length)).equals(magic);
}

/**
 * The content, a piece at a time, in bounded memory whatever the file holds.
 * @throws an error that `isDamaged`, after what comes before the damage, also where the file ends too early
 */
export async function* decompressed(handle: FileHandle): AsyncGenerator<Buffer> {
  const { size } = await handle.stat();
  for (let position = 0; position < size;) {
    // A stream ends with its frame; there may be another one behind it.
    const frame = createZstdDecompress();
    pipeline(Readable.from(chunksOf(handle, position, chunkBytes)), frame, () => undefined); // what goes wrong on either side comes out of the loop
    try {
      for await (const piece of frame) yield piece as Buffer;
    } finally {
      frame.destroy();
    }
    position += Math.max(1, frame.bytesWritten);
  }
}

/** The first bytes of a file, decompressed where it is compressed, decoded. */
export function headOf(path: string): Promise<string> {
  return withSource(path, async (handle) => {
    return await isCompressed(handle) ? compressedHead(handle) : (await readAt(handle, 0, headBytes)).toString('utf8');
  });
}

async function compressedHead(handle: FileHandle): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of decompressed(handle)) {
      pieces.push(piece);
      length += piece.length;
      if (length >= headBytes) break;
    }
  } catch (error) {
    // A damaged file is recognised by what can be read of it; reading it says what is wrong.
    if (!isDamaged(error)) throw error;
  }
  return Buffer.concat(pieces).toString('utf8', 0, headBytes);
}

/** Whether an error is about the content of a compressed file. */
export function isDamaged(error: unknown): boolean {
  return /^(?:ZSTD_|Z_)/.test((error as NodeJS.ErrnoException).code ?? '');
}
