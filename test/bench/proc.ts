/** What Linux tells of a process. */

import { readFileSync } from 'node:fs';

/** A number in one of its files below /proc; 0 when it is no more. */
export function told(pid: number | undefined, file: string, name: string): number {
  try {
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it has just ended
  }
}

/** Resident megabytes at most since it began; 0 when it is no more. */
export function mostResident(pid: number | undefined): number {
  return told(pid, 'status', 'VmHWM') / 1_024;
}
