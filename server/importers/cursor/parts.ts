/** Blocks of a line → parts. */

import type { Part, ToolCallPart } from '../../../shared/session.ts';
import { asArray, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { keepRaw, unknownPart } from '../formats/raw.ts';

// What stands in the place of thoughts.
const redacted = /\s*\[REDACTED\]\s*$/;

/** The parts of a block of a reply. `id` names a tool call, which has none of its own. */
export function replyParts(block: unknown, id: string): readonly Part[] {
  const value = asObject(block);
  const type = asText(value?.['type']);
  if (value && type === 'tool_use') return [toolCall(value, id)];
  if (value && type === 'tool_result') return [toolAnswer(value, id)];
  const text = asString(value?.[type === 'thinking' ? 'thinking' : 'text']);
  if (type === 'thinking' && text !== undefined) return [{ type: 'reasoning', content: text }];
  if (type !== 'text' || text === undefined) return [unknownPart(block, type)];
  if (!text.trimEnd().endsWith('[REDACTED]')) return text === '' ? [] : [{ type: 'text', content: text }];
  const words = text.replace(redacted, '');
  return [...(words === '' ? [] : [{ type: 'text' as const, content: words }]), { type: 'reasoning', content: '' }];
}

function toolCall(block: JsonObject, id: string): ToolCallPart {
  // One release wrote arguments into the name.
  const name = (asText(block['name']) ?? 'unknown').split(/\s/)[0] || 'unknown';
  const call = { type: 'tool_call', id: asText(block['id']) ?? id, name } as const;
  return block['input'] === undefined ? call : { ...call, arguments: keepRaw(block['input']) };
}

function toolAnswer(block: JsonObject, id: string): Part {
  const texts = (asArray(block['content']) ?? []).flatMap((item) => asText(asObject(item)?.['text']) ?? []);
  return {
    type: 'tool_call_response',
    id: asText(block['tool_use_id']) ?? id,
    response: asString(block['content']) ?? texts.join('\n'),
    status: block['is_error'] === true ? 'failed' : 'succeeded',
  };
}
