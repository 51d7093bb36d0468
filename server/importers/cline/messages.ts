/** One message of a session → the messages it holds. */

import type { ChatMessage, Part, Usage } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asCount, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { answerParts, blocksOf, isAnswer, partsOf } from '../formats/messageBlocks.ts';
import { statusOf } from '../formats/taskCalls.ts';

export interface Said {
  readonly id: string;
  readonly message: ChatMessage;
}

/** The messages; undefined for a role that is not known. */
export function messagesOf(value: JsonObject, id: string): readonly Said[] | undefined {
  if (value['role'] === 'assistant') return [{ id, message: reply(value, id) }];
  return value['role'] === 'user' ? userMessages(value, id) : undefined;
}

function reply(value: JsonObject, id: string): ChatMessage {
  return {
    role: 'assistant',
    parts: blocksOf(value['content']).flatMap((block, index) => partsOf(block, `${id}#${index}`)),
    responseId: id,
    ...present('model', asText(asObject(value['modelInfo'])?.['id'])),
    ...present('usage', usageOf(asObject(value['metrics']))),
  };
}

function userMessages(value: JsonObject, id: string): readonly Said[] {
  const answers: Said[] = [];
  const person: Part[] = [];
  const injected: Part[] = [];
  for (const [index, block] of blocksOf(value['content']).entries()) {
    const text = block['type'] === 'text' ? asString(block['text']) : undefined;
    if (isAnswer(block)) answers.push(answer(block, `${id}#${index}`));
    else if (block['type'] === 'file') injected.push(...partsOf(block, id));
    else if (text === undefined) person.push(...partsOf(block, `${id}#${index}`));
    else readText(text, person, injected);
  }
  // What the tool writes itself into the conversation says what it is.
  const isOwn = asText(asObject(value['metadata'])?.['kind']) === undefined;
  const said: readonly Said[] = [
    ...answers,
    { id, message: { role: 'user', parts: person, ...(isOwn ? {} : { synthetic: true }) } },
    { id: `${id}#context`, message: { role: 'user', parts: injected, synthetic: true } },
  ];
  return said.filter(({ message }) => message.parts.length > 0);
}

/** The tool renames a message of answers whenever a session is resumed; the call it answers keeps its name. */
function answer(block: JsonObject, fallbackId: string): Said {
  const call = asText(block['tool_use_id']);
  const message: ChatMessage = { role: 'tool', parts: answerParts(block, fallbackId, statusOf) };
  return { id: call === undefined ? fallbackId : `answer-${call}`, message };
}

/** What a person typed stands in an element that names the mode, after the tool's notices and before the files it read for them. */
function readText(text: string, person: Part[], injected: Part[]): void {
  const start = /<user_(input|command)(?: [^<>]{0,200})?>/.exec(text);
  const closing = start ? `</user_${start[1] ?? ''}>` : '';
  const end = start ? text.lastIndexOf(closing) : -1;
  if (!start || end < start.index) return add(person, text);
  const words = text.slice(start.index + start[0].length, end);
  const notice = words.startsWith('<mode_notice>') ? words.indexOf('</mode_notice>') + '</mode_notice>'.length : 0;
  add(injected, text.slice(0, start.index));
  add(injected, words.slice(0, notice));
  add(person, words.slice(notice));
  add(injected, text.slice(end + closing.length));
}

function add(parts: Part[], text: string): void {
  const content = text.trim();
  if (content !== '') parts.push({ type: 'text', content });
}

/** What is sent includes what is read from and written to the cache. */
function usageOf(metrics: JsonObject | undefined): Usage | undefined {
  const sent = asCount(metrics?.['inputTokens']);
  const output = asCount(metrics?.['outputTokens']);
  if (sent === undefined && output === undefined) return undefined;
  const read = asCount(metrics?.['cacheReadTokens']);
  const written = asCount(metrics?.['cacheWriteTokens']);
  return {
    ...present('inputTokens', sent === undefined ? undefined : Math.max(0, sent - (read ?? 0) - (written ?? 0))),
    ...present('cacheReadTokens', read),
    ...present('cacheWriteTokens', written),
    ...present('outputTokens', output),
  };
}
