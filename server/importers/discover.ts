/** Finding source files: below the roots of the tools, or below any path a person names. */

import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { headOf } from './compressed.ts';
import type { Importer, Machine, Root } from './importer.ts';
import { rootsOf } from './roots.ts';
import { isForbidden, isGone, stampOf } from './sourceBytes.ts';

export interface Found {
  readonly path: string;
  readonly importer: Importer;
  readonly mtimeMs: number;
}

/** Deeper folders than this hold no sessions of any tool. */
const maxDepth = 12;

/** Files below the importers' roots that may hold sessions, the newest first. */
export async function discover(importers: readonly Importer[], machine: Machine, signal?: AbortSignal): Promise<Found[]> {
  const found = new Map<string, Found>();
  for (const importer of importers) {
    for (const root of await rootsOf(importer, machine)) {
      for await (const path of filesBelow(root)) {
        signal?.throwIfAborted();
        const one = await look(path, importer);
        if (one) found.set(path, one);
      }
    }
  }
  return [...found.values()].sort((a, b) => b.mtimeMs - a.mtimeMs);
}

/** A file of which this user may see nothing but the name is found all the same: reading it says what is wrong. */
async function look(path: string, importer: Importer): Promise<Found | undefined> {
  try {
    const stamp = await stampOf(path);
    return stamp && stamp.size > 0 ? { path, importer, mtimeMs: stamp.mtimeMs } : undefined;
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return { path, importer, mtimeMs: 0 };
  }
}

/** Files of a root, below its folder `from`, that may hold sessions. A folder that cannot be read holds none for us. */
export async function* filesBelow(root: Root, from = ''): AsyncGenerator<string> {
  for await (const { path, below } of walk(root.path, root.mayEnter, from)) if (root.mayHold(below)) yield path;
}

/** Folders of a root that may hold sessions, the root itself first. */
export async function* foldersBelow(root: Root, from = ''): AsyncGenerator<string> {
  yield join(root.path, from);
  for (const entry of await entries(join(root.path, from))) {
    const below = from ? `${from}/${entry.name}` : entry.name;
    if (entry.isDirectory() && below.split('/').length < maxDepth && (root.mayEnter?.(below) ?? true)) yield* foldersBelow(root, below);
  }
}

export interface Recognised {
  readonly files: readonly Found[];
  /** Absolute paths, sorted. */
  readonly unrecognised: readonly string[];
}

/**
 * All files below the paths, each given to the importer that knows it by content.
 * @throws the file system's error when a path does not exist
 */
export async function recogniseBelow(paths: readonly string[], importers: readonly Importer[]): Promise<Recognised> {
  const files = new Map<string, Found>();
  const unrecognised = new Set<string>();
  for (const named of paths) {
    const path = await realpath(named);
    const all = (await stat(path)).isDirectory() ? walk(path) : [{ path, below: '' }];
    for await (const each of all) {
      const known = await recogniseFile(each.path, importers, each.below !== '');
      const one = known && (await look(each.path, known));
      if (one) files.set(each.path, one);
      else unrecognised.add(each.path);
    }
  }
  return { files: [...files.values()].sort((a, b) => b.mtimeMs - a.mtimeMs), unrecognised: [...unrecognised].sort() };
}

/** @param isMet whether the file was met on a walk: then one that cannot be read does not keep us from the others */
async function recogniseFile(path: string, importers: readonly Importer[], isMet: boolean): Promise<Importer | undefined> {
  try {
    const sample = { path, head: await headOf(path) };
    return importers.find((importer) => importer.recognise(sample) !== undefined);
  } catch (error) {
    if (isMet && (isGone(error) || isForbidden(error))) return undefined;
    throw error;
  }
}

async function* walk(
  root: string, mayEnter: (below: string) => boolean = () => true, from = '',
): AsyncGenerator<{ path: string; below: string }> {
  for (const entry of await entries(join(root, from))) {
    const below = from ? `${from}/${entry.name}` : entry.name;
    if (entry.isFile()) yield { path: join(root, below), below };
    else if (entry.isDirectory() && below.split('/').length < maxDepth && mayEnter(below)) yield* walk(root, mayEnter, below);
  }
}

async function entries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isGone(error) || isForbidden(error)) return [];
    throw error;
  }
}
