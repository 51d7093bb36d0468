/** Bytes of foreign files: opened for reading, closed at once, never locked, never followed through a symbolic link. */

import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';

/** What tells whether a file is still the one that was read. */
export interface FileStamp {
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly mtimeMs: number;
  readonly inode: number;
}

/** Undefined when there is no plain file of this name. */
export async function stampOf(path: string): Promise<FileStamp | undefined> {
  let stat: Stats;
  try {
    stat = await lstat(path);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
  return stat.isFile() ? { size: stat.size, mtimeMs: stat.mtimeMs, inode: stat.ino } : undefined;
}

export function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Whether this user may not read it. */
export function isForbidden(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EACCES' || code === 'EPERM';
}

/** How a source file is opened. */
const sourceFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

export async function withSource<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, sourceFlags);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

/** Up to `length` bytes at `position`; fewer at the end of the file. */
export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await handle.read(bytes, got, length - got, position + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return bytes.subarray(0, got);
}

const anchorBytes = 4_096;

/** A hash of the first and the last 4 KiB before `offset`: the same for a file that has only grown since, and hardly ever for another. */
export async function anchorOf(handle: FileHandle, offset: number): Promise<string> {
  const first = await readAt(handle, 0, Math.min(anchorBytes, offset));
  const last = await readAt(handle, Math.max(0, offset - anchorBytes), Math.min(anchorBytes, offset));
  return createHash('sha256').update(first).update(last).digest('base64url').slice(0, 22);
}
