/** A file on its way to the disk: gathered into large pieces, counted, hashed, synced when it is closed. */

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { SinkFile } from './exporter.ts';

export interface Output extends SinkFile {
  readonly bytes: () => number;
  /** SHA-256, hex; once it is closed. */
  readonly hash: () => string;
  /** Closes it without a word: it is to be thrown away. */
  abandon(): Promise<void>;
}

const pieceBytes = 1 << 18;

/**
 * @param path absolute; must not be there yet
 * @throws the error of the file system
 */
export async function openOutput(path: string): Promise<Output> {
  const handle = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let bytes = 0;
  let digest = '';
  let isOpen = true;

  async function flush(): Promise<void> {
    const piece = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    hash.update(piece);
    for (let at = 0; at < piece.length;) at += (await handle.write(piece, at)).bytesWritten;
  }

  return {
    async write(chunk) {
      // What is given may be used again by its owner: text is copied by its encoding, bytes are copied here.
      const piece = typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk);
      waiting.push(piece);
      waitingBytes += piece.length;
      bytes += piece.length;
      if (waitingBytes >= pieceBytes) await flush();
    },
    async close() {
      await flush();
      await handle.sync();
      await handle.close();
      isOpen = false;
      digest = hash.digest('hex');
    },
    bytes: () => bytes,
    hash: () => digest,
    async abandon() {
      if (!isOpen) return;
      isOpen = false;
      await handle.close();
    },
  };
}
