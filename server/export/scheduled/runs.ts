/** How the last run of each scheduled export went: a small file in the data directory, so that every window and `daybook doctor` can say it. */

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { removeLeftovers, temporaryName } from '../temporary.ts';

const runSchema = v.object({
  /** The same for the same entry. */
  key: v.string(),
  /** RFC 3339. */
  at: v.string(),
  state: v.picklist(['ok', 'warning']),
  /** Short, stable, kebab-case. */
  code: v.string(),
  /** Sentences for a person. */
  message: v.string(),
});
const fileSchema = v.object({ version: v.literal(1), runs: v.array(runSchema) });

export type ScheduledRun = Readonly<v.InferOutput<typeof runSchema>>;

/** What cannot be read is like nothing: the next run writes it anew. */
export async function readRuns(dataDirectory: string): Promise<readonly ScheduledRun[]> {
  try {
    return v.parse(fileSchema, JSON.parse(await readFile(fileIn(dataDirectory), 'utf8'))).runs;
  } catch {
    return []; // not there yet, or of another version
  }
}

export async function writeRuns(dataDirectory: string, runs: readonly ScheduledRun[]): Promise<void> {
  const partial = join(dataDirectory, temporaryName('scheduled.json'));
  await removeLeftovers(dataDirectory);
  try {
    await writeFile(partial, `${JSON.stringify({ version: 1, runs }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(partial, fileIn(dataDirectory));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

function fileIn(dataDirectory: string): string {
  return join(dataDirectory, 'scheduled.json');
}
