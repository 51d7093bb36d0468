/** Names under which files lie until they are whole, and what becomes of those whose process was killed. */

import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes; file systems allow 255 for a whole name. */
const maxBytes = 100;

/** Hidden, never given twice, and with the process that writes it. */
export function temporaryName(of: string): string {
  const short = Buffer.from(of).subarray(0, maxBytes).toString().replace(/\ufffd+$/, '');
  return `.${short || 'daybook'}.daybook-${process.pid}-${randomBytes(4).toString('hex')}.partial`;
}

const leftover = /^\..+\.daybook-(\d+)-[0-9a-f]{8}\.partial$/;

/**
 * Removes what exports left in a folder whose processes are gone. What may not be listed or removed stays: that is no reason not to export.
 * A number that another process has by now keeps it until that one is gone, too.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  const dead = entries.filter(({ name }) => isDead(Number(leftover.exec(name)?.[1] ?? NaN)));
  await Promise.allSettled(dead.map(({ name }) => rm(join(folder, name), { recursive: true, force: true })));
}

/** Whether no process has this number. */
export function isDead(pid: number): boolean {
  if (Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'; // another user's process may not be asked, and lives
  }
}
