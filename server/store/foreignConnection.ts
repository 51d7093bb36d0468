/**
 * Reading statements on a foreign database, whichever library has it open. One library cannot be told that a file never changes; the one
 * that comes with Node can, where it is new enough, and then makes no file beside it.
 */

import type Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import type * as NodeSqlite from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { ProblemError } from '../../shared/problem.ts';

export interface ForeignConnection {
  /** Rows as arrays of their columns' values. Numbers are numbers, bytes a Uint8Array. */
  rows(text: string, values: readonly unknown[]): Iterable<readonly unknown[]>;
  /** @throws ProblemError `database-changed` when what was read so far cannot be relied on */
  check(): void;
  close(): void;
}

/** Each row is read once: pages that are kept would be kept for nothing. Kilobytes. */
const cache = 'PRAGMA cache_size = -1024';

/** @param database open for reading */
export function ownLibrary(database: Database.Database): ForeignConnection {
  database.exec(cache);
  const prepared = remembering((text) => database.prepare<unknown[], unknown[]>(text).raw());
  return { rows: (text, values) => prepared(text).iterate(...values), check: () => undefined, close: () => void database.close() };
}

/**
 * A file of which SQLite is told that nobody writes it: it takes no lock and makes no file. What is in a log beside it is not seen, and
 * whether the file stays as it is has to be looked at. Undefined where Node has no SQLite that can do that.
 */
export function immutable(path: string): ForeignConnection | undefined {
  // As a module it could not be loaded at all by an older Node.
  const sqlite = process.getBuiltinModule('node:sqlite') as typeof NodeSqlite | undefined;
  if (!sqlite || !('setReturnArrays' in sqlite.StatementSync.prototype)) return undefined;
  const before = stampOf(path);
  const address = pathToFileURL(path);
  address.searchParams.set('immutable', '1');
  const database = new sqlite.DatabaseSync(address, { readOnly: true });
  database.exec(cache);
  const prepared = remembering((text) => {
    const statement = database.prepare(text);
    statement.setReturnArrays(true);
    statement.setReadBigInts(true); // a large number would be an error
    return statement;
  });
  return {
    * rows(text, values) {
      for (const row of prepared(text).iterate(...(values as (string | number)[])) as Iterable<unknown>) {
        yield (row as readonly unknown[]).map((value) => (typeof value === 'bigint' ? Number(value) : value));
      }
    },
    check() {
      if (stampOf(path) === before) return;
      throw new ProblemError({ code: 'database-changed', message: `${path} was changed while it was read.`, where: { file: path } });
    },
    close: () => database.close(),
  };
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : '';
}

/** A statement takes memory that nobody sees from outside of SQLite: one for each question, not one for each time it is asked. */
function remembering<Statement>(make: (text: string) => Statement): (text: string) => Statement {
  const known = new Map<string, Statement>();
  return (text) => {
    const statement = known.get(text) ?? make(text);
    known.set(text, statement);
    return statement;
  };
}
