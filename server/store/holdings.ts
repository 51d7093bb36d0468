/** What there is by day and by chat, as far as the index knows without reading any of it: for whoever plans what is to go. */

import type { Family } from '../../shared/record.ts';
import type { Sqlite } from './database.ts';
import type { DayFamily } from './expired.ts';

export interface Holdings {
  /** What is on each day of each family that has files of days, the oldest first. */
  days(): readonly HeldDay[];
  /** Chats with their files. */
  chats(): readonly HeldChat[];
  /** Bytes that came to the journal since a UTC day, and how many days these are; sealed days count as they are. */
  bytesSince(day: string): number;
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
      (SELECT count(*) FROM record r WHERE r.file = f.id AND r.superseded = 0) + coalesce((SELECT sum(b.records) FROM block b WHERE b.file = f.id), 0) AS records
    FROM session s JOIN journal_file f ON f.path = s.path WHERE s.kind = 'chat' AND s.ended IS NOT NULL ORDER BY s.ended, s.name`);
  const since = database.prepare<[string, string], number>(`SELECT coalesce(sum(${fileBytes}), 0) FROM journal_file f
    WHERE CASE WHEN f.path LIKE 'chats/%' THEN substr(f.path, 7, 10) >= replace(?, '-', '/') ELSE substr(f.path, -16, 10) >= ? END`).pluck();

  return {
    days: () => days.all().map(({ day, bytes, ...row }) => ({ ...row, family: row.family as DayFamily, day: new Date(day * dayMs).toISOString().slice(0, 10), bytes: bytes ?? 0 })),
    chats: () => chats.all().map(({ parent, ...row }) => ({ ...row, ...(parent !== null && { parent }) })),
    bytesSince: (day) => since.get(day, day) ?? 0,
  };
}
