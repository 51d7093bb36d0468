/**
 * Exports that Daybook knows of, as files: those of its ledger, and the parts of exports that are continued and were written before there was
 * one. A file that is gone drops out; one whose disk is away, or that became something else, does not.
 */

import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { OutOfReach } from '../../shared/exported.ts';
import { ProblemError } from '../../shared/problem.ts';
import { continuedOutputs } from '../export/continuing.ts';
import { dropExported, ledgerPath, readExported, type Exported } from '../export/ledger.ts';
import { isOfFile } from './contents.ts';

export interface KnownFile {
  /** Absolute. */
  readonly path: string;
  /** The folder of the export that it belongs to: absolute. */
  readonly folder: string;
  /** Name of the format; undefined where Daybook cannot be sure that it wrote the file: then it is only looked into. */
  readonly format: string | undefined;
  /** Whether the export is a folder with splits, a card and a manifest. */
  readonly dataset: boolean;
}

export interface KnownFiles {
  readonly files: readonly KnownFile[];
  readonly outOfReach: readonly OutOfReach[];
}

export async function knownFiles(dataDirectory: string): Promise<KnownFiles> {
  const files = new Map<string, KnownFile>();
  const outOfReach: OutOfReach[] = [];
  const gone = new Set<string>();
  const folders = new Map<string, Promise<boolean>>();
  /** Whether no folder on the way is a link. */
  const isStraight = (folder: string): Promise<boolean> => {
    const known = folders.get(folder) ?? realpath(folder).then((real) => real === folder);
    folders.set(folder, known);
    return known;
  };
  for (const each of await noted(dataDirectory, outOfReach)) {
    for (const name of each.files) {
      const path = join(each.folder, name);
      const state = await stateOf(path, each.device, isStraight);
      if (state === 'there') files.set(path, { path, folder: each.folder, format: each.format, dataset: each.dataset === true });
      else if (state === 'gone') gone.add(path);
      else outOfReach.push({ path, reason: state });
    }
  }
  await dropExported(dataDirectory, gone).catch(() => undefined); // they are looked for in vain next time
  for (const output of await continued(dataDirectory, outOfReach)) {
    for (const path of await partsOf(output, outOfReach)) if (!files.has(path)) files.set(path, { path, folder: dirname(path), format: undefined, dataset: false });
  }
  return { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), outOfReach };
}

async function noted(dataDirectory: string, outOfReach: OutOfReach[]): Promise<readonly Exported[]> {
  try {
    return await readExported(dataDirectory);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    outOfReach.push({ path: ledgerPath(dataDirectory), reason: 'not readable' });
    return [];
  }
}

async function continued(dataDirectory: string, outOfReach: OutOfReach[]): Promise<readonly string[]> {
  try {
    return await continuedOutputs(dataDirectory);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    outOfReach.push({ path: error.problem.where?.file ?? dataDirectory, reason: 'not readable' });
    return [];
  }
}

/** Whether it is the ordinary file that was noted, under folders that are folders. */
async function stateOf(path: string, device: number, isStraight: (folder: string) => Promise<boolean>): Promise<'there' | 'gone' | OutOfReach['reason']> {
  try {
    const found = await lstat(path);
    if (!found.isFile() || !await isStraight(dirname(path))) return 'something else';
    return 'there';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return 'not readable';
    return await nearestDevice(path) === device ? 'gone' : 'not reachable';
  }
}

/** On which disk the first folder above it is that is there: another one than it was on, where that disk is away. */
async function nearestDevice(path: string): Promise<number | undefined> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found) return found.dev;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The file itself, the parts beside it that have a moment in their names, or everything in a folder. */
async function partsOf(output: string, outOfReach: OutOfReach[]): Promise<string[]> {
  const found = await lstat(output).catch(() => undefined);
  if (found?.isDirectory()) return filesBelow(output, outOfReach);
  const ending = extname(output);
  const begin = `${basename(output, ending)}_`;
  const beside = await readdir(dirname(output), { withFileTypes: true }).catch(() => []);
  const parts = beside.filter((entry) => entry.isFile() && entry.name.startsWith(begin) && entry.name.endsWith(ending) && entry.name.length > begin.length + ending.length);
  return [...(found?.isFile() ? [output] : []), ...parts.map(({ name }) => join(dirname(output), name))];
}

async function filesBelow(folder: string, outOfReach: OutOfReach[]): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  } catch (error) {
    if (!isOfFile(error)) throw error;
    outOfReach.push({ path: folder, reason: 'not readable' });
    return [];
  }
}
