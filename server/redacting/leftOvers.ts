/** Reads every byte of the data directory, compressed lines as what they say, and tells where one of some values is left. */

import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { LeftOver } from '../../shared/redaction.ts';
import { parseRecord } from '../store/payload.ts';
import type { ByteSearch } from './byteSearch.ts';
import { fileHolds } from './files.ts';

export interface LeftOverDeps {
  /** Absolute path of the data directory. */
  readonly root: string;
  readonly journal: { readonly root: string; lines(path: string): Iterable<Buffer> };
  /** Whether the journal's lines are encrypted: then they are looked into as what they say, too. */
  readonly encrypted: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** More ids than this would help nobody. */
const mostNamed = 20;
/** Lines between which others get their turn. */
const linesAtOnce = 2_000;

export async function leftOvers(search: ByteSearch, { root, journal, encrypted, onProgress }: LeftOverDeps): Promise<{ readonly files: number; readonly left: readonly LeftOver[] }> {
  if (search.values === 0) return { files: 0, left: [] };
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)).sort();
  const left: LeftOver[] = [];
  for (const [at, path] of files.entries()) {
    const line = journalPath(journal.root, path);
    const isCompressed = path.endsWith('.zst');
    const isThere = search.holds(Buffer.from(relative(root, path))) || (!isCompressed && await fileHolds(path, search));
    const records = line !== undefined && (isThere || isCompressed || encrypted) ? await recordsWith(journal.lines(line), search) : undefined;
    if (isThere || (records && records.found > 0)) left.push({ path, records: records?.ids ?? [] });
    onProgress?.(at + 1, files.length);
  }
  return { files: files.length, left };
}

/** The path of a journal file as the journal has it; undefined for every other file. */
function journalPath(root: string, path: string): string | undefined {
  const below = relative(root, path).split(sep).join('/');
  return !below.startsWith('../') && /\.jsonl(?:\.zst)?$/.test(below) ? below.replace(/\.zst$/, '') : undefined;
}

async function recordsWith(lines: Iterable<Buffer>, search: ByteSearch): Promise<{ readonly found: number; readonly ids: readonly string[] }> {
  const ids: string[] = [];
  let found = 0;
  let done = 0;
  for (const line of lines) {
    if (++done % linesAtOnce === 0) await setImmediate();
    if (!search.holds(line)) continue;
    found++;
    const id = parseRecord(line)?.id;
    if (id !== undefined && ids.length < mostNamed) ids.push(id);
  }
  return { found, ids };
}
