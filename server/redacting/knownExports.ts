/** Exports that Daybook knows of: those that it continues, with their parts. They are a person's own files, and only looked into. */

import { openSync, closeSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { KnownExport } from '../../shared/redaction.ts';
import type { ByteSearch } from './byteSearch.ts';
import { fileHolds } from './files.ts';

/** First bytes of files whose words are not to be seen in their bytes: spreadsheets, Parquet, compressed ones. */
const opaque = ['PK\x03\x04', 'PAR1', '\x28\xb5\x2f\xfd', '\x1f\x8b'];

/** @param outputs absolute paths as they were asked for */
export async function exportsWith(search: ByteSearch, outputs: readonly string[]): Promise<KnownExport[]> {
  if (search.values === 0) return [];
  const found: KnownExport[] = [];
  for (const path of new Set(outputs.flatMap(partsOf).sort())) {
    const state = await stateOf(path, search);
    if (state) found.push({ path, state });
  }
  return found;
}

async function stateOf(path: string, search: ByteSearch): Promise<KnownExport['state'] | undefined> {
  try {
    if (isOpaque(path)) return 'not readable';
    return await fileHolds(path, search) ? 'holds secrets' : undefined;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    // It may not be read, or its disk is away: the person is to know.
    return 'not readable';
  }
}

function isOpaque(path: string): boolean {
  const head = Buffer.alloc(4);
  const handle = openSync(path, 'r');
  try {
    const count = readSync(handle, head, 0, head.length, 0);
    return opaque.some((begin) => head.toString('latin1', 0, count).startsWith(begin));
  } finally {
    closeSync(handle);
  }
}

/** The file itself, the parts beside it that have a moment in their names, or everything in a folder. */
function partsOf(output: string): string[] {
  const stat = statSync(output, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return filesBelow(output);
  const ending = extname(output);
  const begin = `${basename(output, ending)}_`;
  const folder = dirname(output);
  const beside = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  const parts = beside.filter((name) => name.startsWith(begin) && name.endsWith(ending) && name.length > begin.length + ending.length).map((name) => join(folder, name));
  return [...(stat?.isFile() ? [output] : []), ...parts.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
