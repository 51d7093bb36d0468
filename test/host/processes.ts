/** What Linux tells of processes: which run below this one, and what they watch and have started. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Numbers of the processes that run Daybook's language server, started by this extension host. */
export function languageServers(): number[] {
  return childrenOf(process.pid).filter((child) => commandLine(child).includes('server.cjs'));
}

/** Whether such things can be asked here. */
export const canTell = existsSync('/proc/self/stat');

export function childrenOf(id: number): number[] {
  return readdirSync(`/proc/${id}/task`).flatMap((task) => words(`/proc/${id}/task/${task}/children`)).map(Number);
}

/** Page faults of children that have ended: one more than before means that there was a child, however short its life. */
export function endedChildren(id: number): number {
  const stat = text(`/proc/${id}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[8]);
}

/** Inode numbers of what a process watches on disk. */
export function watched(id: number): number[] {
  const place = `/proc/${id}/fd`;
  const notifiers = readdirSync(place).filter((fd) => link(join(place, fd)).includes('inotify'));
  return notifiers.flatMap((fd) => [...text(`/proc/${id}/fdinfo/${fd}`).matchAll(/^inotify .*\bino:([0-9a-f]+)/gm)].map(([, inode = '']) => parseInt(inode, 16)));
}

function commandLine(id: number): string {
  return text(`/proc/${id}/cmdline`);
}

function words(path: string): string[] {
  return text(path).split(/\s+/).filter((word) => word !== '');
}

/** Empty for a process that has ended meanwhile. */
function text(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // it was closed meanwhile
  }
}
