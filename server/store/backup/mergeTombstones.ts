/** Tombstones of two copies of one record, joined: what was forgotten in either stays so. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../replaceFile.ts';
import { tombstoneFiles } from './tombstones.ts';

/**
 * Adds those of `from` to those of `into`, both absolute paths of data directories. Those that were made with another key say nothing about
 * what lies in `into`, and stay where they are.
 */
export function mergeTombstones(from: string, into: string): void {
  const [names, key] = tombstoneFiles;
  const read = (folder: string, name: string): Buffer | undefined => (existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined);
  const [theirs, theirKey, ours, ourKey] = [read(from, names), read(from, key), read(into, names), read(into, key)];
  if (!theirs || !theirKey || (ours && ourKey && !ourKey.equals(theirKey))) return;
  // The key first: without it tombstones are refused.
  if (!ours || !ourKey) replaceFile(join(into, key), [theirKey]);
  const [head = '', ...lines] = theirs.toString('utf8').split('\n');
  const all = new Set([...lines, ...(ours && ourKey ? ours.toString('utf8').split('\n').slice(1) : [])].filter((line) => line !== ''));
  replaceFile(join(into, names), [`${head}\n`, [...all].sort().map((line) => `${line}\n`).join('')]);
}
