/**
 * SQLite databases of other tools, read and nothing else: no file beside them is created or changed, no lock is held between two pages.
 *
 * - Up to 64 MB, database and log together: the bytes are read and SQLite works on them in memory (see foreignImage.ts).
 * - Larger, with a rollback journal: opened read-only. SQLite shares a lock with the tool for the milliseconds of one page.
 * - Larger, with a write-ahead log whose files are there, as while the tool runs: opened read-only through the tool's own `-shm`.
 * - Larger, with a write-ahead log of which nothing is there, as after the tool has ended: opened as a file that nobody changes. Should
 *   somebody do so all the same, reading ends, and begins again later.
 * - Larger, with a log that a tool left behind when it crashed, or where Node's own SQLite is missing: it is not opened, and that is said.
 */

import Database from 'better-sqlite3';
import { existsSync, statSync } from 'node:fs';
import { ProblemError } from '../../shared/problem.ts';
import { immutable, ownLibrary, type ForeignConnection } from './foreignConnection.ts';
import { imageOf, isHalfWritten, kindOf } from './foreignImage.ts';

/** Bytes are given as the text they encode in UTF-8; undefined is a value that is too long to be read. */
export type ForeignRow = Readonly<Record<string, string | number | null | undefined>>;

export interface ForeignQuery {
  readonly table: string;
  readonly columns: readonly string[];
  /** A column that no two rows have the same value in; rows come in its order. `rowid` is one of most tables. */
  readonly key: string;
  readonly where?: readonly { readonly column: string; readonly is: '=' | '>' | '>=' | '<'; readonly value: string | number }[];
}

export interface Foreign {
  /** Names of a table's columns; empty when there is no such table. */
  columns(table: string): ReadonlySet<string>;
  /**
   * The largest `rowid` of a table, 0 when it has no rows.
   * @throws ProblemError `format-drift` when there is no such table
   */
  newest(table: string): number;
  /** @throws ProblemError `format-drift` when the table or one of the columns is not there, `database-changed` when it has to be read once more */
  rows(query: ForeignQuery): Iterable<ForeignRow>;
  close(): void;
}

/** Characters of a value beyond which it is not read. */
const longestValue = 32 << 20;
/** A page ends with the row that makes it so long, or with the last of so many. */
const pageCharacters = 4 << 20;
const pageRows = 500;
const largestImage = 64 << 20;
/** Milliseconds to wait for the tool to end its own transaction. */
const busyTimeout = 1_000;
const attempts = 3;

/**
 * Opens the database of another tool. Undefined when it is being written just now: ask again.
 * @param largest bytes up to which it is read into memory
 * @throws ProblemError `no-database`, `database-not-open`; the file system's and SQLite's errors
 */
export function openForeign(path: string, largest = largestImage): Foreign | undefined {
  const kind = kindOf(path);
  if (!kind) throw new ProblemError({ code: 'no-database', message: `${path} is not an SQLite database.`, where: { file: path } });
  if (kind.size <= largest) {
    if (isHalfWritten(path)) return undefined;
    const image = firstImage(path);
    return image && foreignOf(ownLibrary(openImage(image)), path);
  }
  if (!kind.isWal || ['-wal', '-shm'].every((ending) => existsSync(path + ending))) {
    return foreignOf(ownLibrary(new Database(path, { readonly: true, fileMustExist: true, timeout: busyTimeout })), path);
  }
  const closed = hasLog(path) ? undefined : immutable(path);
  if (closed) return foreignOf(closed, path);
  const message = `${path} is larger than ${Math.round(largest / (1 << 20))} MB. Daybook reads it while the tool that keeps it is running.`;
  throw new ProblemError({ code: 'database-not-open', message, where: { file: path } });
}

/** Whether there may be something in the log that is not in the file. */
function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** SQLite makes a copy of its own: what it was made of is given back at once, and not when somebody tidies up. */
function openImage(image: Buffer<ArrayBuffer>): Database.Database {
  const database = new Database(image, { readonly: true });
  image.buffer.transfer(0);
  return database;
}

function firstImage(path: string): Buffer<ArrayBuffer> | undefined {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const image = imageOf(path);
    if (image) return image;
  }
  return undefined;
}

function foreignOf(connection: ForeignConnection, path: string): Foreign {
  const known = new Map<string, ReadonlySet<string>>();

  function columns(table: string): ReadonlySet<string> {
    const names = known.get(table) ?? new Set(Array.from(connection.rows('SELECT name FROM pragma_table_xinfo(?)', [table]), ([name]) => String(name)));
    known.set(table, names);
    return names;
  }

  function* rows(query: ForeignQuery): Generator<ForeignRow> {
    check(query);
    const { where = [], key } = query;
    const values = where.map(({ value }) => value);
    let page = pageOf(connection, select(query, ''), values);
    while (page.rows.length > 0) {
      for (const row of page.rows) yield rowOf(query, row);
      page = page.isLast ? { rows: [], isLast: true } : pageOf(connection, select(query, `${quoted(key)} > ?`), [...values, page.rows.at(-1)?.[0]]);
    }
  }

  function check({ table, columns: wanted, key, where = [] }: ForeignQuery): void {
    const there = columns(table);
    const missing = [...wanted, key, ...where.map(({ column }) => column)].find((name) => !there.has(name) && name !== 'rowid');
    if (there.size > 0 && missing === undefined) return;
    const what = there.size === 0 ? `no table ${table}` : `no column ${missing ?? ''} in its table ${table}`;
    throw new ProblemError({ code: 'format-drift', message: `${path} has ${what} that Daybook knows how to read.`, where: { file: path } });
  }

  function newest(table: string): number {
    check({ table, columns: [], key: 'rowid' });
    const [row] = [...connection.rows(`SELECT max(rowid) FROM ${quoted(table)}`, [])];
    return Number(row?.[0] ?? 0);
  }

  return { columns, newest, rows, close: connection.close };
}

/** The transaction in which a page is read ends with it, whatever becomes of its rows. */
function pageOf(connection: ForeignConnection, text: string, values: readonly unknown[]): { readonly rows: readonly (readonly unknown[])[]; readonly isLast: boolean } {
  const rows: (readonly unknown[])[] = [];
  let characters = 0;
  try {
    for (const row of connection.rows(text, values)) {
      rows.push(row);
      for (const value of row) characters += typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
      if (characters >= pageCharacters) break;
    }
  } catch (error) {
    connection.check(); // what is changed while it is read looks damaged
    throw error;
  }
  connection.check();
  return { rows, isLast: characters < pageCharacters && rows.length < pageRows };
}

/** The key, then for each column whether its value is too long, and the value. `octet_length` does not read the value. */
function select({ table, columns, key, where = [] }: ForeignQuery, more: string): string {
  const tooLong = (name: string): string => `ifnull(octet_length(${quoted(name)}), 0) > ${longestValue}`;
  const wanted = columns.flatMap((name) => [tooLong(name), `iif(${tooLong(name)}, NULL, ${quoted(name)})`]);
  const conditions = [...where.map(({ column, is }) => `${quoted(column)} ${is} ?`), ...(more ? [more] : [])];
  const filter = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  return `SELECT ${[quoted(key), ...wanted].join(', ')} FROM ${quoted(table)}${filter} ORDER BY ${quoted(key)} LIMIT ${pageRows}`;
}

function rowOf({ columns }: ForeignQuery, row: readonly unknown[]): ForeignRow {
  return Object.fromEntries(columns.map((name, index) => [name, row[1 + 2 * index] === 1 ? undefined : plain(row[2 + 2 * index])]));
}

function plain(value: unknown): string | number | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8') : null;
}

/** Only names that the schema has come so far. */
function quoted(name: string): string {
  return name === 'rowid' ? name : `"${name.replaceAll('"', '""')}"`;
}
