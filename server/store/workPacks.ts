/**
 * Packs in which coding sessions a file was worked on, by the file, since that is how it is asked. Rows and packs of the same session add up,
 * so that whoever records goes on with rows.
 */

import Database from 'better-sqlite3';
import { packed, unpacked, type Row, type Shape } from './columns.ts';
import type { Sqlite } from './database.ts';

export interface WorkPacks {
  /** Has the rows of a session back. */
  unpack(session: number): void;
  /** Packs some more; returns whether there may be more to pack. */
  step(): boolean;
}

/** A change of the columns is a change of the schema. */
const shape: Shape = { names: ['session', 'first', 'lasted', 'changes'], steps: new Set(['session', 'first']) };

type Work = readonly [session: number, first: number, lasted: number, changes: number];

/** Sessions that one pack of a file can be about: their numbers from a multiple of it on. */
const partSessions = 1_024;
/** Parts of a file: `path * mostParts + part` is the number of a pack. */
const mostParts = 2 ** 20;
/** Fewer take less space as rows. */
const leastRows = 6;
const stepMs = 30;

export function openWorkPacks(database: Sqlite): WorkPacks {
  const next = database.prepare<[number], number | null>('SELECT min(path) FROM work WHERE path > ?').pluck();
  const loose = database.prepare<[number]>(`
    SELECT session, first, last - first, changes FROM work w
    WHERE path = ? AND NOT EXISTS (SELECT 1 FROM record r WHERE r.session = w.session) ORDER BY session`).raw();
  const add = database.prepare(`
    INSERT INTO work (path, session, first, last, changes) VALUES (@path, @session, @first, @last, @changes)
    ON CONFLICT DO UPDATE SET first = min(first, @first), last = max(last, @last), changes = changes + @changes`);
  const drop = database.prepare('DELETE FROM work WHERE path = ? AND session = ?');
  const select = database.prepare<[number], Buffer>('SELECT columns FROM packed_work WHERE id = ?').pluck();
  const ofPart = database.prepare<[number], { id: number; columns: Buffer }>(`SELECT id, columns FROM packed_work WHERE id % ${mostParts} = ?`);
  const put = database.prepare('REPLACE INTO packed_work (id, columns) VALUES (?, ?)');
  const dropPack = database.prepare('DELETE FROM packed_work WHERE id = ?');
  const mark = database.prepare('INSERT OR IGNORE INTO packed_worker (session) VALUES (?)');
  const unmark = database.prepare('DELETE FROM packed_worker WHERE session = ?');
  /** The file that was looked at last. */
  let reached = 0;

  function pack(path: number): void {
    const parts = Map.groupBy(loose.all(path) as Work[], ([session]) => Math.floor(session / partSessions));
    for (const [part, rows] of parts) {
      if (rows.length < leastRows || part >= mostParts) continue;
      const id = path * mostParts + part;
      const before = select.get(id);
      const columns = packed(shape, joined([...(before ? worksIn(before) : []), ...rows]));
      if (!columns) continue;
      put.run(id, columns);
      for (const [session] of rows) {
        drop.run(path, session);
        mark.run(session);
      }
    }
  }

  return {
    unpack(session) {
      if (unmark.run(session).changes === 0) return;
      for (const { id, columns } of ofPart.all(Math.floor(session / partSessions))) {
        const works = worksIn(columns);
        const left = works.filter((work) => work[0] !== session);
        if (left.length === works.length) continue;
        for (const [, first, lasted, changes] of works.filter((work) => work[0] === session)) {
          add.run({ path: Math.floor(id / mostParts), session, first, last: first + lasted, changes });
        }
        const columnsLeft = left.length === 0 ? undefined : packed(shape, left);
        if (columnsLeft) put.run(id, columnsLeft);
        else dropPack.run(id);
      }
    },
    step() {
      for (const until = performance.now() + stepMs; performance.now() < until;) {
        const path = next.get(reached);
        reached = path ?? 0;
        if (typeof path !== 'number') return false;
        pack(path);
      }
      return true;
    },
  };
}

/** Reads the packs of a file, by its name: of each session its number, when it first and last worked on the file, and how often it changed it. */
export function openPackedWork(database: Sqlite): (name: string) => (readonly [session: number, first: number, last: number, changes: number])[] {
  const ofFile = database.prepare<[string], Buffer>(`
    SELECT columns FROM path JOIN packed_work p ON p.id >= path.id * ${mostParts} AND p.id < (path.id + 1) * ${mostParts} WHERE path.name = ?`).pluck();
  return (name) => ofFile.all(name).flatMap((columns) =>
    worksIn(columns).map(([session, first, lasted, changes]) => [session, first, first + lasted, changes] as const));
}

/** The number of the file of a pack. */
export const pathOfPack = `id / ${mostParts}`;

function worksIn(columns: Buffer): readonly Work[] {
  const rows = unpacked(shape, columns);
  if (!rows) throw new Database.SqliteError('What is packed of work on a file cannot be read', 'SQLITE_CORRUPT');
  return rows as readonly Row[] as readonly Work[];
}

/** One for each session, by their numbers. */
function joined(works: readonly Work[]): Work[] {
  const found = new Map<number, Work>();
  for (const work of works) {
    const [session, first, lasted, changes] = work;
    const known = found.get(session);
    if (!known) found.set(session, work);
    else {
      const began = Math.min(first, known[1]);
      found.set(session, [session, began, Math.max(first + lasted, known[1] + known[2]) - began, changes + known[3]]);
    }
  }
  return [...found.values()].sort(([one], [other]) => one - other);
}
