/** What a process holds now, as Linux and the process itself tell. */

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export interface Use {
  /** Resident, bytes. */
  readonly memory: number;
  /** Open file descriptors. */
  readonly files: number;
  /** Timers, watchers and other things that keep a process from ending, by kind. */
  readonly resources: Readonly<Record<string, number>>;
}

export const canTell = existsSync('/proc/self/statm');
const pageBytes = 4_096;

export function memoryOf(id: number): number {
  return Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1]) * pageBytes;
}

/** @param place what `resources.ts` was told */
export async function useOf(id: number, place: string): Promise<Use> {
  const path = `${place}.${id}`;
  rmSync(path, { force: true });
  process.kill(id, 'SIGUSR2');
  for (const until = Date.now() + 30_000; !existsSync(path) && Date.now() < until;) await pause(20);
  return { memory: memoryOf(id), files: readdirSync(`/proc/${id}/fd`).length, resources: JSON.parse(readFileSync(path, 'utf8')) as Use['resources'] };
}
