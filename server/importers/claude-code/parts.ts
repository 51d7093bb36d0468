/** Content blocks of the Anthropic Messages API → parts. */

import type { Part, ToolCallPart } from '../../../shared/session.ts';
import { blobPart } from '../formats/blob.ts';
import { asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { keepRaw } from './raw.ts';

const callTypes: ReadonlySet<string> = new Set(['tool_use', 'server_tool_use', 'mcp_tool_use']);

/** The part a block becomes. `fallbackId` names a tool call that has no id of its own. */
export function partOf(block: unknown, fallbackId: string): Part {
  if (typeof block === 'string') return { type: 'text', content: block };
  const value = asObject(block);
  const type = asText(value?.['type']);
  if (value === undefined || type === undefined) return unknownPart(block, type);
  if (callTypes.has(type)) return toolCall(value, fallbackId);
  // What a tool on the model's side answered comes in the model's own message: web_search_tool_result and its like.
  if (type.endsWith('_tool_result')) return serverToolResult(value, fallbackId);
  if (type === 'redacted_thinking') return { type: 'reasoning', content: '' };
  if (type === 'image' || type === 'document') return mediaPart(value, type);
  const text = asString(value[type === 'thinking' ? 'thinking' : 'text']);
  if (type === 'thinking' && text !== undefined) return { type: 'reasoning', content: text };
  if (type === 'text' && text !== undefined) return { type: 'text', content: text };
  return unknownPart(block, type);
}

function toolCall(block: JsonObject, fallbackId: string): ToolCallPart {
  const call = { type: 'tool_call', id: asText(block['id']) ?? fallbackId, name: asText(block['name']) ?? 'unknown' } as const;
  return block['input'] === undefined ? call : { ...call, arguments: keepRaw(block['input']) };
}

function serverToolResult(block: JsonObject, fallbackId: string): Part {
  const failed = asText(asObject(block['content'])?.['error_code']) !== undefined;
  return {
    type: 'tool_call_response',
    id: asText(block['tool_use_id']) ?? fallbackId,
    response: keepRaw(block['content'] ?? null),
    status: failed ? 'failed' : 'succeeded',
  };
}

/** An image or document: its bytes, its address, or its text. */
function mediaPart(block: JsonObject, type: string): Part {
  const source = asObject(block['source']) ?? {};
  const data = asString(source['data']);
  const url = asText(source['url']);
  const mimeType = asText(source['media_type']) ?? 'application/octet-stream';
  if (source['type'] === 'url' && url !== undefined) return { type: 'uri', uri: url };
  if (source['type'] === 'text' && data !== undefined) return { type: 'text', content: data };
  if (data !== undefined) return blobPart(data, mimeType);
  return unknownPart(block, type);
}

function unknownPart(block: unknown, type: string | undefined): Part {
  return { type: 'unknown', nativeType: type ?? '(no type)', raw: keepRaw(block ?? null) };
}
