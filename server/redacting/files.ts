/** Files piece by piece, so that a large one need not be held. */

import { closeSync, constants, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { ByteSearch } from './byteSearch.ts';

const pieceBytes = 4 << 20;
const noFollow = constants.O_NOFOLLOW ?? 0;

/** Whether one of the values is in a file; false for one that is gone meanwhile. Others get their turn between pieces. */
export async function fileHolds(path: string, search: ByteSearch): Promise<boolean> {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | noFollow);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  try {
    const piece = Buffer.allocUnsafe(pieceBytes);
    for (let kept = 0, at = 0; ;) {
      const count = readSync(handle, piece, kept, pieceBytes - kept, at);
      if (count === 0) return false;
      if (search.holds(piece.subarray(0, kept + count))) return true;
      at += count;
      const end = kept + count;
      kept = Math.min(search.overlap, end);
      piece.copyWithin(0, end - kept, end);
      await setImmediate();
    }
  } finally {
    closeSync(handle);
  }
}
