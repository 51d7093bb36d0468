/** Response items → messages. */

import type { ChatMessage, Part, ToolStatus } from '../../../shared/session.ts';
import { blobPart } from '../formats/blob.ts';
import { present } from '../formats/fields.ts';
import { asArray, asObject, asString, asText, parseJson, type JsonObject } from '../formats/json.ts';
import { keepRaw } from '../formats/raw.ts';
import { contentParts } from './content.ts';

/** What an item of the model's response says: text, reasoning, calls; undefined when it is no such item or not in its shape. */
export function responseParts(kind: string, payload: JsonObject, id: string): readonly Part[] | undefined {
  switch (kind) {
    case 'message': return payload['role'] === 'assistant' ? contentParts(payload['content']) : undefined;
    case 'reasoning': return [{ type: 'reasoning', content: reasoningText(payload) }];
    case 'function_call': return [toolCall(payload, id, decoded(payload['arguments']))];
    case 'custom_tool_call': return [toolCall(payload, id, decoded(payload['input']))];
    case 'local_shell_call': return [toolCall({ name: 'local_shell', ...payload }, id, keepRaw(payload['action']))];
    case 'tool_search_call': return [toolCall({ name: 'tool_search', ...payload }, id, keepRaw(payload['arguments']))];
    case 'web_search_call': return ownTool('web_search', payload, id, keepRaw(payload['action']), []);
    case 'image_generation_call': return ownTool('image_generation', payload, id, present('prompt', asText(payload['revised_prompt'])), pictures(payload));
    default: return undefined;
  }
}

/** Call id and output of an item that answers a call; undefined for other items. */
export function answerOf(kind: string, payload: JsonObject): { readonly id: string | undefined; readonly output: unknown } | undefined {
  const id = asText(payload['call_id']);
  if (kind === 'function_call_output' || kind === 'custom_tool_call_output') return { id, output: payload['output'] };
  if (kind === 'tool_search_output') return { id, output: toolNames(payload['tools']) };
  return undefined;
}

/** What another agent wrote to this one. */
export function agentMessage(payload: JsonObject): ChatMessage | undefined {
  const parts = contentParts(payload['content']);
  return parts && { role: 'user', parts, synthetic: true };
}

/** What a compaction left of the conversation before it. The history it replaces is in the lines before. */
export function compaction(payload: JsonObject): ChatMessage {
  const summary = asText(payload['message']);
  const parts: Part[] = [{ type: 'notice', content: 'Conversation compacted' }];
  return { role: 'system', parts: summary === undefined ? parts : [...parts, { type: 'text', content: summary }], synthetic: true };
}

function reasoningText(payload: JsonObject): string {
  const texts = [...(asArray(payload['summary']) ?? []), ...(asArray(payload['content']) ?? [])].map((item) => asString(asObject(item)?.['text']));
  return texts.filter((text) => text !== undefined && text !== '').join('\n\n');
}

function toolCall(payload: JsonObject, id: string, args: unknown): Part {
  const namespace = asText(payload['namespace']);
  const name = asText(payload['name']) ?? 'unknown';
  return {
    type: 'tool_call',
    id: asText(payload['call_id']) ?? id,
    name: namespace === undefined ? name : `${namespace}.${name}`,
    ...present('arguments', args),
  };
}

/** A tool on the model's side: call and end are one item. */
function ownTool(name: string, payload: JsonObject, id: string, args: unknown, found: readonly Part[]): readonly Part[] {
  const call = toolCall({ ...payload, name }, id, args);
  const status: ToolStatus = payload['status'] === 'completed' ? 'succeeded' : payload['status'] === 'failed' ? 'failed' : 'unknown';
  return [call, { type: 'tool_call_response', id: call.type === 'tool_call' ? call.id : id, status }, ...found];
}

function pictures(payload: JsonObject): readonly Part[] {
  const result = asText(payload['result']);
  return result === undefined ? [] : [blobPart(result, 'image/png')];
}

function toolNames(tools: unknown): string | undefined {
  const names = (asArray(tools) ?? []).map((tool) => asText(asObject(tool)?.['name'])).filter((name) => name !== undefined);
  return names.length > 0 ? names.join('\n') : undefined;
}

/** Arguments as the model wrote them: JSON text. */
function decoded(text: unknown): unknown {
  if (typeof text !== 'string') return text === undefined || text === null ? undefined : keepRaw(text);
  return keepRaw(parseJson(text) ?? text);
}
