/** Tool calls that wait for their answer. */

import type { Part, ToolCallPart } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asObject, asText, parseJson, type JsonObject } from '../formats/json.ts';
import { keepRaw } from '../formats/raw.ts';
import { titleFrom } from '../formats/title.ts';
import { plainId, type Line } from './format.ts';

/** Plain JSON: it is kept between two readers. */
export interface OpenCall {
  /** Milliseconds since 1970; absent until the tool runs. */
  readonly startedMs?: number;
  /** What a call that starts a subagent calls its task. */
  readonly task?: string;
}

/** By the id of the call. */
export type OpenCalls = Map<string, OpenCall>;

const maxOpen = 200;

/** The call of a tool request or of an event about a tool; `fallbackId` stands in for a missing id. */
export function callPart(call: JsonObject, name: unknown, fallbackId: string): ToolCallPart {
  const given = call['arguments'];
  const decoded = typeof given === 'string' ? (given === '' ? undefined : (parseJson(given) ?? given)) : given;
  return {
    type: 'tool_call',
    id: plainId(call['toolCallId']) ?? fallbackId,
    name: asText(name) ?? 'unknown',
    ...present('arguments', decoded === undefined ? undefined : keepRaw(decoded)),
  };
}

/** Remembers that the model asked for a tool. */
export function rememberCall(open: OpenCalls, part: ToolCallPart): void {
  const task = part.name === 'task' ? asText(asObject(part.arguments)?.['description']) : undefined;
  set(open, part.id, present('task', task === undefined ? undefined : titleFrom(task)));
}

/** The call of an event that says a tool runs, when nobody asked for it before; none when the request was kept. */
export function startedCall(open: OpenCalls, line: Line, time: string, fallbackId: string): readonly Part[] {
  const part = callPart(line.data, line.data['toolName'], fallbackId);
  const known = open.get(part.id);
  if (!known) rememberCall(open, part);
  set(open, part.id, { ...open.get(part.id), startedMs: Date.parse(time) });
  return known ? [] : [part];
}

/** How long a tool took whose answer came at `time`, in milliseconds; forgets the call. */
export function finishCall(open: OpenCalls, id: string, time: string): number | undefined {
  const durationMs = Date.parse(time) - (open.get(id)?.startedMs ?? Number.NaN);
  open.delete(id);
  return durationMs >= 0 ? durationMs : undefined;
}

function set(open: OpenCalls, id: string, call: OpenCall): void {
  open.set(id, call);
  const [oldest] = open.keys();
  if (open.size > maxOpen && oldest !== undefined) open.delete(oldest);
}
