/** Lines of a transcript as messages. */

import type { ChatMessage, Part } from '../../../shared/session.ts';
import { asArray, asObject, asString, asText } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { bounded } from './raw.ts';
import { decodeArguments, plainCallId } from './toolCalls.ts';
import { location } from './uri.ts';

export interface LineMessages {
  /** The message of a line; undefined when it says nothing new, `unknown` when its type is not known. `time` is RFC 3339. */
  message(type: string, data: JsonObject, time: string): ChatMessage | 'unknown' | undefined;
}

/** Remembers which tool calls were asked for and when they began, to say each once and how long it took. */
export function createLineMessages(): LineMessages {
  const asked = new Set<string>();
  const startedAt = new Map<string, number>();

  function assistant(data: JsonObject): ChatMessage | undefined {
    const parts: Part[] = [];
    const thoughts = asText(data['reasoningText']);
    const text = asText(data['content']);
    if (thoughts !== undefined) parts.push({ type: 'reasoning', content: thoughts });
    if (text !== undefined) parts.push({ type: 'text', content: text });
    for (const value of asArray(data['toolRequests']) ?? []) {
      const request = asObject(value);
      const call = request && toolCall(request, 'name');
      if (call) parts.push(call);
    }
    if (parts.length === 0) return undefined;
    const responseId = asText(data['messageId']);
    return { role: 'assistant', parts, ...(responseId === undefined ? {} : { responseId }) };
  }

  function toolCall(data: JsonObject, nameField: 'name' | 'toolName'): Part | undefined {
    const id = callId(data);
    if (id === undefined || asked.has(id)) return undefined;
    asked.add(id);
    const given = decodeArguments(data['arguments']);
    const name = asText(data[nameField]) ?? 'unknown';
    return { type: 'tool_call', id, name, ...(given === undefined ? {} : { arguments: bounded(given) }) };
  }

  function started(data: JsonObject, time: string): ChatMessage | undefined {
    const id = callId(data);
    if (id !== undefined) startedAt.set(id, Date.parse(time));
    const call = toolCall(data, 'toolName');
    return call && { role: 'tool', parts: [call] };
  }

  function completed(data: JsonObject, time: string): ChatMessage | undefined {
    const id = callId(data);
    if (id === undefined) return undefined;
    const response = asText(asObject(data['result'])?.['content']);
    const durationMs = Date.parse(time) - (startedAt.get(id) ?? Number.NaN);
    const part: Part = {
      type: 'tool_call_response',
      id,
      ...(response === undefined ? {} : { response }),
      status: data['success'] === true ? 'succeeded' : data['success'] === false ? 'failed' : 'unknown',
      ...(durationMs >= 0 ? { durationMs } : {}),
    };
    return { role: 'tool', parts: [part] };
  }

  return {
    message: (type, data, time) => {
      if (type === 'user.message') return { role: 'user', parts: userParts(data) };
      if (type === 'assistant.message') return assistant(data);
      if (type === 'tool.execution_start') return started(data, time);
      return type === 'tool.execution_complete' ? completed(data, time) : 'unknown';
    },
  };
}

function callId(data: JsonObject): string | undefined {
  const id = asText(data['toolCallId']);
  return id === undefined ? undefined : plainCallId(id);
}

function userParts(data: JsonObject): readonly Part[] {
  const text = asString(data['content']) ?? '';
  const parts: Part[] = text === '' ? [] : [{ type: 'text', content: text }];
  for (const attachment of asArray(data['attachments']) ?? []) {
    const place = location(attachment);
    parts.push(place ? { type: 'uri', ...place } : { type: 'unknown', nativeType: 'attachment', raw: bounded(attachment) });
  }
  return parts;
}
