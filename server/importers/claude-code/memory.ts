/** What a reader of one file remembers from line to line, and from one reader to the next. */

import type { ReaderState } from '../importer.ts';
import { asArray, asCount, asText } from '../formats/json.ts';
import { present } from './format.ts';
import { restoreSession, type SessionMemory } from './session.ts';

export interface Memory {
  /** Native id of the session the file belongs to, once it is known. */
  main?: string;
  /** RFC 3339; the time of the line before. */
  lastTime?: string;
  /** Id of the last line that has one. */
  lastUuid?: string;
  /** Lines that could not be read. */
  unreadable: number;
  readonly sessions: Map<string, SessionMemory>;
  /** Summaries whose last line has not been met: by that line's id. The oldest go first when there are too many. */
  readonly summaries: Map<string, string>;
}

const maxSummaries = 50;

export function newMemory(): Memory {
  return { unreadable: 0, sessions: new Map(), summaries: new Map() };
}

/** The session of this id, new when it was not met before. */
export function sessionIn(memory: Memory, id: string, first: Partial<SessionMemory> = {}): SessionMemory {
  const known = memory.sessions.get(id);
  if (known) return known;
  const session: SessionMemory = { titles: {}, hasRecords: false, hasOwn: false, ...first, id };
  memory.sessions.set(id, session);
  return session;
}

export function rememberSummary(memory: Memory, leaf: string, summary: string): void {
  memory.summaries.set(leaf, summary);
  const [oldest] = memory.summaries.keys();
  if (memory.summaries.size > maxSummaries && oldest !== undefined) memory.summaries.delete(oldest);
}

/** Plain JSON for a later reader. */
export function save(memory: Memory): ReaderState {
  const sessions = [...memory.sessions.values()].map((session) => ({ ...session }));
  return { ...memory, sessions, summaries: [...memory.summaries] };
}

/** What `save` made; a state of another shape gives as much as can be read of it. */
export function restore(state: ReaderState): Memory {
  const sessions = (asArray(state['sessions']) ?? []).map(restoreSession).filter((session) => session !== undefined);
  return {
    ...present('main', asText(state['main'])),
    ...present('lastTime', asText(state['lastTime'])),
    ...present('lastUuid', asText(state['lastUuid'])),
    unreadable: asCount(state['unreadable']) ?? 0,
    sessions: new Map(sessions.map((session) => [session.id, session])),
    summaries: new Map((asArray(state['summaries']) ?? []).flatMap(pairOf)),
  };
}

function pairOf(value: unknown): [string, string][] {
  const [leaf, summary] = asArray(value) ?? [];
  return asText(leaf) !== undefined && asText(summary) !== undefined ? [[String(leaf), String(summary)]] : [];
}
