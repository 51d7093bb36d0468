/** What lies beside the files of a dataset says how many examples they have, and their SHA-256: when they are other files, it says so of those. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { contentsOf, Unreadable } from './contents.ts';
import type { Going } from './judging.ts';
import { rewriteFile } from './rewriteFile.ts';

const inside = v.pipe(v.string(), v.check((name) => name.split(/[/\\]/).every((part) => part !== '' && part !== '..')));
const fileOf = v.looseObject({ name: inside, bytes: v.number(), sha256: v.string() });
const splitOf = v.looseObject({ name: v.string(), file: inside, examples: v.number(), sessions: v.number(), bytes: v.number() });
const manifestSchema = v.looseObject({ daybook: v.number(), splits: v.array(splitOf), files: v.array(fileOf) });

/** What stands in place of an id that is forgotten. */
const forgotten = 'forgotten';

/**
 * Writes the card and the manifest anew. How many sessions the examples are of is said as it was: that cannot be told from the lines.
 * Throws `Unreadable` when there is no such manifest, or what the file system says.
 * @param folder absolute path of the dataset
 * @param less how many lines each of its files has fewer, by name
 */
export async function renewDataset(folder: string, less: ReadonlyMap<string, number>, going: Going = { records: new Set(), sessions: new Set() }): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest = await readManifest(path);
  const splits: typeof manifest.splits = [];
  for (const split of manifest.splits) {
    const { bytes } = await stateOf(join(folder, split.file));
    splits.push({ ...split, examples: split.examples - (less.get(split.file) ?? 0), bytes });
  }
  const without = unnamed(going);
  await rewriteText(join(folder, 'README.md'), (text) => without(card(text, manifest.splits, splits)));
  const files: typeof manifest.files = [];
  for (const file of manifest.files) files.push({ ...file, ...await stateOf(join(folder, file.name)) });
  await rewriteText(path, () => `${without(JSON.stringify({ ...manifest, splits, files }, null, 2))}\n`);
}

async function readManifest(path: string): Promise<v.InferOutput<typeof manifestSchema>> {
  try {
    return v.parse(manifestSchema, JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new Unreadable(`${path} is no manifest of a dataset.`, { cause: error });
  }
}

/** The table of splits and the sum, where they stand as they were written. */
function card(text: string, before: readonly v.InferOutput<typeof splitOf>[], after: readonly v.InferOutput<typeof splitOf>[]): string {
  const row = ({ name, examples, sessions, bytes }: v.InferOutput<typeof splitOf>): string => `| ${name} | ${examples} | ${sessions} | ${bytes} |`;
  const total = (splits: readonly { readonly examples: number }[]): string => `\n${splits.reduce((sum, { examples }) => sum + examples, 0)} examples in the format `;
  let next = text.replace(total(before), () => total(after));
  for (const [at, split] of before.entries()) next = next.replace(row(split), () => row(after[at] ?? split));
  return next;
}

/** Ids that were chosen by name when the dataset was made. */
function unnamed({ records, sessions }: Going): (text: string) => string {
  return (text) => text.replace(/[^\s"'`<>,;()[\]{}]{8,}/g, (name) => (sessions.has(name) || records.has(name) ? forgotten : name));
}

async function rewriteText(path: string, next: (text: string) => string): Promise<void> {
  await rewriteFile(path, async function* (pieces) {
    const all: Buffer[] = [];
    for await (const piece of pieces) all.push(piece);
    yield Buffer.from(next(Buffer.concat(all).toString('utf8')));
  });
}

async function stateOf(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of contentsOf(path)) {
    if (!piece) continue;
    bytes += piece.length;
    hash.update(piece);
  }
  return { bytes, sha256: hash.digest('hex') };
}
