/**
 * Makes SQLite fail at a chosen call of the store: a real lock, held by another connection, or an error of the disk in place of the statement.
 * To be imported before a database is opened. Waiting for a lock is made short.
 */

import Database from 'better-sqlite3';

export type SqliteFault = 'SQLITE_BUSY' | 'SQLITE_FULL' | 'SQLITE_IOERR';

export interface SqlitePlan {
  readonly fault: SqliteFault;
  /** The first of the calls that fail, counted from 1, and how many of them do. */
  readonly at: number;
  readonly times: number;
}

/** What is to fail, how many calls there were since it was set to 0, and how many failed. */
export const sqliteFaults: { plan: SqlitePlan | undefined; calls: number; made: number } = { plan: undefined, calls: 0, made: 0 };

const patienceMs = 20;
const patient = new WeakSet<Database.Database>();
let holder: Database.Database | undefined;

/** Lets go of the lock. */
export function release(): void {
  holder?.close();
  holder = undefined;
}

function fail(database: Database.Database): void {
  if (database.readonly || database === holder) return;
  const { plan } = sqliteFaults;
  sqliteFaults.calls++;
  const isMeant = plan !== undefined && sqliteFaults.calls >= plan.at && sqliteFaults.calls < plan.at + plan.times;
  if (!isMeant) return release();
  sqliteFaults.made++;
  if (plan.fault !== 'SQLITE_BUSY') throw new Database.SqliteError(plan.fault === 'SQLITE_FULL' ? 'database or disk is full' : 'disk I/O error', plan.fault);
  if (holder || database.inTransaction) return;
  const other = new Database(database.name, { timeout: 0 });
  holder = other;
  other.exec('BEGIN IMMEDIATE');
}

/** SQLite waits for a lock as long as it was told when it was opened: it is told anew. */
function hurry(database: Database.Database): void {
  if (patient.has(database)) return;
  patient.add(database);
  pragma.call(database, `busy_timeout = ${patienceMs}`);
}

const { prototype } = Database as unknown as { readonly prototype: Database.Database };
const { pragma, exec, prepare } = prototype;
let isStatementPatched = false;

Object.assign(prototype, {
  pragma(this: Database.Database, ...args: Parameters<typeof pragma>): unknown {
    hurry(this);
    return pragma.apply(this, args);
  },
  exec(this: Database.Database, sql: string): Database.Database {
    hurry(this);
    fail(this);
    return exec.call(this, sql);
  },
  prepare(this: Database.Database, sql: string): Database.Statement {
    const statement = prepare.call(this, sql);
    if (!isStatementPatched) patchStatements(Object.getPrototypeOf(statement) as Database.Statement);
    return statement;
  },
});

function patchStatements(statements: Database.Statement): void {
  isStatementPatched = true;
  const { run } = statements;
  statements.run = function (this: Database.Statement, ...values: unknown[]): Database.RunResult {
    // What takes back a transaction writes nothing.
    if (!this.source.startsWith('ROLLBACK')) fail(this.database);
    return run.apply(this, values);
  };
}
