/**
 * A bubble of Cursor's database → messages. Learned from https://github.com/michaeldhood/chatrxiv (docs/cursor/storage-reference.md) and
 * https://github.com/pppp606/cursor-efficiency (docs/vscdbRelation.md); the producer publishes no schema.
 */

import type { ChatMessage, Part, ToolStatus, Usage } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asCount, asNumber, asObject, asString, asText, parseJson, type JsonObject } from '../formats/json.ts';
import { fromMs, fromText } from '../formats/moment.ts';
import { fileUri } from '../formats/place.ts';
import { keepRaw } from '../formats/raw.ts';

/** Name of the database's format in recognitions and session headers. */
export const stateFormat = 'cursor-state-sqlite';

export interface Said {
  readonly id: string;
  readonly message: ChatMessage;
}

const statuses: ReadonlyMap<unknown, ToolStatus> = new Map([['completed', 'succeeded'], ['error', 'failed'], ['cancelled', 'cancelled'], ['rejected', 'denied']]);

/** The messages of one bubble; undefined when nobody knows who speaks in it. */
export function messagesOf(id: string, bubble: JsonObject, model: string | undefined): readonly Said[] | undefined {
  const text = asText(bubble['text']);
  const said: readonly Part[] = text === undefined ? [] : [{ type: 'text', content: text }];
  const all: Said[] = [];
  if (bubble['type'] === 1) all.push({ id, message: { role: 'user', parts: [...said, ...filesOf(bubble)] } });
  else if (bubble['type'] === 2) all.push({ id, message: reply(id, bubble, said, model) }, { id: `${id}#answers`, message: { role: 'tool', parts: answersOf(id, bubble) } });
  else return undefined;
  return all.filter(({ message }) => message.parts.length > 0);
}

/** When it was said, where the bubble tells: older ones do not. */
export function momentOf(bubble: JsonObject): string | undefined {
  const timing = asObject(bubble['timingInfo']);
  return fromText(bubble['createdAt']) ?? fromMs(bubble['createdAt']) ?? fromMs(timing?.['clientRpcSendTime']) ?? fromMs(wallClock(timing?.['clientStartTime']));
}

/** Some releases count from the start of the program. */
function wallClock(value: unknown): number | undefined {
  const ms = asNumber(value);
  return ms !== undefined && ms > Date.UTC(2020, 0) ? ms : undefined;
}

function reply(id: string, bubble: JsonObject, said: readonly Part[], model: string | undefined): ChatMessage {
  const thoughts = asText(asObject(bubble['thinking'])?.['text']) ?? asText(bubble['thinking']);
  return {
    role: 'assistant',
    parts: [...(thoughts === undefined ? [] : [{ type: 'reasoning' as const, content: thoughts }]), ...said, ...callsOf(id, bubble)],
    responseId: id,
    ...present('model', asText(asObject(bubble['modelInfo'])?.['modelName']) ?? model),
    ...present('usage', usageOf(bubble['tokenCount'])),
    ...present('durationMs', asCount(bubble['thinkingDurationMs'])),
  };
}

function callsOf(id: string, bubble: JsonObject): readonly Part[] {
  const tool = asObject(bubble['toolFormerData']);
  const name = asText(tool?.['name']);
  if (!tool || name === undefined) return [];
  return [{ type: 'tool_call', id: callId(id, tool), name, ...present('arguments', decoded(tool['rawArgs']) ?? decoded(tool['params'])) }];
}

function answersOf(id: string, bubble: JsonObject): readonly Part[] {
  const tool = asObject(bubble['toolFormerData']);
  const status = tool?.['userDecision'] === 'rejected' ? 'denied' : statuses.get(tool?.['status']);
  if (!tool || asText(tool['name']) === undefined || status === undefined) return [];
  const response = decoded(tool['result']) ?? decoded(tool['error']);
  const exitCode = asNumber(asObject(response)?.['exitCode']) ?? asNumber(asObject(response)?.['exitCodeV2']);
  const failed = status === 'succeeded' && exitCode !== undefined && exitCode !== 0;
  return [{ type: 'tool_call_response', id: callId(id, tool), ...present('response', response), status: failed ? 'failed' : status, ...present('exitCode', exitCode) }];
}

function callId(id: string, tool: JsonObject): string {
  // One release wrote the model's id behind a line break.
  return asText(tool['toolCallId'])?.split('\n')[0] || id;
}

/** Cursor keeps JSON as text within its JSON. */
function decoded(value: unknown): unknown {
  const text = asString(value);
  if (text === undefined) return value === null || value === undefined ? undefined : keepRaw(value);
  return text === '' ? undefined : keepRaw(parseJson(text) ?? text);
}

function filesOf(bubble: JsonObject): readonly Part[] {
  return (asArray(asObject(bubble['context'])?.['fileSelections']) ?? []).flatMap((item) => {
    const uri = fileUri(asText(asObject(asObject(item)?.['uri'])?.['fsPath']) ?? '');
    return uri === undefined ? [] : [{ type: 'uri' as const, uri }];
  });
}

/** Newer releases write zeros. */
function usageOf(value: unknown): Usage | undefined {
  const [input, output] = [asCount(asObject(value)?.['inputTokens']), asCount(asObject(value)?.['outputTokens'])];
  return (input ?? 0) + (output ?? 0) === 0 ? undefined : { ...present('inputTokens', input), ...present('outputTokens', output) };
}
