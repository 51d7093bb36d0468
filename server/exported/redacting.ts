/** Redacting, in files that were exported: what the record lost has no place there either. Files of text are written anew, others are named. */

import { relative, sep } from 'node:path';
import type { KnownExport } from '../../shared/redaction.ts';
import { createByteSearch, type ByteSearch } from '../redacting/byteSearch.ts';
import { contentsOf, isOfFile, isPlain } from './contents.ts';
import { renewDataset } from './datasets.ts';
import { knownFiles, type KnownFile } from './known.ts';
import { createReplace } from './replaceValues.ts';
import { ChangedMeanwhile, rewriteFile } from './rewriteFile.ts';

/**
 * Exports that hold one of some secrets, or cannot be looked into.
 * @param dataDirectory absolute path
 * @param placeholders by secret
 * @param replace whether placeholders are put there; else nothing is changed
 */
export async function redactExports(dataDirectory: string, placeholders: ReadonlyMap<string, string>, replace: boolean): Promise<KnownExport[]> {
  const search = createByteSearch(placeholders.keys());
  if (search.values === 0) return [];
  const { files, outOfReach } = await knownFiles(dataDirectory);
  const put = createReplace(placeholders);
  const states = new Map<string, KnownExport['state']>(outOfReach.map(({ path, reason }) => [path, reason === 'not readable' ? reason : 'not reachable']));
  const changed: KnownFile[] = [];
  for (const file of files) {
    const state = await stateOf(file, search, replace ? () => rewriteFile(file.path, put) : undefined);
    if (state) states.set(file.path, state);
    if (state === 'redacted' && file.dataset) changed.push(file);
  }
  if (replace) for (const [path, state] of await renewed(changed)) states.set(path, state);
  return [...states].map(([path, state]) => ({ path, state })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Undefined for a file in which there is nothing. */
async function stateOf({ path, format }: KnownFile, search: ByteSearch, rewrite: (() => Promise<void>) | undefined): Promise<KnownExport['state'] | undefined> {
  try {
    if (!await holds(path, search)) return undefined;
    if (format === undefined || !await isPlain(path)) return 'holds secrets';
    await rewrite?.();
    return rewrite && await holds(path, search) ? 'holds secrets' : 'redacted';
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return 'holds secrets';
    if (!isOfFile(error)) throw error;
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'not readable';
  }
}

async function holds(path: string, search: ByteSearch): Promise<boolean> {
  let kept = Buffer.alloc(0);
  for await (const piece of contentsOf(path)) {
    const bytes = piece ? Buffer.concat([kept, piece]) : kept;
    if (search.holds(bytes)) return true;
    kept = piece ? Buffer.from(bytes.subarray(Math.max(0, bytes.length - search.overlap))) : Buffer.alloc(0);
  }
  return false;
}

/** Datasets say what their files are. Where that cannot be written anew, it does not hold any more, and is named. */
async function renewed(files: readonly KnownFile[]): Promise<ReadonlyMap<string, KnownExport['state']>> {
  const states = new Map<string, KnownExport['state']>();
  for (const folder of new Set(files.map((file) => file.folder))) {
    try {
      await renewDataset(folder, new Map(files.filter((file) => file.folder === folder).map(({ path }) => [relative(folder, path).split(sep).join('/'), 0])));
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) && !isOfFile(error)) throw error;
      states.set(`${folder}${sep}manifest.json`, 'not readable');
    }
  }
  return states;
}
