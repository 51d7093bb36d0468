/** One line → a message. */

import type { ChatMessage, Part } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { keepRaw, unknownPart } from '../formats/raw.ts';
import { answerParts } from './answers.ts';
import { plainId, type Line } from './format.ts';
import { imagePart } from './images.ts';

/**
 * The message of a line; undefined when the line is of no kind that is known, or not of its shape.
 * @param inAgent whether another agent began the session: then its prompts are tasks, not a person's words
 * @param fallbackId stands in for missing ids
 */
export function messageOf(line: Line, inAgent: boolean, fallbackId: string): ChatMessage | undefined {
  if (line.kind === 'Compaction') return compaction(line.data);
  if (!line.content) return undefined;
  const parts = line.content.flatMap((piece, index) => partsOf(piece, line, `${fallbackId}#${index}`));
  switch (line.kind) {
    case 'Prompt':
      return { role: 'user', parts, ...(inAgent ? { synthetic: true } : {}) };
    case 'AssistantMessage':
      return { role: 'assistant', parts, responseId: fallbackId, ...present('model', modelOf(line.content)) };
    case 'ToolResults':
      return { role: 'tool', parts };
    default:
      return undefined;
  }
}

function partsOf(piece: unknown, line: Line, id: string): readonly Part[] {
  const value = asObject(piece);
  const kind = asText(value?.['kind']);
  const data = value?.['data'];
  const fields = asObject(data);
  if (kind === 'text' && typeof data === 'string') return data === '' ? [] : [{ type: 'text', content: data }];
  if (kind === 'image') return [imagePart(data)];
  if (kind === 'thinking' && fields) return [{ type: 'reasoning', content: asString(fields['text']) ?? '' }];
  if (kind === 'toolUse' && fields) return [toolCall(fields, id)];
  if (kind === 'toolResult' && fields) return answerParts(fields, outcomeOf(line.data, asText(fields['toolUseId'])), id);
  return [unknownPart(piece, kind)];
}

function toolCall(use: JsonObject, fallbackId: string): Part {
  return {
    type: 'tool_call',
    id: plainId(use['toolUseId']) ?? fallbackId,
    name: asText(use['name']) ?? 'unknown',
    ...present('arguments', use['input'] === undefined ? undefined : keepRaw(use['input'])),
  };
}

/** How a call went, as the line says beside its content: `{ Success: … }` and its like. */
function outcomeOf(data: JsonObject, id: string | undefined): unknown {
  const results = asObject(data['results']) ?? {};
  return id !== undefined && Object.hasOwn(results, id) ? asObject(results[id])?.['result'] : undefined;
}

/** Only reasoning says which model wrote it. */
function modelOf(content: readonly unknown[]): string | undefined {
  return content.map((piece) => asText(asObject(asObject(piece)?.['data'])?.['modelId'])).find((model) => model !== undefined);
}

function compaction(data: JsonObject): ChatMessage {
  const summary = data['summary'];
  const text = asText(summary) ?? (summary === undefined || summary === null ? undefined : JSON.stringify(keepRaw(summary)));
  const parts: Part[] = [{ type: 'notice', content: 'Conversation compacted' }];
  if (text !== undefined) parts.push({ type: 'text', content: text });
  return { role: 'system', parts, synthetic: true };
}
