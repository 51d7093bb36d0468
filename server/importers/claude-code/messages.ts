/** One line of the conversation → messages. */

import type { ChatMessage, Part, Usage } from '../../../shared/session.ts';
import { asCount, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { blocksOf, leftOut, present, type Line } from './format.ts';
import { partOf } from './parts.ts';
import { toolResultParts } from './toolResults.ts';
import { passages, unwrapOutput, type Passage } from './userText.ts';

/**
 * The messages of a user, assistant or system line, the first of a line being the one that bears the line's id. Empty when the line
 * is left out on purpose; undefined when it does not have the shape of its type. `fallbackId` stands in for missing ids of blocks.
 */
export function messagesOf(line: Line, inAgent: boolean, fallbackId: string): readonly ChatMessage[] | undefined {
  if (line.type === 'assistant') return assistantMessages(line, fallbackId);
  if (line.type === 'user') return userMessages(line, inAgent || !isByPerson(line), fallbackId);
  return systemMessages(line);
}

/** The message of a prompt that a person typed while the agent worked; undefined for every other attachment. */
export function queuedPrompt(line: Line, inAgent: boolean, fallbackId: string): readonly ChatMessage[] | undefined {
  const attachment = asObject(line.value['attachment']) ?? {};
  if (attachment['type'] !== 'queued_command' || asText(attachment['commandMode'] ?? 'prompt') !== 'prompt') return undefined;
  const queued = { ...line, message: { content: attachment['prompt'] }, value: { origin: attachment['origin'] } };
  return userMessages(queued, inAgent || !isByPerson(queued), fallbackId);
}

function assistantMessages(line: Line, fallbackId: string): readonly ChatMessage[] | undefined {
  const { message } = line;
  const blocks = blocksOf(message['content']);
  if (!blocks) return undefined;
  const model = asText(message['model']);
  const failed = line.value['isApiErrorMessage'] === true;
  const synthetic = failed || model === '<synthetic>';
  const usage = usageOf(asObject(message['usage']));
  return [{
    role: 'assistant',
    parts: blocks.map((block, index) => partOf(block, `${fallbackId}#${index}`)),
    ...present('responseId', responseIdOf(line)),
    ...present('model', model === '<synthetic>' ? undefined : model),
    ...present('usage', synthetic ? undefined : usage),
    ...present('finishReason', asText(message['stop_reason'])),
    ...(synthetic ? { synthetic: true } : {}),
    ...(failed ? { outcome: 'failed' } : {}),
  }];
}

/** One API response is written as one line per block; its id, with that of the request, is what the lines share. */
function responseIdOf(line: Line): string | undefined {
  const id = asText(line.message['id']);
  return id !== undefined && line.requestId !== undefined ? `${id}:${line.requestId}` : id;
}

function usageOf(usage: JsonObject | undefined): Usage | undefined {
  const counts: Usage = {
    ...present('inputTokens', asCount(usage?.['input_tokens'])),
    ...present('cacheReadTokens', asCount(usage?.['cache_read_input_tokens'])),
    ...present('cacheWriteTokens', asCount(usage?.['cache_creation_input_tokens'])),
    ...present('outputTokens', asCount(usage?.['output_tokens'])),
    ...present('reasoningTokens', asCount(asObject(usage?.['output_tokens_details'])?.['thinking_tokens'])),
  };
  return Object.keys(counts).length > 0 ? counts : undefined;
}

/** Whether a user line can be a person's words, by what the line says of itself. */
function isByPerson(line: Line): boolean {
  const { value } = line;
  // Lines of older releases do not say where they come from; since 2.1 everything that is not a person's has another kind.
  const origin = asText(asObject(value['origin'])?.['kind']) ?? 'human';
  return value['isMeta'] !== true && value['isCompactSummary'] !== true && value['promptSource'] !== 'system' && origin === 'human';
}

function userMessages(line: Line, synthetic: boolean, fallbackId: string): readonly ChatMessage[] | undefined {
  const blocks = blocksOf(line.message['content']);
  if (!blocks) return undefined;
  const results = blocks.map(asObject).filter((block) => block?.['type'] === 'tool_result').length;
  const tool: Part[] = [];
  const person: Part[] = [];
  const injected: ChatMessage[] = [];
  for (const [index, block] of blocks.entries()) {
    const value = asObject(block);
    const id = `${fallbackId}#${index}`;
    if (value?.['type'] === 'tool_result') {
      tool.push(...toolResultParts(value, line, results === 1, id));
      continue;
    }
    const text = value?.['type'] === 'text' ? asString(value['text']) : asString(block);
    if (text === undefined) person.push(partOf(block, id));
    for (const passage of text === undefined ? [] : passages(text)) {
      if (passage.by === 'person') person.push({ type: 'text', content: passage.content });
      else injected.push(injectedMessage(passage));
    }
  }
  const said: ChatMessage = { role: 'user', parts: person, ...(synthetic ? { synthetic: true } : {}) };
  const answered: ChatMessage = { role: 'tool', parts: tool };
  // Answers end the work before; what the tool adds to a prompt belongs to the turn that the prompt opens.
  const messages = [...(tool.length > 0 ? [answered] : []), ...(person.length > 0 ? [said] : []), ...injected];
  return messages.length > 0 ? messages : [{ role: 'user', parts: [], synthetic: true }];
}

function injectedMessage(passage: Passage): ChatMessage {
  return {
    role: 'user',
    parts: [{ type: passage.by === 'notice' ? 'notice' : 'text', content: passage.content }],
    synthetic: true,
    ...(passage.interrupted ? { outcome: 'cancelled' } : {}),
  };
}

function systemMessages(line: Line): readonly ChatMessage[] | undefined {
  if (Object.hasOwn(leftOut, `system/${line.subtype ?? ''}`)) return [];
  const content = noticeOf(line);
  return content === undefined ? undefined : [{ role: 'system', parts: [{ type: 'notice', content }], synthetic: true }];
}

function noticeOf(line: Line): string | undefined {
  const content = asText(line.value['content']);
  if (line.subtype === 'compact_boundary') return 'Conversation compacted';
  if (content !== undefined) {
    const [passage] = line.subtype === 'local_command' ? passages(content) : [];
    return passage?.content ?? unwrapOutput(content);
  }
  return errorMessage(line.value['error']);
}

/** What an error says: errors of the API come wrapped in up to three objects, some with a status and no message. */
function errorMessage(error: unknown, depth = 0): string | undefined {
  const value = asObject(error);
  if (!value || depth > 3) return asText(error);
  const status = asCount(value['status']);
  return asText(value['message']) ?? asText(value['formatted']) ?? errorMessage(value['error'], depth + 1) ??
    (status === undefined ? undefined : `API error ${status}`);
}
