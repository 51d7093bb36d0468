/** The language servers of Daybook that run on this machine, where the system lets one look without starting a program. */

import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { WatchSnapshot } from '../../shared/statistics.ts';

/** Null where one cannot look: everywhere but on Linux. */
export function runningServers(): WatchSnapshot['servers'] {
  if (process.platform !== 'linux') return null;
  const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => memoryOf(pid) ?? []);
  return { count: found.length, memoryBytes: found.reduce((sum, bytes) => sum + bytes, 0) };
}

/** Resident bytes; undefined when the process is none of ours, or over. */
function memoryOf(pid: string): number | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const isOurs = words.slice(0, 6).some((word) => basename(word) === 'server.cjs' && /daybook/i.test(word)) || (words.includes('lsp') && words.some((word) => basename(word) === 'daybook.cjs'));
    if (!isOurs) return undefined;
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined; // it ended meanwhile, or is somebody else's
  }
}
