/** Puts a whole new file in the place of one: whoever looks, also after a power failure, finds the old bytes or the new ones. */

import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const noFollow = constants.O_NOFOLLOW ?? 0;

/** What a process that died while it wrote may have left beside the file. */
export function unfinished(path: string): string {
  return `${path}.tmp`;
}

/**
 * Mode 0600. Durable when it returns.
 * @param pieces of the new file, one after the other, so that a large one need not be held
 */
export function replaceFile(path: string, pieces: Iterable<Buffer | string>): void {
  const next = unfinished(path);
  rmSync(next, { force: true });
  const handle = openSync(next, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, 0o600);
  try {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(next, path);
  syncFolder(path);
}

/** Takes a file away for good. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
  syncFolder(path);
}

/** Of the file at `path`. What a folder says of its files is durable only when it is synced; Windows has no such call and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(dirname(path), constants.O_RDONLY);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
