/** Texts of the record that are looked for in the files of an encrypted one, as they lie on the disk: it is to hold none of them. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createByteSearch } from '../redacting/byteSearch.ts';
import { fileHolds } from '../redacting/files.ts';
import { parseRecord } from '../store/payload.ts';
import type { Store } from '../store/store.ts';

const mostTexts = 200;
/** Of each journal file. */
const mostOfFile = 10;
const shortest = 16;

/** Prose, from every part of the record: what has a space in it is no path and no name, which files of settings may have. */
export function textsOf(past: Pick<Store['past'], 'files' | 'lines'>): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const path of past.files()) {
    const before = texts.size;
    for (const line of past.lines(path)) {
      const text = longest(parseRecord(line)?.data);
      if (text !== '') texts.add(text);
      if (texts.size - before >= mostOfFile) break;
    }
    if (texts.size >= mostTexts) break;
  }
  return texts;
}

/** Which files of folders, absolute paths, hold one of the texts. */
export async function searchTexts(texts: ReadonlySet<string>, folders: readonly string[]): Promise<{ texts: number; files: number; left: string[] }> {
  const search = createByteSearch(texts);
  const left: string[] = [];
  let files = 0;
  for (const path of folders.flatMap(filesIn)) {
    files++;
    if (await fileHolds(path, search)) left.push(path);
  }
  return { texts: search.values, files, left };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)).sort();
}

/** The longest text in a payload that is prose; '' when there is none. */
function longest(value: unknown): string {
  if (typeof value === 'string') return value.length >= shortest && value.includes(' ') ? value : '';
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(longest).reduce((most, each) => (each.length > most.length ? each : most), '');
}
