/**
 * Content blocks of the Anthropic Messages API → parts, with what tools add that keep their history in that shape: the older names
 * of the AI SDK (`tool-call`), and files and reasoning as blocks of their own.
 */

import type { Part, ToolCallResponsePart, ToolStatus } from '../../../shared/session.ts';
import { blobPart } from './blob.ts';
import { asArray, asObject, asString, asText, type JsonObject } from './json.ts';
import { fileUri } from './place.ts';
import { keepRaw, unknownPart } from './raw.ts';

/** The blocks of a message, plain text as one block; empty for everything else. */
export function blocksOf(content: unknown): readonly JsonObject[] {
  const text = asString(content);
  if (text !== undefined) return text === '' ? [] : [{ type: 'text', text }];
  return (asArray(content) ?? []).map((block) => asObject(block) ?? { type: 'text', text: asString(block) ?? '' });
}

/** Whether a block is what a tool answered. */
export function isAnswer(block: JsonObject): boolean {
  return block['type'] === 'tool_result' || block['type'] === 'tool-result';
}

/** The parts of any other block. `fallbackId` names a tool call without an id. */
export function partsOf(block: JsonObject, fallbackId: string): readonly Part[] {
  const type = asText(block['type']);
  const text = asString(block[type === 'thinking' ? 'thinking' : 'text']);
  if (type === 'tool_use' || type === 'tool-call') return [toolCall(block, fallbackId)];
  if (type === 'redacted_thinking') return [{ type: 'reasoning', content: '' }];
  // A signature of thoughts that stand elsewhere.
  if (type === 'thoughtSignature') return [];
  if (type === 'file') return fileParts(block);
  if (type === 'image' || type === 'document' || type === 'media') return [mediaPart(block, type)];
  if (type === 'text' && text !== undefined) return text === '' ? [] : [{ type: 'text', content: text }];
  if (type === 'thinking' || type === 'reasoning') return [{ type: 'reasoning', content: text ?? summaryOf(block) }];
  return [unknownPart(block, type)];
}

/** What a tool answered, and the pictures it came with. `status` is what the answer's words say, for an answer that does not say itself. */
export function answerParts(block: JsonObject, fallbackId: string, statusOf: (response: string) => ToolStatus): readonly Part[] {
  const content = block['type'] === 'tool-result' ? outputOf(block['output']) : block['content'];
  const list = asArray(content)?.map((item) => asObject(item) ?? {}) ?? [];
  const parts = list.filter((item) => item['type'] !== undefined).flatMap((item) => partsOf(item, fallbackId));
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.content] : []));
  const isStructured = list.some((item) => item['type'] === undefined);
  const words = asString(content) ?? texts.join('\n');
  const told = statusOf(words);
  const failed = block['is_error'] === true || list.some((item) => item['success'] === false);
  const answer: ToolCallResponsePart = {
    type: 'tool_call_response',
    id: asText(block['tool_use_id']) ?? asText(block['toolCallId']) ?? fallbackId,
    ...(content === undefined ? {} : { response: isStructured ? keepRaw(content) : words }),
    status: failed && told === 'succeeded' ? 'failed' : told,
  };
  return [answer, ...parts.filter((part) => part.type !== 'text')];
}

/** The summary of thoughts whose text the provider keeps to itself. */
export function summaryOf(value: JsonObject): string {
  return (asArray(value['summary']) ?? []).flatMap((item) => asText(asObject(item)?.['text']) ?? []).join('\n');
}

function toolCall(block: JsonObject, fallbackId: string): Part {
  const id = asText(block['id']) ?? asText(block['toolCallId']) ?? fallbackId;
  const call = { type: 'tool_call', id, name: asText(block['name']) ?? asText(block['toolName']) ?? 'unknown' } as const;
  return block['input'] === undefined ? call : { ...call, arguments: keepRaw(block['input']) };
}

function fileParts(block: JsonObject): readonly Part[] {
  const path = asText(block['path']);
  const uri = path === undefined ? undefined : fileUri(path);
  const content = asText(block['content']);
  return [
    ...(uri === undefined ? [] : [{ type: 'uri' as const, uri }]),
    ...(content === undefined ? [] : [{ type: 'text' as const, content }]),
  ];
}

/** A picture or document: its bytes, or its address. */
function mediaPart(block: JsonObject, type: string): Part {
  const source = asObject(block['source']) ?? asObject(block['media']) ?? block;
  const data = asText(source['data']) ?? asText(source['image']) ?? asText(source['base64']);
  const url = asText(source['url']);
  const mimeType = asText(source['media_type']) ?? asText(source['mediaType']);
  if (data !== undefined) return blobPart(data, mimeType);
  if (url !== undefined) return url.startsWith('data:') ? blobPart(url, mimeType) : { type: 'uri', uri: url };
  return unknownPart(block, type);
}

/** The AI SDK wraps what a tool answered in an object that names its kind. */
function outputOf(output: unknown): unknown {
  const value = asObject(output);
  return value?.['value'] ?? output;
}
