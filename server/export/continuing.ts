/**
 * Where exports ended that are to be continued: a small file in the data directory, readable by its owner alone. Two exports that end at the
 * same moment may forget one of the two ends: that one begins earlier next time, and nothing is left out.
 */

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import * as v from 'valibot';
import { ProblemError, sentence } from '../../shared/problem.ts';
import type { ExportSelection } from '../../shared/protocol.ts';
import { removeLeftovers, temporaryName } from './temporary.ts';

/** What is continued: the same of all of these. */
export interface Continued {
  readonly format: string;
  /** Absolute path, as it was asked for. */
  readonly output: string;
  readonly options: Readonly<Record<string, string>>;
  /** Without its times. */
  readonly selection: Omit<ExportSelection, 'since' | 'until'>;
}

const endSchema = v.object({ format: v.string(), output: v.string(), options: v.record(v.string(), v.string()), selection: v.looseObject({}), until: v.string() });
const fileSchema = v.object({ version: v.literal(1), ends: v.array(endSchema) });

type Ends = v.InferOutput<typeof fileSchema>['ends'];

/**
 * Where the last one ended, RFC 3339; undefined when there was none.
 * @throws ProblemError when the file cannot be read
 */
export async function lastEnd(dataDirectory: string, what: Continued): Promise<string | undefined> {
  const key = keyOf(what);
  return (await readEnds(dataDirectory)).find((end) => keyOf(end) === key)?.until;
}

/** @param until RFC 3339, exclusive */
export async function rememberEnd(dataDirectory: string, { format, output, options, selection }: Continued, until: string): Promise<void> {
  const end = { format, output, options, selection, until };
  const others = (await readEnds(dataDirectory)).filter((each) => keyOf(each) !== keyOf(end));
  const path = fileIn(dataDirectory);
  const partial = join(dataDirectory, temporaryName('exports.json'));
  await removeLeftovers(dataDirectory);
  try {
    await writeFile(partial, `${JSON.stringify({ version: 1, ends: [...others, end] }, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    const message = `The export is whole, but where it ended could not be noted in ${path}: ${sentence(error)}. The next one will hold this part again.`;
    throw new ProblemError({ code: 'not-noted', message, where: { file: path } }, { cause: error });
  }
}

/** The name of one part, so that parts never replace each other: `all.jsonl` → `all_2026-11-20T09-30-00-000Z.jsonl`, a folder → a folder in it. */
export function partOutput(output: string, until: string, { extension, layouts }: { readonly extension: string; readonly layouts: readonly string[] }): string {
  const moment = until.replaceAll(/[:.]/g, '-');
  const ending = extname(output);
  if (ending !== '' && layouts.includes('file')) return join(dirname(output), `${basename(output, ending)}_${moment}${ending}`);
  return join(output, layouts.includes('folder') ? moment : `${moment}.${extension}`);
}

/** Absolute paths, as they were asked for, of all exports that are continued; their parts lie there or beside. */
export async function continuedOutputs(dataDirectory: string): Promise<string[]> {
  return [...new Set((await readEnds(dataDirectory)).map(({ output }) => output))];
}

function fileIn(dataDirectory: string): string {
  return join(dataDirectory, 'exports.json');
}

async function readEnds(dataDirectory: string): Promise<Ends> {
  const path = fileIn(dataDirectory);
  try {
    return v.parse(fileSchema, JSON.parse(await readFile(path, 'utf8'))).ends;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    const message = `Where the last export ended cannot be read from ${path}: ${sentence(error)}. Without that file, the next one begins at the beginning.`;
    throw new ProblemError({ code: 'ends-unreadable', message, where: { file: path } }, { cause: error });
  }
}

/** The same for the same choice, in whatever order it was given. */
function keyOf({ format, output, options, selection }: Continued): string {
  const sorted = (value: object): [string, unknown][] => Object.entries(value).map(([name, each]): [string, unknown] => [name, Array.isArray(each) ? each.toSorted() : each]).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([format, output, sorted(options), sorted(selection)]);
}
