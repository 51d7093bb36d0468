/**
 * The way back: reads Daybook's own exports (JSON Lines and Parquet) and journal files into the record. Records keep their ids, so that
 * reading one twice changes nothing, and reading those of another machine joins the two.
 */

import { createReadStream } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ProblemError } from '../../shared/problem.ts';
import type { Problem } from '../../shared/problem.ts';
import { parseType } from '../../shared/record.ts';
import type { ImportCounts, RecordResult, SessionCounts } from '../../shared/results.ts';
import { isDaybookParquet, parquetRecords } from './parquetReader.ts';

/** What reading back needs of the world behind the one door. */
export interface ReadBackPorts {
  submit(submission: { readonly records: readonly unknown[]; readonly source: string }): Promise<RecordResult>;
  /** Figures of some sessions, by name. */
  count(sessions: readonly string[]): SessionCounts;
  /** Called for each line that could not be taken. */
  onProblem(problem: Problem): Promise<unknown>;
}

export interface ReadBackWatch {
  /** Called after each file. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Name under which the figures of what was read back stand among the sources. */
export const readBackSource = 'daybook-export';

/** A record as it was read, or why it is none; its line or row, from 1. */
type Line = { readonly line: number } & ({ readonly record: unknown } | { readonly reason: string });

const batchSize = 500;

/**
 * The exports among some files and below some folders, by their content alone.
 * @returns absolute paths without links
 */
export async function findExports(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) for await (const file of filesBelow(await realpath(path))) if (await isExport(file)) found.add(file);
  return [...found].sort();
}

async function* filesBelow(path: string): AsyncGenerator<string> {
  if (!(await stat(path)).isDirectory()) {
    yield path;
    return;
  }
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isFile()) yield join(path, entry.name);
    else if (entry.isDirectory()) yield* filesBelow(join(path, entry.name));
  }
}

/** How much of a file is looked at; a first record that is longer is still told by its beginning. */
const headBytes = 1_024;

async function isExport(path: string): Promise<boolean> {
  if (/\.parquet$/i.test(path)) return isDaybookParquet(path);
  if (!/\.jsonl$/i.test(path)) return false;
  const head = await headOf(path);
  return /^\uFEFF?\{/.test(head) && /"specversion":\s*"1\.0"/.test(head) && /"type":\s*"dev\.daybook\./.test(head);
}

async function headOf(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Reads exports into the record. Stops between batches when the signal says so; what was read by then stays. */
export async function readBack(files: readonly string[], ports: ReadBackPorts, { onProgress, signal }: ReadBackWatch = {}): Promise<ImportCounts> {
  const sessions = new Set<string>();
  let newRecords = 0;
  let problems = 0;
  for (const [at, file] of files.entries()) {
    for await (const batch of batches(/\.parquet$/i.test(file) ? rows(file) : lines(file))) {
      if (signal?.aborted) break;
      const read = batch.flatMap((each) => ('record' in each ? [each] : []));
      await ports.submit({ records: read.flatMap(({ record }) => firstOf(record)), source: readBackSource });
      const result = await ports.submit({ records: read.map(({ record }) => record), source: readBackSource });
      const refused = result.rejected.map(({ line, reason }) => ({ line: read[line - 1]?.line ?? 0, reason }));
      for (const wrong of [...batch.flatMap((each) => ('reason' in each ? [each] : [])), ...refused]) {
        await ports.onProblem({ code: 'malformed-line', message: wrong.reason, where: { file, line: wrong.line } });
        problems++;
      }
      newRecords += result.accepted;
      for (const { record } of read) addSession(sessions, record);
    }
    onProgress?.(at + 1, files.length);
  }
  return { files: files.length, ...ports.count([...sessions]), newRecords, problems };
}

/** A revision as its store marks it, by a hash at the end of its id. */
const revisionMark = /(~[0-9a-f]{12})+$/;

/**
 * A revision comes without the one it replaced. Something must stand under the id that all of them share: by it the tool's own file, read
 * later, is known.
 */
function firstOf(record: unknown): readonly object[] {
  const { id, type } = (record ?? {}) as { readonly id?: unknown; readonly type?: unknown };
  const isRevision = typeof id === 'string' && revisionMark.test(id) && typeof type === 'string' && parseType(type)?.family === 'chats';
  return isRevision ? [{ ...(record as object), id: id.replace(revisionMark, '') }] : [];
}

function addSession(sessions: Set<string>, record: unknown): void {
  const { sessionid, type } = (record ?? {}) as { readonly sessionid?: unknown; readonly type?: unknown };
  if (typeof sessionid === 'string' && typeof type === 'string' && parseType(type)) sessions.add(sessionid);
}

async function* lines(file: string): AsyncGenerator<Line> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') continue;
    yield { line, ...parsed(line === 1 ? text.replace(/^\uFEFF/, '') : text) };
  }
}

function parsed(text: string): { readonly record: unknown } | { readonly reason: string } {
  try {
    return { record: JSON.parse(text) as unknown };
  } catch {
    return { reason: 'The line is not JSON.' }; // the caller says which
  }
}

async function* rows(file: string): AsyncGenerator<Line> {
  let line = 0;
  try {
    for await (const record of parquetRecords(file)) yield { line: ++line, record };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ProblemError({ code: 'unreadable-file', message: `${file} cannot be read as Parquet after row ${line}: ${error.message}.`, where: { file } }, { cause: error });
  }
}

async function* batches(all: AsyncIterable<Line>): AsyncGenerator<Line[]> {
  let batch: Line[] = [];
  for await (const line of all) {
    batch.push(line);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
