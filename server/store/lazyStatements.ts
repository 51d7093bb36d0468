/**
 * Statements that are prepared when they are first used. The store knows about two hundred and a search needs a dozen: to prepare them all
 * takes longer than everything else between opening a store and its first answer.
 */

import { crc32 } from 'node:zlib';
import type { Statement } from 'better-sqlite3';
import type { Sqlite } from './database.ts';
import { knownForms } from './schema.ts';

/** From now on, what is prepared is prepared at its first use. Only for a database of which it is known that it has what is asked of it. */
export function prepareLazily(database: Sqlite): void {
  const prepare = database.prepare.bind(database);
  database.prepare = ((sql: string) => lazyStatement(() => prepare(sql))) as Sqlite['prepare'];
}

/**
 * Whether the tables and columns of a database are those that the migrations make. Another one may still do, such as one of a newer version
 * that is only read: whoever prepares all statements at once finds out.
 */
export function hasKnownForm(database: Sqlite): boolean {
  return !database.readonly && knownForms.includes(formOf(database));
}

/** Another text for other tables or columns. */
export function formOf(database: Sqlite): string {
  const columns = database.prepare(`SELECT t.type, t.name, c.name FROM sqlite_schema t LEFT JOIN pragma_table_xinfo(t.name) c
    WHERE t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.type IN ('table', 'index', 'view') ORDER BY t.name, c.cid`).raw().all();
  // Told from others by accident alone: what cryptography needs takes longer to load than everything here.
  return crc32(JSON.stringify(columns)).toString(16);
}

type AnyStatement = Statement;
type Mode = (statement: AnyStatement) => void;

/** What of a statement the store uses. */
function lazyStatement(make: () => AnyStatement): Pick<AnyStatement, 'get' | 'all' | 'run' | 'iterate' | 'pluck' | 'raw'> {
  const modes: Mode[] = [];
  let made: AnyStatement | undefined;
  function own(): AnyStatement {
    if (made) return made;
    made = make();
    for (const mode of modes) mode(made);
    return made;
  }
  const put = (mode: Mode): AnyStatement => {
    if (made) mode(made);
    else modes.push(mode);
    return lazy as AnyStatement;
  };
  const lazy: ReturnType<typeof lazyStatement> = {
    get: (...values) => own().get(...values),
    all: (...values) => own().all(...values),
    run: (...values) => own().run(...values),
    iterate: (...values) => own().iterate(...values),
    pluck: (isOn = true) => put((statement) => statement.pluck(isOn)),
    raw: (isOn = true) => put((statement) => statement.raw(isOn)),
  };
  return lazy;
}
