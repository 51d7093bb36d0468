/**
 * Where the copied beginning of a session ends. The file of a fork, and of many a subagent, begins with its parent's lines, most of
 * them with new times. What tells is the id of a turn: a UUIDv7, made when the turn really began.
 */

import { asArray, asCount, asObject, asText } from '../formats/json.ts';
import { present } from '../formats/fields.ts';
import type { Line } from './format.ts';
import { madeAt } from './identity.ts';

/** Plain JSON: it is kept between two readers. */
export interface Replay {
  /** Whether the lines now are the parent's. */
  active: boolean;
  /** Whether a turn was the session's own. */
  hasOwn: boolean;
  /** Whether a turn had an id that tells when it began. */
  hasTurnIds: boolean;
  /** When the session began, and when its first line was written; milliseconds since 1970. */
  readonly startedMs: number;
  readonly writtenMs: number;
  /** Ids of the sessions it comes from, as far as they are named. */
  readonly ancestors: readonly string[];
}

/** A copy of the parent's lines is written at once; a person takes longer to ask something. */
const burstMs = 1_000;
const turnStarts: ReadonlySet<string> = new Set(['task_started', 'turn_started', 'user_message']);

/** For a session whose first line is `line`. A fork begins with a copy; others only when an ancestor's header follows. */
export function newReplay(session: string, line: Line, ancestors: readonly string[], time: string): Replay {
  const writtenMs = Date.parse(time);
  const startedMs = madeAt(session) ?? validMs(Date.parse(asText(line.payload['timestamp']) ?? '')) ?? writtenMs;
  const isFork = asText(line.payload['forked_from_id']) !== undefined && ancestors.length > 0;
  return { active: isFork, hasOwn: false, hasTurnIds: false, startedMs, writtenMs, ancestors };
}

/** The header of an ancestor, met in the session's own file. */
export function meetAncestor(replay: Replay, further: readonly string[]): Replay {
  return { ...replay, active: !replay.hasOwn, ancestors: [...new Set([...replay.ancestors, ...further])] };
}

/** Takes note of a line that may begin a turn, and with it the session's own part. */
export function passTurn(replay: Replay, line: Line): void {
  const isContext = line.type === 'turn_context';
  if (!isContext && !(line.type === 'event_msg' && turnStarts.has(line.kind))) return;
  const began = madeAt(asText(line.payload['turn_id']));
  replay.hasTurnIds ||= began !== undefined;
  const own = began === undefined ? !replay.hasTurnIds && isOwnByTime(replay, line) : began >= replay.startedMs;
  if (replay.active && own) replay.active = false;
  replay.hasOwn ||= own;
}

/** What an earlier reader saved. */
export function restoreReplay(value: unknown): Replay | undefined {
  const saved = asObject(value);
  if (!saved) return undefined;
  const flag = (key: string): boolean => saved[key] === true;
  return {
    active: flag('active'), hasOwn: flag('hasOwn'), hasTurnIds: flag('hasTurnIds'),
    startedMs: asCount(saved['startedMs']) ?? 0, writtenMs: asCount(saved['writtenMs']) ?? 0,
    ancestors: (asArray(saved['ancestors']) ?? []).flatMap((id) => present('id', asText(id)).id ?? []),
  };
}

function isOwnByTime(replay: Replay, line: Line): boolean {
  return line.timestamp !== undefined && Date.parse(line.timestamp) >= replay.writtenMs + (replay.active ? burstMs : 0);
}

function validMs(ms: number): number | undefined {
  return Number.isNaN(ms) ? undefined : ms;
}
