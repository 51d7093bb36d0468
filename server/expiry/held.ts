/** What there is, with what must stay: pinned sessions, their subagents, and what people said of sessions. */

import { parseType, type DaybookRecord, type Family } from '../../shared/record.ts';
import type { SessionSummary } from '../../shared/results.ts';
import type { Held, HeldChat, HeldDay } from './planner.ts';

/** What is asked of the store. */
export interface HeldStore {
  readonly holdings: {
    days(): readonly Pick<HeldDay, 'family' | 'day' | 'records' | 'bytes'>[];
    chats(): readonly Omit<HeldChat, 'pinned'>[];
  };
  readonly queries: {
    sessions(limit: number, before: undefined, choice: { readonly only: 'pinned' }): readonly SessionSummary[];
    sessionRecords(id: string): readonly DaybookRecord[];
    scan(range: { readonly kinds: readonly string[] }): Iterable<DaybookRecord>;
  };
  stats(): { readonly journalBytes: number; readonly databaseBytes: number };
}

const most = 1_000_000;

export function heldIn(store: HeldStore): Held {
  const pinned = new Set(store.queries.sessions(most, undefined, { only: 'pinned' }).map(({ id }) => id));
  const chats = store.holdings.chats();
  // A subagent of a pinned chat stays; events of its session as well.
  for (let before = -1; before < pinned.size;) {
    before = pinned.size;
    for (const { session, parent } of chats) if (parent !== undefined && pinned.has(parent)) pinned.add(session);
  }
  const kept = keptByDay(store, pinned);
  const { journalBytes, databaseBytes } = store.stats();
  return {
    journalBytes, databaseBytes,
    days: store.holdings.days().map((day) => ({ ...day, ...(kept.get(`${day.family} ${day.day}`) ?? { kept: [], keptRecords: 0 }) })),
    chats: chats.map((chat) => ({ ...chat, pinned: pinned.has(chat.session) })),
  };
}

interface KeptOnDay {
  readonly kept: string[];
  keptRecords: number;
}

function keptByDay({ queries }: HeldStore, pinned: ReadonlySet<string>): Map<string, KeptOnDay> {
  const found = new Map<string, KeptOnDay>();
  function add({ type, time }: DaybookRecord, session: string | undefined): void {
    const family: Family = parseType(type)?.family ?? 'events';
    if (family === 'chats') return;
    const name = `${family} ${time.slice(0, 10)}`;
    const day = found.get(name) ?? { kept: [], keptRecords: 0 };
    found.set(name, day);
    day.keptRecords++;
    if (session !== undefined && !day.kept.includes(session)) day.kept.push(session);
  }
  for (const session of pinned) for (const record of queries.sessionRecords(session)) if (!isMark(record)) add(record, session);
  for (const record of queries.scan({ kinds: ['session.marked'] })) add(record, undefined);
  return found;
}

function isMark({ type }: DaybookRecord): boolean {
  return type === 'dev.daybook.event.session.marked';
}
