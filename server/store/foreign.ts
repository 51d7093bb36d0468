/**
 * SQLite databases of other tools, read and nothing else: no file beside them is created or changed, no lock is held between two pages.
 *
 * - Up to 64 MB, database and log together: the bytes are read and SQLite works on them in memory (see foreignImage.ts).
 * - Larger, with a rollback journal: opened read-only. SQLite shares a lock with the tool for the milliseconds of one page.
 * - Larger, with a write-ahead log whose files are there, as while the tool runs: opened read-only through the tool's own `-shm`.
 * - Larger, with a write-ahead log and no such files: SQLite would make them, so it is not opened, and that is said.
 */

import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { ProblemError } from '../../shared/problem.ts';
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
  /** @throws ProblemError `format-drift` when the table or one of the columns is not there */
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
    return image && foreignOf(openImage(image), path);
  }
  if (kind.isWal && !['-wal', '-shm'].every((ending) => existsSync(path + ending))) {
    const message = `${path} is larger than ${Math.round(largest / (1 << 20))} MB. Daybook reads it while the tool that keeps it is running.`;
    throw new ProblemError({ code: 'database-not-open', message, where: { file: path } });
  }
  return foreignOf(new Database(path, { readonly: true, fileMustExist: true, timeout: busyTimeout }), path);
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

function foreignOf(database: Database.Database, path: string): Foreign {
  // Each row is read once: pages that are kept would be kept for nothing. Kilobytes.
  database.pragma('cache_size = -1024');
  const known = new Map<string, ReadonlySet<string>>();
  // A statement takes memory that nobody sees from outside of SQLite: one for each question, not one for each time it is asked.
  const statements = new Map<string, Rows>();

  function prepared(text: string): Rows {
    const statement = statements.get(text) ?? database.prepare<unknown[], unknown[]>(text).raw();
    statements.set(text, statement);
    return statement;
  }

  function columns(table: string): ReadonlySet<string> {
    const names = known.get(table) ?? new Set(database.prepare<[string], string>('SELECT name FROM pragma_table_xinfo(?)').pluck().all(table));
    known.set(table, names);
    return names;
  }

  function* rows(query: ForeignQuery): Generator<ForeignRow> {
    check(query);
    const { where = [], key } = query;
    const first = prepared(select(query, ''));
    const values = where.map(({ value }) => value);
    let page = pageOf(first, values);
    while (page.rows.length > 0) {
      for (const row of page.rows) yield rowOf(query, row);
      page = page.isLast ? { rows: [], isLast: true } : pageOf(prepared(select(query, `${quoted(key)} > ?`)), [...values, page.rows.at(-1)?.[0]]);
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
    return database.prepare<[], number | null>(`SELECT max(rowid) FROM ${quoted(table)}`).pluck().get() ?? 0;
  }

  return { columns, newest, rows, close: () => database.close() };
}

type Rows = Database.Statement<unknown[], unknown[]>;

/** The transaction in which a page is read ends with it, whatever becomes of its rows. */
function pageOf(statement: Rows, values: readonly unknown[]): { readonly rows: readonly (readonly unknown[])[]; readonly isLast: boolean } {
  const rows: unknown[][] = [];
  let characters = 0;
  for (const row of statement.iterate(...values)) {
    rows.push(row);
    for (const value of row) characters += typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8;
    if (characters >= pageCharacters) return { rows, isLast: false };
  }
  return { rows, isLast: rows.length < pageRows };
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
  return Buffer.isBuffer(value) ? value.toString('utf8') : null;
}

/** Only names that the schema has come so far. */
function quoted(name: string): string {
  return name === 'rowid' ? name : `"${name.replaceAll('"', '""')}"`;
}
