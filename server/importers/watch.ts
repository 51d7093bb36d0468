/**
 * Tells which source files change, without polling. Linux has no recursive watch in the system: there each folder is watched once
 * (not each file: a thousand sessions must not cost a thousand watches). Elsewhere the system watches the whole tree.
 */

import { watch, type FSWatcher, type Stats, type WatchEventType } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { filesBelow, foldersBelow } from './discover.ts';
import type { Importer, Machine, Root } from './importer.ts';
import { isGone } from './sourceBytes.ts';

export interface SourceWatch {
  close(): void;
}

export type SourceChanged = (path: string, importer: Importer) => void;

const isRecursive = process.platform === 'darwin' || process.platform === 'win32';

/** Watches every root that is there, and waits for the ones that are not, as long as their parent folder is. */
export async function watchSources(importers: readonly Importer[], machine: Machine, changed: SourceChanged): Promise<SourceWatch> {
  const watchers = new Map<string, FSWatcher>();
  let closed = false;

  for (const importer of importers) for (const root of importer.roots(machine)) await watchRoot(root, importer);

  async function watchRoot(root: Root, importer: Importer): Promise<void> {
    if (await isFolder(root.path)) {
      if (isRecursive) add(root.path, (name) => offer(root, importer, join(root.path, name)), true);
      else for await (const folder of foldersBelow(root)) watchFolder(folder, root, importer);
    } else if (await isFolder(dirname(root.path))) {
      const parent = dirname(root.path);
      add(`${parent}\0${root.path}`, () => void appear(root, importer), false, parent);
      await appear(root, importer); // it may have come between the look and the watch
    }
  }

  /** A root that was not there may have come: then it is a root like the others, and what it holds is new. */
  async function appear(root: Root, importer: Importer): Promise<void> {
    if (closed || !(await isFolder(root.path))) return;
    drop(`${dirname(root.path)}\0${root.path}`);
    await watchRoot(root, importer);
    for await (const path of filesBelow(root)) changed(path, importer);
  }

  function watchFolder(folder: string, root: Root, importer: Importer): void {
    add(folder, (name, kind) => void folderEvent(join(folder, name), kind, root, importer), false);
  }

  async function folderEvent(path: string, kind: WatchEventType, root: Root, importer: Importer): Promise<void> {
    offer(root, importer, path);
    // A name that came or went may be a folder that was made again: its old watch is on something that is no longer there.
    if (kind === 'rename') dropBelow(path);
    const below = relative(root.path, path).split(sep).join('/');
    if (watchers.has(path) || closed || !(root.mayEnter?.(below) ?? true) || !(await isFolder(path, lstat))) return;
    for await (const folder of foldersBelow(root, below)) watchFolder(folder, root, importer);
    for await (const file of filesBelow(root, below)) changed(file, importer); // what was written before the watch stood
  }

  function offer(root: Root, importer: Importer, path: string): void {
    if (root.mayHold(relative(root.path, path).split(sep).join('/'))) changed(path, importer);
  }

  function add(key: string, event: (name: string, kind: WatchEventType) => void, recursive: boolean, folder = key): void {
    if (closed || watchers.has(key)) return;
    try {
      const watcher = watch(folder, { recursive, persistent: false }, (kind, name) => event(name ?? '', kind));
      watcher.on('error', () => drop(key)); // the folder is gone, or the system is out of watches: files are read at the next start
      watchers.set(key, watcher);
    } catch (error) {
      if (!isGone(error) && !isOutOfWatches(error)) throw error;
    }
  }

  function drop(key: string): void {
    watchers.get(key)?.close();
    watchers.delete(key);
  }

  function dropBelow(folder: string): void {
    for (const key of [...watchers.keys()]) if (key === folder || key.startsWith(folder + sep)) drop(key);
  }

  return {
    close() {
      closed = true;
      for (const key of [...watchers.keys()]) drop(key);
    },
  };
}

function isOutOfWatches(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOSPC' || code === 'EMFILE';
}

/** Whether there is a folder to watch; one that cannot be looked at (no permission, a circle of links) is none. */
async function isFolder(path: string, look: (path: string) => Promise<Stats> = stat): Promise<boolean> {
  try {
    return (await look(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  }
}
