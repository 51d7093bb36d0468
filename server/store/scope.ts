/** Where to look: times, kinds and sessions as the index knows them. */

import type { Scope } from './asked.ts';
import type { Block } from './blocks.ts';
import type { Sqlite } from './database.ts';

/** Parameters of the conditions below. */
export interface Bounds {
  /** Milliseconds since 1970; `until` is excluded. */
  readonly since: number;
  readonly until: number;
  /** JSON: numbers of words. Null for all. */
  readonly kinds: string | null;
  /** JSON: numbers of sessions. Null for all. */
  readonly sessions: string | null;
}

export interface Scopes {
  bounds(scope: Scope): Bounds;
  /** Whether a block may hold anything within. */
  mayHold(block: Block, bounds: Bounds): boolean;
  /** No page within has a greater number, nor a smaller one. */
  pages(bounds: Bounds): { readonly first: number; readonly end: number };
}

const ofKinds = '(:kinds IS NULL OR r.kind IN (SELECT value FROM json_each(:kinds)))';
const ofSessions = '(:sessions IS NULL OR r.session IN (SELECT value FROM json_each(:sessions)))';
/** Of a record `r`. The plus keeps the time from leading where words do. */
export const recordWithin = `+r.time >= :since AND +r.time < :until AND ${ofKinds} AND ${ofSessions}`;
/** The same where time leads. */
export const newestWithin = `r.time >= :since AND r.time < :until AND ${ofKinds} AND ${ofSessions}`;
/** Of a block `b`. */
export const blockWithin = `b.last_time >= :since AND b.first_time < :until
  AND (:kinds IS NULL OR EXISTS (SELECT 1 FROM block_kind k WHERE k.block = b.id AND k.kind IN (SELECT value FROM json_each(:kinds))))
  AND (:sessions IS NULL OR b.id IN (SELECT block FROM block_session WHERE session IN (SELECT value FROM json_each(:sessions))))`;

const earliest = -8.64e15;
const latest = 8.64e15;
const dayMs = 86_400_000;
const epochDay = Date.UTC(2020, 0, 1) / dayMs;
const pagesADay = 65_536;

/** No record of a page, nor of one with a smaller number, is later: milliseconds since 1970. */
export function endOfPage(page: number): number {
  return (Math.floor(page / pagesADay) + epochDay + 1) * dayMs;
}

export function openScopes(database: Sqlite): Scopes {
  const kinds = database.prepare<[], { id: number; text: string }>('SELECT id, text FROM word WHERE id IN (SELECT kind FROM day)');
  const sessions = database.prepare<[{ names: string }], number>(`SELECT id FROM session WHERE name IN (SELECT value FROM json_each(:names))
    OR substr(name, instr(name, ':') + 1) IN (SELECT value FROM json_each(:names))`).pluck();
  const within = database.prepare<[Bounds & { id: number }], number>(`SELECT 1 FROM block b WHERE b.id = :id AND ${blockWithin}`).pluck();
  const lastBegun = database.prepare<[number], number | null>('SELECT max(id) FROM block WHERE first_time < ?').pluck();

  return {
    bounds: ({ since = earliest, until = latest, isKind, sessions: names }) => ({
      since, until,
      kinds: isKind ? JSON.stringify(kinds.all().filter(({ text }) => isKind(text)).map(({ id }) => id)) : null,
      sessions: names ? JSON.stringify(sessions.all({ names: JSON.stringify(names) })) : null,
    }),
    mayHold(block, bounds) {
      if (block.last_time < bounds.since || block.first_time >= bounds.until) return false;
      return (bounds.kinds === null && bounds.sessions === null) || within.get({ ...bounds, id: block.id }) !== undefined;
    },
    // A block has a number of the day on which it ends, or of a later one where that day was full.
    pages: ({ since, until }) => ({
      first: since === earliest ? 0 : Math.max(0, Math.floor(since / dayMs) - epochDay) * pagesADay,
      end: until === latest ? Number.MAX_SAFE_INTEGER : (lastBegun.get(until) ?? -pagesADay) + pagesADay,
    }),
  };
}
