/** Lines of a journal as they are on the disk, plain or compressed, read without any code of Daybook. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { filesBelow } from './journalFiles.ts';

/** Names of the records in a data directory's journal, each as often as it is there; what lies in both forms, because a process died between them, once. */
export function journalLines(dataDirectory: string): string[] {
  const journal = join(dataDirectory, 'journal');
  const files = existsSync(journal) ? filesBelow(journal) : [];
  const idsOf = (text: string): string[] => [...text.matchAll(/^\{"specversion":"1\.0","id":"([^"]+)"/gm)].map(([, id = '']) => id);
  const plain = files.filter((file) => file.endsWith('.jsonl')).flatMap((file) => idsOf(readFileSync(file, 'utf8')));
  const sealed = files.filter((file) => file.endsWith('.zst')).map((file) => readFileSync(file)).filter(({ length }) => length > 0)
    .flatMap((bytes) => idsOf(zstdDecompressSync(bytes).toString('utf8')));
  return [...sealed, ...plain.filter((id) => !sealed.includes(id))];
}
