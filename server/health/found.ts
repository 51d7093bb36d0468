/** What lies where the tools keep their sessions, and the folders that may not be looked into. */

import { access, constants } from 'node:fs/promises';
import { sentence } from '../../shared/problem.ts';
import { discover } from '../importers/discover.ts';
import type { Importer, Machine } from '../importers/importer.ts';
import { rootsOf } from '../importers/roots.ts';
import { isForbidden } from '../importers/sourceBytes.ts';

/** What was found of one source. */
export interface Finds {
  readonly files: readonly { readonly path: string; readonly mtimeMs: number }[];
  /** Folders, absolute. */
  readonly closed: readonly string[];
  /** Why it could not be looked for. */
  readonly failure?: string;
}

/** By the name of the source. */
export async function found(importers: readonly Importer[], machine: Machine): Promise<ReadonlyMap<string, Finds>> {
  const all = new Map<string, Finds>();
  for (const importer of importers) all.set(importer.source, await findsOf(importer, machine));
  return all;
}

async function findsOf(importer: Importer, machine: Machine): Promise<Finds> {
  try {
    const files = await discover([importer], machine);
    const closed: string[] = [];
    for (const { path } of await rootsOf(importer, machine)) if (await isClosed(path)) closed.push(path);
    return { files, closed };
  } catch (error) {
    return { files: [], closed: [], failure: sentence(error) };
  }
}

async function isClosed(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.R_OK | constants.X_OK);
    return false;
  } catch (error) {
    return isForbidden(error);
  }
}
