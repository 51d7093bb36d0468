/**
 * Which files exports wrote: a small file in the data directory, readable by its owner alone. It is for finding them again, when something is
 * forgotten or redacted that they may hold. An export is noted before its files take their names: one that is whole is never unknown.
 */

import { constants } from 'node:fs';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import * as v from 'valibot';
import { ProblemError, sentence } from '../../shared/problem.ts';
import type { Layout } from './exporter.ts';
import { claimed } from './scheduled/claim.ts';
import { temporaryName } from './temporary.ts';

const name = v.pipe(v.string(), v.check((text) => !text.includes('\0') && text.split(/[/\\]/).every((part) => part !== '' && part !== '.' && part !== '..')));
const entrySchema = v.object({
  /** Name of the format. */
  format: v.string(),
  /** A folder with splits, a card and a manifest. */
  dataset: v.optional(v.literal(true)),
  /** RFC 3339: when the last of the files was written. */
  at: v.string(),
  /** The folder in which the files lie, without links on the way: absolute. */
  folder: v.pipe(v.string(), v.check(isAbsolute)),
  /** The number of the disk that the folder is on. */
  device: v.number(),
  /** Names of the files below the folder, with `/`. */
  files: v.array(name),
});
const fileSchema = v.object({ version: v.literal(1), exports: v.array(entrySchema) });

export type Exported = v.InferOutput<typeof entrySchema>;

/** What is about to take its name. */
export interface ToNote {
  readonly format: string;
  readonly dataset?: true;
  /** Absolute path, as it was asked for. */
  readonly output: string;
  readonly layout: Layout;
  /** Names below the folder; without meaning where it is one file. */
  readonly files: readonly string[];
}

/** Files that are noted at most; beyond that, exports of which the last file is oldest are no longer known. */
const mostFiles = 100_000;
const mostBytes = 64 << 20;
const noFollow = constants.O_NOFOLLOW ?? 0;
/** Milliseconds: how long to wait for another process that notes something. */
const longestWait = 5_000;
const betweenTries = 25;

/** Absolute path of the ledger. */
export function ledgerPath(dataDirectory: string): string {
  return join(dataDirectory, 'exported.json');
}

/**
 * Everything that is noted, the oldest first.
 * @throws ProblemError `exports-unreadable`
 */
export async function readExported(dataDirectory: string): Promise<readonly Exported[]> {
  const path = ledgerPath(dataDirectory);
  try {
    if ((await stat(path)).size > mostBytes) throw new Error('it is too large');
    return v.parse(fileSchema, JSON.parse(await readFile(path, { encoding: 'utf8', flag: constants.O_RDONLY | noFollow }))).exports;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    const message = `Which exports there are cannot be read from ${path}: ${sentence(error)}. Move it away, and exports from now on are known again; look at earlier ones yourself.`;
    throw new ProblemError({ code: 'exports-unreadable', message, where: { file: path } }, { cause: error });
  }
}

/**
 * Notes an export. Several processes may do so at once.
 * @throws ProblemError when it cannot be noted
 */
export async function noteExported(dataDirectory: string, { format, dataset, output, layout, files }: ToNote): Promise<void> {
  await change(dataDirectory, async (known) => {
    const folder = layout === 'file' ? await realpath(dirname(output)) : await realpath(output).catch(async () => join(await realpath(dirname(output)), basename(output)));
    const { dev: device } = await stat(await realpath(folder).catch(() => dirname(folder)));
    const now = new Set(layout === 'file' ? [basename(output)] : files);
    const isSame = (each: Exported): boolean => each.folder === folder && each.format === format && each.dataset === dataset;
    for (const each of known.filter(isSame)) for (const file of each.files) now.add(file);
    // A file that was of another format is another file now.
    const others = known.filter((each) => !isSame(each)).map((each) => (each.folder === folder ? { ...each, files: each.files.filter((file) => !now.has(file)) } : each));
    const entry: Exported = { format, ...(dataset && { dataset }), at: new Date().toISOString(), folder, device, files: [...now].slice(0, mostFiles) }; // the newest are first
    return newest([...others.filter((each) => each.files.length > 0), entry]);
  });
}

/**
 * Takes files off the ledger, by their absolute paths. Where that cannot be, they are looked for in vain next time.
 * @throws ProblemError when it cannot be written
 */
export async function dropExported(dataDirectory: string, gone: ReadonlySet<string>): Promise<void> {
  if (gone.size === 0) return;
  await change(dataDirectory, (known) => known.map((each) => ({ ...each, files: each.files.filter((file) => !gone.has(join(each.folder, file))) })).filter(({ files }) => files.length > 0));
}

async function change(dataDirectory: string, next: (known: readonly Exported[]) => readonly Exported[] | Promise<readonly Exported[]>): Promise<void> {
  const path = ledgerPath(dataDirectory);
  try {
    await inTurn(dataDirectory, async () => put(dataDirectory, await next(await readExported(dataDirectory))));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError({ code: 'not-noted', message: `Which exports there are could not be noted in ${path}: ${sentence(error)}.`, where: { file: path } }, { cause: error });
  }
}

async function inTurn(dataDirectory: string, work: () => Promise<void>): Promise<void> {
  for (const end = Date.now() + longestWait; ;) {
    const done = await claimed(dataDirectory, async () => {
      await work();
      return true;
    }, 'exported.lock');
    if (done) return;
    if (Date.now() > end) throw new Error(`another process holds ${join(dataDirectory, 'exported.lock')}`);
    await setTimeout(betweenTries);
  }
}

async function put(dataDirectory: string, exports: readonly Exported[]): Promise<void> {
  const partial = join(dataDirectory, temporaryName('exported.json'));
  try {
    await writeFile(partial, `${JSON.stringify({ version: 1, exports }, null, 1)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await rename(partial, ledgerPath(dataDirectory));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

function newest(entries: readonly Exported[]): readonly Exported[] {
  let files = 0;
  const from = entries.findLastIndex((each) => (files += each.files.length) > mostFiles);
  return entries.slice(Math.min(from + 1, entries.length - 1));
}
