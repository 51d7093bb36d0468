/**
 * Tells which source files change, without polling. Linux has no recursive watch in the system: there each folder is watched once
 * (not each file: a thousand sessions must not cost a thousand watches). Elsewhere the system watches the whole tree.
 */

import { watch, type FSWatcher, type Stats, type WatchEventType } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { filesBelow, foldersBelow } from './discover.ts';
import type { Importer, Machine, Root } from './importer.ts';
import { rootsOf } from './roots.ts';
import { isGone } from './sourceBytes.ts';

export interface SourceWatch {
  close(): void;
}

export type SourceChanged = (path: string, importer: Importer) => void;

const isRecursive = process.platform === 'darwin' || process.platform === 'win32';

/** Watches every root that is there, and waits for the ones that are not: a tool that is installed tomorrow is seen tomorrow. */
export async function watchSources(importers: readonly Importer[], machine: Machine, changed: SourceChanged): Promise<SourceWatch> {
  const watchers = new Map<string, { readonly watcher: FSWatcher; readonly folder: string }>();
  let closed = false;

  for (const importer of importers) for (const root of await rootsOf(importer, machine)) await watchRoot(root, importer);

  /** Returns whether the root is there. */
  async function watchRoot(root: Root, importer: Importer): Promise<boolean> {
    const isThere = await isFolder(root.path);
    if (!isThere) await wait(root, importer);
    else if (isRecursive && !root.isFlat) add(keyOf(importer, root.path), root.path, (name) => offer(root, importer, join(root.path, name)), true);
    else for await (const folder of foldersBelow(root)) watchFolder(folder, root, importer);
    return isThere;
  }

  /** Waits at the nearest folder that is there for the next one on the way to the root. */
  async function wait(root: Root, importer: Importer): Promise<void> {
    let missing = root.path;
    while (dirname(missing) !== missing && !(await isFolder(dirname(missing)))) missing = dirname(missing);
    if (dirname(missing) === missing) return;
    const key = `${keyOf(importer, root.path)}\0wait`;
    add(key, dirname(missing), (name) => {
      if (name === basename(missing)) void appear(key, missing, root, importer);
    });
    await appear(key, missing, root, importer); // it may have come between the look and the watch
  }

  /** What was missing may have come, perhaps with all that is below it. Once the root is there, it is one like the others, and what it holds is new. */
  async function appear(key: string, missing: string, root: Root, importer: Importer): Promise<void> {
    if (closed || !watchers.has(key) || !(await isFolder(missing))) return;
    drop(key);
    if (await watchRoot(root, importer)) for await (const path of filesBelow(root)) changed(path, importer);
  }

  function watchFolder(folder: string, root: Root, importer: Importer): void {
    add(keyOf(importer, folder), folder, (name, kind) => void folderEvent(join(folder, name), kind, root, importer));
  }

  async function folderEvent(path: string, kind: WatchEventType, root: Root, importer: Importer): Promise<void> {
    offer(root, importer, path);
    // A name that came or went may be a folder that was made again: its old watch is on something that is no longer there.
    if (kind === 'rename') dropBelow(path);
    const below = relative(root.path, path).split(sep).join('/');
    if (watchers.has(keyOf(importer, path)) || closed || !(root.mayEnter?.(below) ?? true) || !(await isFolder(path, lstat))) return;
    for await (const folder of foldersBelow(root, below)) watchFolder(folder, root, importer);
    for await (const file of filesBelow(root, below)) changed(file, importer); // what was written before the watch stood
  }

  function offer(root: Root, importer: Importer, changedPath: string): void {
    const path = changedPath.replace(/-wal$/, ''); // what is new in a database is in its log first
    if (root.mayHold(relative(root.path, path).split(sep).join('/'))) changed(path, importer);
  }

  function add(key: string, folder: string, event: (name: string, kind: WatchEventType) => void, recursive = false): void {
    if (closed || watchers.has(key)) return;
    try {
      const watcher = watch(folder, { recursive, persistent: false }, (kind, name) => event(name ?? '', kind));
      watcher.on('error', () => drop(key)); // the folder is gone, or the system is out of watches: files are read at the next start
      watchers.set(key, { watcher, folder });
    } catch (error) {
      if (!isGone(error) && !isOutOfWatches(error)) throw error;
    }
  }

  function drop(key: string): void {
    watchers.get(key)?.watcher.close();
    watchers.delete(key);
  }

  function dropBelow(folder: string): void {
    for (const [key, { folder: at }] of [...watchers]) if (at === folder || at.startsWith(folder + sep)) drop(key);
  }

  return {
    close() {
      closed = true;
      for (const key of [...watchers.keys()]) drop(key);
    },
  };
}

/** Two tools may keep their sessions below one folder: each has its own watch on it. */
function keyOf(importer: Importer, folder: string): string {
  return `${importer.source}\0${folder}`;
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
