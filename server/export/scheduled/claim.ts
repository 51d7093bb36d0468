/** One of several processes on a data directory does the work; what one leaves that was killed is taken over. */

import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDead } from '../temporary.ts';

/** Milliseconds after which a claim without a name is nobody's: whoever makes one writes its name at once. */
const namelessMs = 60_000;

/**
 * Does the work, unless another process is at it: then undefined.
 * @param name of the file in the data directory that stands for the work
 */
export async function claimed<T>(dataDirectory: string, work: () => Promise<T>, name = 'exports.lock'): Promise<T | undefined> {
  const path = join(dataDirectory, name);
  if (!(await claim(path)) && !((await isLeft(path)) && (await rm(path, { force: true }), await claim(path)))) return undefined;
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function claim(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    await rm(path, { force: true }); // a claim without a name, on a disk that is full
    throw error;
  }
}

async function isLeft(path: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(path, 'utf8')) || NaN;
    return Number.isNaN(pid) ? Date.now() - (await stat(path)).mtimeMs > namelessMs : isDead(pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true; // given up in between
    throw error;
  }
}
