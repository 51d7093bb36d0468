/** Which sessions touched a file. */

import { filePath } from '../../shared/filePath.ts';
import type { Sqlite } from './database.ts';
import { openPackedWork } from './workPacks.ts';

/** A session that touched a file, by its name. Times are milliseconds since 1970. */
export interface Touch {
  readonly session: string;
  readonly first: number;
  readonly last: number;
  /** How often it changed the file; 0 where it only looked. */
  readonly changes: number;
}

/**
 * Chat and coding sessions that opened, read or changed a file, the latest first. Calls that failed or were refused do not count.
 * @param file URI or absolute path
 * @param since milliseconds since 1970, included; a coding session counts where any of its work may lie within
 * @param until milliseconds since 1970, excluded
 */
export type Touching = (file: string, limit: number, since?: number, until?: number) => Touch[];

export function openTouching(database: Sqlite): Touching {
  const packed = openPackedWork(database);
  const touching = database.prepare<[{ path: string; limit: number; since: number; until: number; packed: string }], Touch>(`
    WITH asked AS (SELECT id FROM path WHERE name = :path), touch AS (
      SELECT session, min(first) AS first, max(last) AS last, sum(changes) AS changes FROM (
        SELECT session, first, last, changes FROM work WHERE path = (SELECT id FROM asked)
        UNION ALL
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:packed))
      GROUP BY session HAVING max(last) >= :since AND min(first) < :until
      UNION ALL
      SELECT d.session, d.time, d.time, d.changes FROM deed d
      LEFT JOIN tool_execution t ON t.session = d.session AND t.call = d.call LEFT JOIN word w ON w.id = coalesce(t.status, d.status)
      WHERE d.path = (SELECT id FROM asked) AND d.time >= :since AND d.time < :until AND coalesce(w.text, '') NOT IN ('failed', 'denied', 'cancelled'))
    SELECT s.name AS session, min(t.first) AS first, max(t.last) AS last, sum(t.changes) AS changes
    FROM touch t JOIN session s ON s.id = t.session GROUP BY t.session ORDER BY max(t.last) DESC, s.name LIMIT :limit`);
  // One transaction: another process may pack some of the rows in between.
  const find = database.transaction((path: string, limit: number, since: number, until: number) =>
    touching.all({ path, limit, since, until, packed: JSON.stringify(packed(path)) }));
  return (file, limit, since = -8.64e15, until = 8.64e15) => {
    const path = filePath(file);
    return path === undefined ? [] : find(path, limit, since, until);
  };
}
