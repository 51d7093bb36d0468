/** What a reader of one file remembers from line to line, and from one reader to the next. */

import { present } from '../formats/fields.ts';
import type { ReaderState } from '../importer.ts';
import { asArray, asCount, asObject, asText } from '../formats/json.ts';
import { restoreReplay, type Replay } from './replay.ts';
import { restoreSession, type SessionMemory } from './session.ts';
import type { CallEnd } from './toolOutput.ts';
import { restoreTotals, type Totals } from './usage.ts';

export interface Memory {
  /** Native id of the session the lines now belong to, once it is known. */
  current?: string;
  /** RFC 3339; the time of the line before. */
  lastTime?: string;
  /** Lines that could not be read. */
  unreadable: number;
  readonly sessions: Map<string, SessionMemory>;
  flow: Flow;
}

/** Where the conversation of the current session is. */
export interface Flow {
  model?: string;
  /** The model response whose items come now. */
  response?: string;
  /** The latest model response: what tools do inside its calls belongs to it. */
  lastResponse?: string;
  /** Token counters so far. */
  total?: Totals;
  /** Tokens that were counted before the message they belong to was written. */
  carried?: Totals;
  replay?: Replay;
  /** User messages since the last response that only one of the two kinds of line has said so far. */
  asked: readonly Asked[];
  /** Calls without an answer, and those whose command went on after it: by call id. */
  readonly calls: Map<string, CallEnd>;
}

export interface Asked {
  readonly id: string;
  readonly by: 'item' | 'event';
  readonly marks: readonly string[];
  /** Whether all of it was taken for the tool's words. */
  readonly injected: boolean;
}

const maxCalls = 100;
const maxAsked = 20;

export function newMemory(): Memory {
  return { unreadable: 0, sessions: new Map(), flow: newFlow() };
}

export function newFlow(): Flow {
  return { asked: [], calls: new Map() };
}

/** Remembers a call; the oldest go first when there are too many. */
export function rememberCall(flow: Flow, id: string, end: CallEnd): void {
  flow.calls.set(id, end);
  const [oldest] = flow.calls.keys();
  if (flow.calls.size > maxCalls && oldest !== undefined) flow.calls.delete(oldest);
}

export function rememberAsked(flow: Flow, asked: Asked): void {
  flow.asked = [...flow.asked, asked].slice(-maxAsked);
}

/** The line of the other kind that said the same words; it is forgotten, for nobody says them a third time. */
export function takeTwin(flow: Flow, by: Asked['by'], marks: readonly string[]): Asked | undefined {
  const twin = flow.asked.find((asked) => asked.by !== by && asked.marks.some((mark) => marks.includes(mark)));
  if (twin) flow.asked = flow.asked.filter((asked) => asked !== twin);
  return twin;
}

/** Plain JSON for a later reader. */
export function save(memory: Memory): ReaderState {
  const sessions = [...memory.sessions.values()].map((session) => ({ ...session }));
  return { ...memory, sessions, flow: { ...memory.flow, replay: { ...memory.flow.replay }, calls: [...memory.flow.calls] } };
}

/** What `save` made; a state of another shape gives as much as can be read of it. */
export function restore(state: ReaderState): Memory {
  const sessions = (asArray(state['sessions']) ?? []).map(restoreSession).filter((session) => session !== undefined);
  return {
    ...present('current', asText(state['current'])),
    ...present('lastTime', asText(state['lastTime'])),
    unreadable: asCount(state['unreadable']) ?? 0,
    sessions: new Map(sessions.map((session) => [session.id, session])),
    flow: restoreFlow(state['flow']),
  };
}

function restoreFlow(value: unknown): Flow {
  const saved = asObject(value) ?? {};
  return {
    ...present('model', asText(saved['model'])),
    ...present('response', asText(saved['response'])),
    ...present('lastResponse', asText(saved['lastResponse'])),
    ...present('total', restoreTotals(saved['total'])),
    ...present('carried', restoreTotals(saved['carried'])),
    ...present('replay', Object.keys(asObject(saved['replay']) ?? {}).length > 0 ? restoreReplay(saved['replay']) : undefined),
    asked: (asArray(saved['asked']) ?? []).flatMap(restoreAsked),
    calls: new Map((asArray(saved['calls']) ?? []).flatMap(restoreCall)),
  };
}

function restoreAsked(value: unknown): Asked[] {
  const saved = asObject(value);
  const id = asText(saved?.['id']);
  if (!saved || id === undefined) return [];
  const marks = (asArray(saved['marks']) ?? []).flatMap((mark) => present('mark', asText(mark)).mark ?? []);
  return [{ id, by: saved['by'] === 'event' ? 'event' : 'item', marks, injected: saved['injected'] === true }];
}

function restoreCall(value: unknown): [string, CallEnd][] {
  const [id, end] = asArray(value) ?? [];
  return asText(id) === undefined ? [] : [[String(id), asObject(end) ?? {}]];
}
