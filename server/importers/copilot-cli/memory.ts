/** What a reader of one file remembers from line to line, and from one reader to the next. */

import { present } from '../formats/fields.ts';
import type { ReaderState } from '../importer.ts';
import { asArray, asCount, asObject, asText } from '../formats/json.ts';
import type { OpenCalls } from './calls.ts';
import type { SessionMemory } from './session.ts';
import { newSpending, restoreSpending, saveSpending, type Spending } from './usage.ts';

export interface Memory {
  /** Native id of the session that is going on, once it is known. */
  main?: string;
  /** RFC 3339; the time of the event before. */
  lastTime?: string;
  /** Lines that could not be read. */
  unreadable: number;
  readonly sessions: Map<string, SessionMemory>;
  readonly calls: OpenCalls;
  spending: Spending;
}

export function newMemory(): Memory {
  return { unreadable: 0, sessions: new Map(), calls: new Map(), spending: newSpending() };
}

/** The session of this id, new when it was not met before. */
export function sessionIn(memory: Memory, id: string, first: Partial<SessionMemory> = {}): SessionMemory {
  const known = memory.sessions.get(id);
  if (known) return known;
  const session: SessionMemory = { hasRecords: false, ...first, id };
  memory.sessions.set(id, session);
  return session;
}

/** Plain JSON for a later reader. */
export function save(memory: Memory): ReaderState {
  const sessions = [...memory.sessions.values()].map((session) => ({ ...session }));
  return { ...memory, sessions, calls: [...memory.calls], spending: saveSpending(memory.spending) };
}

/** What `save` made; a state of another shape gives as much as can be read of it. */
export function restore(state: ReaderState): Memory {
  const sessions = (asArray(state['sessions']) ?? []).flatMap((value): [string, SessionMemory][] => {
    const id = asText(asObject(value)?.['id']);
    return id === undefined ? [] : [[id, { ...(value as SessionMemory) }]];
  });
  const calls = (asArray(state['calls']) ?? []).flatMap((pair): [string, object][] => {
    const [id, call] = asArray(pair) ?? [];
    return asText(id) === undefined ? [] : [[String(id), asObject(call) ?? {}]];
  });
  return {
    ...present('main', asText(state['main'])),
    ...present('lastTime', asText(state['lastTime'])),
    unreadable: asCount(state['unreadable']) ?? 0,
    sessions: new Map(sessions),
    calls: new Map(calls),
    spending: restoreSpending(asObject(state['spending']) ?? {}),
  };
}
