/** One of several processes on a data directory looks after its backups; what one leaves that was killed is taken over. */

import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../intention.ts';

/** Whoever has said nothing for so long is no more, whoever has its number now; milliseconds. */
const longestMs = 600_000;
const refreshMs = 30_000;

/** Does the work, unless another process or thread is at it: then undefined. @param work is handed what says that it goes on */
export function claimed<T>(root: string, work: (goesOn: () => void) => T): { readonly value: T } | undefined {
  const path = join(root, 'backups.lock');
  if (!claim(path)) {
    if (!isLeft(path)) return undefined;
    rmSync(path, { force: true });
    if (!claim(path)) return undefined;
  }
  let last = Date.now();
  try {
    return { value: work(() => {
      if (Date.now() - last < refreshMs) return;
      last = Date.now();
      utimesSync(path, last / 1_000, last / 1_000);
    }) };
  } finally {
    rmSync(path, { force: true });
  }
}

function claim(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isLeft(path: string): boolean {
  const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (since === undefined || Date.now() - since > longestMs) return true;
  const pid = Number(readFileSync(path, 'utf8'));
  // Without a number it is being written right now.
  return pid > 0 && !isAlive(pid);
}
