/** A message of the store of Cursor's command line → messages. It is one of the AI SDK (https://ai-sdk.dev): a role, and parts with a type. */

import type { Part, ToolCallResponsePart } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { blobPart } from '../formats/blob.ts';
import { keepRaw, unknownPart } from '../formats/raw.ts';
import type { Said } from './bubble.ts';
import { readUserText } from './userText.ts';

export interface ChatMessages {
  readonly said: readonly Said[];
  /** RFC 3339; prompts tell when they were written, to the minute. */
  readonly time?: string;
}

// What the tool puts in the place of what was said before.
const summary = /^\[Previous conversation summary\]/;

/** The messages of a stored one; undefined when its role is not known. What the model is told by the tool alone gives none. */
export function chatMessagesOf(id: string, value: JsonObject, model: string | undefined): ChatMessages | undefined {
  const role = value['role'];
  const content = asString(value['content']);
  const items = content === undefined ? (asArray(value['content']) ?? []) : [{ type: 'text', text: content }];
  if (role === 'system') return { said: [] };
  if (role === 'user') return userMessages(id, items);
  if (role !== 'assistant' && role !== 'tool') return undefined;
  const parts = items.flatMap((item) => partsOf(item));
  const answers = parts.filter((part) => part.type === 'tool_call_response');
  const words = parts.filter((part) => part.type !== 'tool_call_response');
  const reply = { role: 'assistant' as const, parts: words, responseId: id, ...present('model', model) };
  return {
    said: [
      ...(words.length > 0 && role === 'assistant' ? [{ id, message: reply }] : []),
      ...(answers.length > 0 ? [{ id: `${id}#answers`, message: { role: 'tool' as const, parts: answers } }] : []),
    ],
  };
}

function userMessages(id: string, items: readonly unknown[]): ChatMessages {
  const own: Part[] = [];
  const added: Part[] = [];
  let time: string | undefined;
  for (const item of items) {
    const words = asObject(item)?.['type'] === 'text' ? asString(asObject(item)?.['text']) : undefined;
    if (words === undefined) {
      own.push(...partsOf(item));
      continue;
    }
    const read = summary.test(words) ? { injected: [words] } : readUserText(words);
    time ??= read.time;
    if (read.said) own.push({ type: 'text', content: read.said });
    added.push(...read.injected.map((text) => ({ type: 'text' as const, content: text })));
  }
  return {
    ...present('time', time),
    said: [
      ...(own.length > 0 ? [{ id, message: { role: 'user' as const, parts: own } }] : []),
      ...(added.length > 0 ? [{ id: `${id}#context`, message: { role: 'user' as const, parts: added, synthetic: true as const } }] : []),
    ],
  };
}

function partsOf(item: unknown): readonly Part[] {
  const value = asObject(item) ?? {};
  const type = asText(value['type']);
  const text = asString(value['text']);
  if (type === 'text' && text !== undefined) return text === '' ? [] : [{ type: 'text', content: text }];
  if (type === 'reasoning') return [{ type: 'reasoning', content: text ?? '' }];
  if (type === 'redacted-reasoning') return [{ type: 'reasoning', content: '' }];
  if (type === 'tool-call') return [toolCall(value)];
  if (type === 'tool-result') return [toolAnswer(value)];
  const bytes = asText(value['image']) ?? asText(value['data']);
  if ((type === 'image' || type === 'file') && bytes !== undefined) return [blobPart(bytes, asText(value['mimeType']) ?? asText(value['mediaType']))];
  return [unknownPart(item, type)];
}

function toolCall(value: JsonObject): Part {
  const input = value['args'] ?? value['input'];
  const call = { type: 'tool_call', id: asText(value['toolCallId']) ?? 'unknown', name: asText(value['toolName']) ?? 'unknown' } as const;
  return input === undefined ? call : { ...call, arguments: keepRaw(input) };
}

function toolAnswer(value: JsonObject): ToolCallResponsePart {
  const output = asObject(asObject(asObject(asObject(value['providerOptions'])?.['cursor'])?.['highLevelToolCallResult'])?.['output']) ?? {};
  const failed = value['isError'] === true || output['error'] !== undefined;
  return {
    type: 'tool_call_response',
    id: asText(value['toolCallId']) ?? 'unknown',
    ...present('response', keepRaw(value['result'] ?? value['output'])),
    status: output['rejected'] === undefined ? (failed ? 'failed' : 'succeeded') : 'denied',
  };
}
