/**
 * Packs the rows of sessions of which nothing is recent: a table of them would be a tenth of everything on the disk. Whoever adds to such a
 * session, or takes from it, has its rows back first, so that nobody else knows of packs but those who ask across sessions: for the calls that
 * touched a file (deed has what they need), and for the runs of a command (command_run).
 */

import Database from 'better-sqlite3';
import { packed, unpacked, type Row, type Shape, type Value } from './columns.ts';
import type { Sqlite } from './database.ts';
import { openWorkPacks } from './workPacks.ts';

export interface SessionPacks {
  /** Has the rows of a session back. Call in the transaction that changes them, before they are read. */
  unpack(session: number): void;
  /** Packs the rows of some more sessions; returns whether there may be more of them. Call in a write transaction of its own. */
  step(): boolean;
  /** Forgets which sessions have their rows: another process may pack them before the next batch. */
  discard(): void;
}

/** The columns that a pack has, in their order. A change of them is a change of the schema. */
const execution: Shape = {
  names: ['call', 'name', 'status', 'exit_code', 'called', 'answered', 'command', 'workspace'], steps: new Set(['called', 'answered']),
};
const response: Shape = {
  names: [
    'id', 'messages', 'hour', 'source', 'model', 'workspace', 'input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens',
  ],
  steps: new Set(['hour']),
};

/** Fewer rows take less space than a pack. */
const leastRows = 8;
/** More stay rows: to pack them, and to have them back, would hold the lock for too long. */
const mostRows = 10_000;
const isWorthIt = (rows: readonly Row[]): boolean => rows.length >= leastRows && rows.length <= mostRows;
/** How long one step goes on, in milliseconds: nobody waits longer for the lock. */
const stepMs = 30;

export function openSessionPacks(database: Sqlite): SessionPacks {
  const executions = openRows(database, { table: 'tool_execution', pack: 'packed_execution', shape: execution, order: 'coalesce(called, answered), call' });
  const responses = openRows(database, { table: 'response', pack: 'packed_response', shape: response, order: 'hour, id' });
  const insertExecutions = database.prepare('INSERT INTO packed_execution (session, words, subjects, columns) VALUES (?, ?, ?, ?)');
  const insertResponses = database.prepare('INSERT INTO packed_response (session, words, columns) VALUES (?, ?, ?)');
  // The plus keeps the index over commands from leading.
  const insertRuns = database.prepare(`
    INSERT INTO packed_run (command, workspace, answered, call, session, status) SELECT command, workspace, answered, call, session, status FROM tool_execution
    WHERE session = ? AND +command IS NOT NULL AND answered IS NOT NULL AND status IS NOT NULL`);
  const dropRun = database.prepare('DELETE FROM packed_run WHERE command = ? AND workspace = ? AND answered = ? AND call = ? AND session = ?');
  const tellDeeds = database.prepare(`
    UPDATE deed SET answered = t.answered, status = t.status FROM tool_execution t
    WHERE deed.session = ? AND t.session = deed.session AND t.call = deed.call`);
  const untellDeeds = database.prepare('UPDATE deed SET answered = NULL, status = NULL WHERE session = ? AND (answered IS NOT NULL OR status IS NOT NULL)');
  const next = database.prepare<[{ after: number }], number | null>(`
    SELECT min(session) FROM (SELECT min(session) AS session FROM tool_execution WHERE session > :after
    UNION ALL SELECT min(session) FROM response WHERE session > :after)`).pluck();
  const isRecent = database.prepare<[number], number>('SELECT 1 FROM record WHERE session = ? LIMIT 1').pluck();
  const works = openWorkPacks(database);
  /** Sessions that have their rows, as far as this batch knows. */
  const known = new Set<number>();
  /** The session that was looked at last. */
  let reached = 0;
  /** Whether it was the last one, and only work is left to pack. */
  let isThrough = false;

  function pack(session: number): void {
    const ran = executions.all(session);
    const ranColumns = isWorthIt(ran) ? packed(execution, ran) : undefined;
    if (ranColumns) {
      insertExecutions.run(session, used(execution, ran, ['name', 'status', 'workspace']), used(execution, ran, ['command']), ranColumns);
      insertRuns.run(session);
      tellDeeds.run(session);
      executions.drop(session);
    }
    const said = responses.all(session);
    const saidColumns = isWorthIt(said) ? packed(response, said) : undefined;
    if (saidColumns) {
      insertResponses.run(session, used(response, said, ['source', 'model', 'workspace']), saidColumns);
      responses.drop(session);
    }
  }

  return {
    unpack(session) {
      if (known.has(session)) return;
      known.add(session);
      works.unpack(session);
      responses.restore(session);
      const ran = executions.restore(session);
      if (ran.length === 0) return;
      for (const run of ran) dropRun.run(...['command', 'workspace', 'answered', 'call'].map((name) => run[execution.names.indexOf(name)]), session);
      untellDeeds.run(session);
    },
    step() {
      known.clear();
      for (const until = performance.now() + stepMs; !isThrough && performance.now() < until;) {
        const session = next.get({ after: reached });
        reached = session ?? 0;
        isThrough = typeof session !== 'number';
        if (typeof session === 'number' && isRecent.get(session) === undefined) pack(session);
      }
      if (isThrough) isThrough = works.step();
      return reached > 0 || isThrough;
    },
    discard: () => known.clear(),
  };
}

interface RowsOfSession {
  /** Of more than can be packed, one more than that. */
  all(session: number): Row[];
  drop(session: number): void;
  /** Makes rows of the pack of a session and takes it away; returns them, none where it has no pack. */
  restore(session: number): Row[];
}

function openRows(database: Sqlite, { table, pack, shape, order }: { table: string; pack: string; shape: Shape; order: string }): RowsOfSession {
  const names = shape.names.join(', ');
  const all = database.prepare<[number]>(`SELECT ${names} FROM ${table} WHERE session = ? ORDER BY ${order} LIMIT ${mostRows + 1}`).raw();
  const insert = database.prepare(`INSERT INTO ${table} (session, ${names}) VALUES (?, ${shape.names.map(() => '?').join(', ')})`);
  const drop = database.prepare(`DELETE FROM ${table} WHERE session = ?`);
  const select = database.prepare<[number], Buffer>(`SELECT columns FROM ${pack} WHERE session = ?`).pluck();
  const dropPack = database.prepare(`DELETE FROM ${pack} WHERE session = ?`);
  return {
    all: (session) => all.all(session) as Row[],
    drop: (session) => void drop.run(session),
    restore(session) {
      const columns = select.get(session);
      if (!columns) return [];
      const rows = unpacked(shape, columns);
      // Then the index is made again from the journal, as it is where a page of it is damaged.
      if (!rows) throw new Database.SqliteError(`What is packed of session ${session} cannot be read`, 'SQLITE_CORRUPT');
      for (const row of rows) insert.run(session, ...row);
      dropPack.run(session);
      return rows;
    },
  };
}

/** The numbers that some columns have, as JSON, but for the 0 that stands for none. */
function used({ names }: Shape, rows: readonly Row[], wanted: readonly string[]): string {
  const columns = wanted.map((name) => names.indexOf(name));
  const found = new Set<Value>(rows.flatMap((row) => columns.map((column) => row[column] ?? 0)));
  found.delete(0);
  return JSON.stringify([...found]);
}
