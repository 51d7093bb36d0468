/**
 * Which sealed records have which id. A row for each record would be a tenth of everything on the disk: here the records of a bucket (keys
 * near each other, key.ts) that lie near each other in the journal share one row, five bytes for each.
 */

import type { Sqlite } from './database.ts';
import { bucketOf, keyOf, markOf, markValues } from './key.ts';

export interface SealedKeys {
  /** @param ids of the lines of a block, in their order; undefined where a line is no record */
  add(block: number, ids: readonly (string | undefined)[]): void;
  /** Takes back what `add` added, given the same. */
  remove(block: number, ids: readonly (string | undefined)[]): void;
  /** Numbers of records that may have this key: whoever reads them compares their ids. */
  find(key: Buffer): number[];
}

/** Pages of lines that one row can name. */
const rowPages = 64;
const entryBytes = 5;
const lastPage = 2 ** 32 - 1;

/** @param pageLines lines in a page */
export function openSealedKeys(database: Sqlite, pageLines: number): SealedKeys {
  const rowLines = rowPages * pageLines;
  if (rowLines * markValues > 2 ** (entryBytes * 8)) throw new Error('A mark and a line do not fit into an entry.');
  const insert = database.prepare<[bigint, Buffer]>('INSERT INTO sealed_keys (id, entries) VALUES (?, ?)');
  const drop = database.prepare<[bigint]>('DELETE FROM sealed_keys WHERE id = ?');
  const rows = database.prepare<[bigint, bigint], { page: number; entries: Buffer }>(
    'SELECT id & 4294967295 AS page, entries FROM sealed_keys WHERE id BETWEEN ? AND ?');

  /** Entries by the row that they belong to. */
  function entriesOf(block: number, ids: readonly (string | undefined)[]): Map<bigint, number[]> {
    const found = new Map<bigint, number[]>();
    for (const [line, id] of ids.entries()) {
      if (id === undefined) continue;
      const key = keyOf(id);
      const row = rowId(bucketOf(key), block + Math.floor(line / rowLines) * rowPages);
      const entry = markOf(key) * rowLines + (line % rowLines);
      const known = found.get(row);
      if (known) known.push(entry);
      else found.set(row, [entry]);
    }
    return found;
  }

  return {
    add(block, ids) {
      for (const [row, entries] of entriesOf(block, ids)) {
        const bytes = Buffer.allocUnsafe(entries.length * entryBytes);
        for (const [at, entry] of entries.entries()) bytes.writeUIntBE(entry, at * entryBytes, entryBytes);
        insert.run(row, bytes);
      }
    },
    remove(block, ids) {
      for (const row of entriesOf(block, ids).keys()) drop.run(row);
    },
    find(key) {
      const [bucket, mark] = [bucketOf(key), markOf(key)];
      return rows.all(rowId(bucket, 0), rowId(bucket, lastPage)).flatMap(({ page, entries }) =>
        linesWith(mark, entries, rowLines).map((line) => page * pageLines + line));
    },
  };
}

function linesWith(mark: number, entries: Buffer, rowLines: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < entries.length; at += entryBytes) {
    const entry = entries.readUIntBE(at, entryBytes);
    if (Math.floor(entry / rowLines) === mark) found.push(entry % rowLines);
  }
  return found;
}

/** Bucket above, page below: 63 bits. */
function rowId(bucket: number, page: number): bigint {
  return (BigInt(bucket) << 32n) | BigInt(page);
}
