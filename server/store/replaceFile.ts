/** Puts a whole new file in the place of one: whoever looks, also after a power failure, finds the old bytes or the new ones. */

import { closeSync, constants, fstatSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { noFollow, syncFolder } from './ownPlace.ts';

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
  try {
    write(next, pieces);
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true }); // what is half written takes room, where that may be what is missing
    throw error;
  }
  syncFolder(dirname(path));
}

/**
 * The same, and what was there is overwritten, since it is not to be found in the free parts of the disk. Disks that write elsewhere what
 * replaces something, as those without moving parts do, keep it until they need the room.
 */
export function replaceAndWipe(path: string, pieces: Iterable<Buffer | string>): void {
  const before = openSync(path, constants.O_RDWR | noFollow);
  try {
    replaceFile(path, pieces);
    wipe(before);
  } finally {
    closeSync(before);
  }
}

const zeros = Buffer.alloc(1 << 16);

function wipe(handle: number): void {
  for (let at = 0, { size } = fstatSync(handle); at < size; at += zeros.length) writeSync(handle, zeros, 0, Math.min(zeros.length, size - at), at);
  fsyncSync(handle);
}

function write(path: string, pieces: Iterable<Buffer | string>): void {
  const handle = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, 0o600);
  try {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Takes a file away for good. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
  syncFolder(dirname(path));
}

/** False when somebody who forgot took the file away meanwhile. */
export function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
