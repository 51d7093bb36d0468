/** What there is by day and by chat, as far as the index knows without reading any of it: for whoever plans what is to go. */

import type { Family } from '../../shared/record.ts';
import type { Sqlite } from './database.ts';
import type { DayFamily } from './expired.ts';

export interface Holdings {
  /** What is on each day of each family that has files of days, the oldest first. */
  days(): readonly HeldDay[];
  /** Chats with their files. */
  chats(): readonly HeldChat[];
  /** Bytes of chats by the UTC day on which they began. */
  chatDays(): readonly { readonly day: string; readonly bytes: number }[];
}

export interface HeldDay {
  readonly family: DayFamily;
  /** UTC, `2026-11-20`. */
  readonly day: string;
  readonly records: number;
  /** On the disk. */
  readonly bytes: number;
}

export interface HeldChat {
  readonly session: string;
  /** Id of the session it is a subagent of. */
  readonly parent?: string;
  /** Milliseconds since 1970. */
  readonly ended: number;
  readonly records: number;
  readonly bytes: number;
}

const dayMs = 86_400_000;

export function openHoldings(database: Sqlite): Holdings {
  const fileBytes = 'f.indexed_bytes + f.sealed_bytes';
  const days = database.prepare<[], { family: Family; day: number; records: number; bytes: number | null }>(`
    SELECT w.text AS family, d.day, sum(d.records) AS records,
      (SELECT ${fileBytes} FROM journal_file f WHERE f.path = w.text || '/' || date(d.day * 86400, 'unixepoch') || '.jsonl') AS bytes
    FROM day d JOIN word w ON w.id = d.family WHERE w.text <> 'chats' GROUP BY d.day, d.family HAVING sum(d.records) > 0 ORDER BY d.day, w.text`);
  const chats = database.prepare<[], { session: string; parent: string | null; ended: number; records: number; bytes: number }>(`
    SELECT s.name AS session, CASE WHEN s.relation = 'subagent' THEN s.parent END AS parent, s.ended, ${fileBytes} AS bytes,
      coalesce(r.records, 0) + coalesce(b.records, 0) AS records
    FROM session s JOIN journal_file f ON f.path = s.path
      LEFT JOIN (SELECT file, count(*) AS records FROM record WHERE superseded = 0 GROUP BY file) r ON r.file = f.id
      LEFT JOIN (SELECT file, sum(records) AS records FROM block GROUP BY file) b ON b.file = f.id
    WHERE s.kind = 'chat' AND s.ended IS NOT NULL ORDER BY s.ended, s.name`);
  const chatDays = database.prepare<[], { day: string; bytes: number }>(`
    SELECT replace(substr(f.path, 7, 10), '/', '-') AS day, sum(${fileBytes}) AS bytes FROM journal_file f WHERE f.path LIKE 'chats/%' GROUP BY 1 ORDER BY 1`);

  return {
    days: () => days.all().map(({ day, bytes, ...row }) => ({ ...row, family: row.family as DayFamily, day: new Date(day * dayMs).toISOString().slice(0, 10), bytes: bytes ?? 0 })),
    chats: () => chats.all().map(({ parent, ...row }) => ({ ...row, ...(parent !== null && { parent }) })),
    chatDays: () => chatDays.all(),
  };
}
