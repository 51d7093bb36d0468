/**
 * Where an export lands. Everything is written under a temporary name beside its place, and takes its final names only when all of it
 * is whole and synced: an export that is cancelled or killed leaves no half file under its own name. A folder that was not there takes its
 * name as a whole. Nothing is replaced unasked.
 */

import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { link, lstat, mkdir, open, readdir, realpath, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { ExportedFile } from '../../shared/exportResults.ts';
import type { Exporter, Layout, Sink, SinkFile } from './exporter.ts';
import { refusal, writeFailure } from './failure.ts';
import { openOutput, type Output } from './output.ts';
import { removeLeftovers, temporaryName } from './temporary.ts';

export interface Target {
  readonly sink: Sink;
  /** Bytes so far. */
  bytes(): number;
  /** Files so far, below the folder. */
  names(): readonly string[];
  /** Gives everything its final name. */
  commit(): Promise<readonly ExportedFile[]>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/** Which layout a path asks for: a folder that is there, or a path that does not end as a file of the format does, where folders can be had. */
export async function layoutOf(path: string, { layouts, extension }: Exporter): Promise<Layout> {
  if (layouts.length === 1) return layouts[0];
  if ((await look(path))?.isDirectory()) return 'folder';
  return path.toLowerCase().endsWith(`.${extension}`) ? 'file' : 'folder';
}

export interface TargetOptions extends Replacing {
  /** Of files of the format, without the dot. */
  readonly extension: string;
}

/** What may become of files that are there. */
interface Replacing {
  readonly force: boolean;
  /** Those that hold the very same bytes stay. */
  readonly keepSame?: boolean;
}

/**
 * Makes ready, and refuses what could not end well.
 * @param path absolute
 * @throws ProblemError
 */
export async function openTarget(path: string, layout: Layout, options: TargetOptions): Promise<Target> {
  try {
    await (layout === 'file' ? checkFile(path, options) : checkFolder(path));
    await removeLeftovers(dirname(path));
    return layout === 'file' ? fileTarget(path, options) : await folderTarget(path, options);
  } catch (error) {
    throw writeFailure(error, path);
  }
}

async function checkFile(path: string, { extension, force, keepSame }: TargetOptions): Promise<void> {
  const found = await look(path);
  if (found?.isDirectory()) throw refusal('is-folder', `${path} is a folder. Name a file, such as ${join(path, `daybook.${extension}`)}.`, path);
  if (found && !found.isFile()) throw refusal('no-file', `${path} is there already and no ordinary file. Choose another name.`, path);
  if (found && !force && !keepSame) throw alreadyThere(path);
}

async function checkFolder(path: string): Promise<void> {
  const found = await look(path, true);
  if (found && !found.isDirectory()) throw refusal('is-file', `${path} is a file, and this export is a folder of files. Choose another name.`, path);
}

function alreadyThere(path: string): Error {
  return refusal('exists', `${path} is there already and was left as it is. Choose another name, or have it replaced with --force.`, path);
}

/** Undefined when there is nothing. */
async function look(path: string, followLinks = false): Promise<Stats | undefined> {
  try {
    return await lstat(followLinks ? await realpath(path) : path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts a whole file in its place, or leaves the one that is there where it may stay. */
async function place(from: string, to: string, hash: string, { force, keepSame = false }: Replacing): Promise<void> {
  if (force) return rename(from, to);
  if (keepSame && (await isSame(to, hash))) return unlink(from);
  return placeNew(from, to);
}

async function isSame(path: string, hash: string): Promise<boolean> {
  if (!(await look(path))?.isFile()) return false;
  const found = createHash('sha256');
  for await (const bytes of createReadStream(path)) found.update(bytes as Buffer);
  return found.digest('hex') === hash;
}

/** One step of the file system that cannot replace anything. */
async function placeNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
    await unlink(from);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw alreadyThere(to);
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'UNKNOWN', 'EISDIR'].includes(code ?? '')) throw error;
    // This file system knows no second names.
    if (await look(to)) throw alreadyThere(to);
    await rename(from, to);
  }
}

/** A new name is durable only when its folder is synced; Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function fileTarget(path: string, replacing: Replacing): Target {
  const partial = join(dirname(path), temporaryName(basename(path)));
  let output: Output | undefined;
  return {
    sink: {
      layout: 'file',
      async open(name) {
        if (output) throw refusal('several-files', `There is more than one file to write, ${name} among them. Name a folder instead of ${path}.`, path);
        output = await guarded(path, () => openOutput(partial));
        return guardedFile(path, output);
      },
    },
    bytes: () => output?.bytes() ?? 0,
    names: () => (output ? [basename(path)] : []),
    commit: () => guarded(path, async () => {
      if (!output) throw refusal('nothing', 'There is nothing to export: nothing was chosen that this format can hold.', path);
      await place(partial, path, output.hash(), replacing);
      await syncFolder(dirname(path));
      return [{ name: basename(path), bytes: output.bytes(), sha256: output.hash() }];
    }),
    async discard() {
      await output?.abandon();
      await rm(partial, { force: true });
    },
  };
}

async function folderTarget(path: string, replacing: Replacing): Promise<Target> {
  const isThere = (await look(path)) !== undefined;
  const made = isThere ? undefined : await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const root = isThere ? await realpath(path) : join(await realpath(dirname(path)), basename(path));
  const partial = join(isThere ? root : dirname(root), temporaryName(basename(root)));
  if (isThere) await removeLeftovers(root);
  await mkdir(partial, { mode: 0o700 });
  const outputs = new Map<string, Output>();

  const inside = (name: string): string[] => {
    const parts = name.split('/');
    if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part) || part.includes(sep))) {
      throw refusal('outside', `${JSON.stringify(name)} is no name of a file below ${path}.`, path);
    }
    return parts;
  };

  return {
    sink: {
      layout: 'folder',
      open: (name) => guarded(path, async () => {
        const parts = inside(name);
        if (parts.length > 1) await mkdir(join(partial, ...parts.slice(0, -1)), { recursive: true, mode: 0o700 });
        const output = await openOutput(join(partial, ...parts));
        outputs.set(name, output);
        return guardedFile(join(path, ...parts), output);
      }),
    },
    bytes: () => [...outputs.values()].reduce((sum, output) => sum + output.bytes(), 0),
    names: () => [...outputs.keys()],
    commit: () => guarded(path, async () => {
      if (outputs.size === 0) throw refusal('nothing', 'There is nothing to export: nothing was chosen that this format can hold.', path);
      const names = [...outputs.keys()].sort();
      if (!(await look(root))) {
        await rename(partial, root);
        await syncFolder(dirname(root));
      } else {
        const hashOf = (name: string): string => outputs.get(name)?.hash() ?? '';
        for (const name of names) if (!(await mayLie(join(root, ...inside(name)), hashOf(name), replacing))) throw alreadyThere(join(path, ...inside(name)));
        for (const name of names) await settle(root, partial, inside(name), (from, to) => place(from, to, hashOf(name), replacing));
        await rm(partial, { recursive: true, force: true });
        await syncFolder(root);
      }
      return names.map((name) => ({ name, bytes: outputs.get(name)?.bytes() ?? 0, sha256: outputs.get(name)?.hash() ?? '' }));
    }),
    async discard() {
      await Promise.all([...outputs.values()].map((output) => output.abandon()));
      await rm(partial, { recursive: true, force: true });
      if (made !== undefined) await removeEmpty(dirname(root), await realpath(dirname(made)));
    },
  };
}

/** Folders that were made for this export go with it, unless somebody put something there. */
async function removeEmpty(from: string, below: string): Promise<void> {
  for (let folder = from; folder !== below && folder !== dirname(folder); folder = dirname(folder)) {
    if ((await readdir(folder)).length > 0) return;
    await rmdir(folder);
  }
}

async function mayLie(path: string, hash: string, { force, keepSame = false }: Replacing): Promise<boolean> {
  return force || !(await look(path)) || (keepSame && (await isSame(path, hash)));
}

/** A folder inside that is a link could lead anywhere: then the file is not put there. */
async function settle(root: string, partial: string, parts: readonly string[], put: (from: string, to: string) => Promise<void>): Promise<void> {
  const folder = join(root, ...parts.slice(0, -1));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await realpath(folder)) !== folder) throw refusal('outside', `${folder} leads out of ${root}. Choose another folder.`, folder);
  await put(join(partial, ...parts), join(folder, parts.at(-1) ?? ''));
}

async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw writeFailure(error, path);
  }
}

function guardedFile(path: string, output: Output): SinkFile {
  return { write: (chunk) => guarded(path, () => output.write(chunk)), close: () => guarded(path, output.close) };
}
