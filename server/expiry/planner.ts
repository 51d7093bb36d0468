/** What goes by a policy: nothing but arithmetic on what there is. Pinned sessions are never named, nor chats unless the policy says so. */

import { families, type Family } from '../../shared/record.ts';
import type { RetentionPart, RetentionPolicy, RetentionPreview } from '../../shared/retention.ts';

type DayFamily = Exclude<Family, 'chats'>;

/** What there is. */
export interface Held {
  readonly days: readonly HeldDay[];
  readonly chats: readonly HeldChat[];
  readonly journalBytes: number;
  readonly databaseBytes: number;
}

export interface HeldDay {
  readonly family: DayFamily;
  /** UTC, `2026-11-20`. */
  readonly day: string;
  readonly records: number;
  readonly bytes: number;
  /** Pinned sessions with records on this day. */
  readonly kept: readonly string[];
  /** How many records these have, with what was said of sessions. */
  readonly keptRecords: number;
}

export interface HeldChat {
  readonly session: string;
  /** Id of the session it is a subagent of. */
  readonly parent?: string;
  /** Milliseconds since 1970. */
  readonly ended: number;
  readonly records: number;
  readonly bytes: number;
  readonly pinned: boolean;
}

export interface Plan extends RetentionPreview {
  readonly days: readonly Pick<HeldDay, 'family' | 'day' | 'kept'>[];
  /** Sessions. */
  readonly chats: readonly string[];
}

/** Something that goes as a whole: a day of a family, or a chat with its subagents. */
interface Item {
  readonly family: Family;
  readonly reason: RetentionPart['reason'];
  /** UTC day. */
  readonly day: string;
  readonly records: number;
  readonly bytes: number;
  readonly what: { readonly day: HeldDay } | { readonly chats: readonly string[] };
}

type Candidate = Omit<Item, 'reason'>;

const dayMs = 86_400_000;
/** However small the size may be, what is younger stays. */
const youngDays = 7;
/** What goes first when the record is too large. */
const order: readonly Family[] = ['events', 'tasks', 'tool_executions', 'workflows', 'chats'];

/** @param now milliseconds since 1970 */
export function planOf(policy: RetentionPolicy, held: Held, now: number): Plan {
  const candidates = [...held.days.flatMap(dayCandidate), ...chatCandidates(held.chats)].sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
  const isOlder = ({ day }: Candidate, days: number): boolean => day < utcDay(now - days * dayMs);
  const byAge = candidates.filter((each) => policy.days[each.family] > 0 && isOlder(each, policy.days[each.family]));
  const taken = new Set(byAge);
  const items: Item[] = byAge.map((each) => ({ ...each, reason: 'age' }));
  const total = held.journalBytes + held.databaseBytes;
  const free = freeing(held);
  let left = total - items.reduce((sum, item) => sum + free(item), 0);
  if (policy.maxBytes > 0) {
    const mayGo = candidates.filter((each) => !taken.has(each) && isOlder(each, youngDays) && (each.family !== 'chats' || policy.capTakesChats));
    for (const each of order.flatMap((family) => mayGo.filter((candidate) => candidate.family === family))) {
      if (left <= policy.maxBytes) break;
      items.push({ ...each, reason: 'size' });
      left -= free(each);
    }
  }
  const above = policy.maxBytes > 0 ? left - policy.maxBytes : 0;
  return {
    parts: partsOf(items, free), records: items.reduce((sum, { records }) => sum + records, 0), bytes: Math.round(total - left), bytesLeft: Math.max(0, Math.round(left)),
    ...(above > 0 && { above: Math.ceil(above) }),
    days: items.flatMap(({ what }) => ('day' in what ? [{ family: what.day.family, day: what.day.day, kept: what.day.kept }] : [])),
    chats: items.flatMap(({ what }) => ('chats' in what ? what.chats : [])),
  };
}

/** UTC. @param time milliseconds since 1970 */
export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function dayCandidate(held: HeldDay): Candidate[] {
  const records = held.records - held.keptRecords;
  if (records <= 0) return [];
  return [{ family: held.family, day: held.day, records, bytes: held.bytes * (records / held.records), what: { day: held } }];
}

/** A chat goes with its subagents, when the last of them is old enough; one that is pinned keeps all of them. */
function chatCandidates(chats: readonly HeldChat[]): Candidate[] {
  const byId = new Map(chats.map((chat) => [chat.session, chat]));
  const groups = Map.groupBy(chats, (chat) => rootOf(chat, byId));
  return [...groups.values()].filter((those) => !those.some(({ pinned }) => pinned)).map((those) => ({
    family: 'chats', day: utcDay(Math.max(...those.map(({ ended }) => ended))), records: sum(those, ({ records }) => records), bytes: sum(those, ({ bytes }) => bytes),
    what: { chats: those.map(({ session }) => session) },
  }));
}

function rootOf(chat: HeldChat, byId: ReadonlyMap<string, HeldChat>): string {
  const met = new Set<string>();
  let at = chat;
  while (at.parent !== undefined && !met.has(at.session)) {
    met.add(at.session);
    const parent = byId.get(at.parent);
    if (!parent) return at.parent;
    at = parent;
  }
  // Two that name each other are one.
  return met.has(at.session) ? [...met].sort()[0] ?? at.session : at.session;
}

/** What an item makes free: its lines, and the share of the index that its records have. */
function freeing({ days, chats, databaseBytes }: Held): (item: Candidate) => number {
  const all = sum(days, ({ records }) => records) + sum(chats, ({ records }) => records);
  return ({ bytes, records }) => bytes + (all === 0 ? 0 : databaseBytes * (records / all));
}

function partsOf(items: readonly Item[], free: (item: Candidate) => number): RetentionPart[] {
  return families.flatMap((family) => (['age', 'size'] as const).flatMap((reason) => {
    const those = items.filter((item) => item.family === family && item.reason === reason);
    const [first, last] = [those[0], those.at(-1)];
    if (!first || !last) return [];
    return [{
      family, reason, records: sum(those, ({ records }) => records), bytes: Math.round(sum(those, free)),
      chats: sum(those, ({ what }) => ('chats' in what ? what.chats.length : 0)), first: first.day, last: last.day,
    }];
  }));
}

function sum<Row>(rows: readonly Row[], pick: (row: Row) => number): number {
  return rows.reduce((total, row) => total + pick(row), 0);
}
