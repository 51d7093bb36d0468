/** The entries of a history → messages. */

import type { ChatMessage, Part } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asCount, asNumber, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { contentParts, contextParts } from './content.ts';
import type { Item } from './format.ts';
import { answerMessage, answerParts, callParts } from './toolCalls.ts';
import { usageOf } from './usage.ts';

export interface Said {
  readonly id: string;
  readonly message: ChatMessage;
  /** Milliseconds since 1970, where the entry has a time. */
  readonly at?: number;
}

export interface Conversation {
  readonly said: readonly Said[];
  /** Entries of a kind that is not known. */
  readonly unknown: readonly Item[];
}

/** All messages, in order. `document` tells what is said of the session as a whole. */
export function conversationOf(items: readonly Item[], document: JsonObject): Conversation {
  const unknown: Item[] = [];
  const answered = new Set(items.flatMap((item) => answerParts(item).map(({ id }) => id)));
  const model = asText(document['chatModelTitle']);
  let thought: string | undefined;
  const said = items.flatMap((item) => {
    const messages = messagesOf(item, { responseId: thought ?? item.id, answered, model });
    if (!messages) unknown.push(item);
    // Thoughts may stand before the words of the same response.
    thought = item.role === 'thinking' ? (thought ?? item.id) : undefined;
    return [...(messages ?? []), ...summaryOf(item)];
  });
  return { said: countOnce(said, document), unknown };
}

interface Around {
  readonly responseId: string;
  /** Calls whose answer stands with them. */
  readonly answered: ReadonlySet<string>;
  readonly model: string | undefined;
}

function messagesOf(item: Item, around: Around): readonly Said[] | undefined {
  if (item.role === 'user') return userMessages(item);
  if (item.role === 'assistant' || item.role === 'thinking') return replyMessages(item, around);
  if (item.role === 'system') return [];
  if (item.role !== 'tool') return undefined;
  if (around.answered.has(asText(item.message['toolCallId']) ?? '')) return [];
  return [{ id: item.id, message: { role: 'tool', parts: [answerMessage(item)] } }];
}

function userMessages(item: Item): readonly Said[] {
  const context = (asArray(item.value['contextItems']) ?? []).flatMap((value) => contextParts(asObject(value) ?? {}));
  const said: readonly Said[] = [
    { id: item.id, message: { role: 'user', parts: contentParts(item.message['content']) } },
    { id: `${item.id}#context`, message: { role: 'user', parts: context, synthetic: true } },
  ];
  return context.length === 0 ? said.slice(0, 1) : said;
}

function replyMessages(item: Item, { responseId, model }: Around): readonly Said[] {
  const reasoning = asObject(item.value['reasoning']);
  const thoughts = asText(reasoning?.['text']);
  const start = asNumber(reasoning?.['startAt']);
  const answers = answerParts(item);
  const at = present('at', start);
  const message: ChatMessage = {
    role: 'assistant',
    parts: [
      ...(thoughts === undefined ? [] : [{ type: 'reasoning' as const, content: thoughts }]),
      ...(item.role === 'thinking' ? thoughtParts(item.message) : contentParts(item.message['content'])),
      ...callParts(item),
    ],
    responseId,
    ...present('model', model),
    ...present('usage', usageOf(item.message['usage'])),
    ...present('durationMs', durationOf(start, asNumber(reasoning?.['endAt']))),
  };
  return [
    { id: item.id, message, ...at },
    ...(answers.length === 0 ? [] : [{ id: `${item.id}#answers`, message: { role: 'tool' as const, parts: answers }, ...at }]),
  ];
}

/** What a provider hides of its thoughts is not kept, only that there were some. */
function thoughtParts(message: JsonObject): readonly Part[] {
  const text = asString(message['content']);
  if (text !== undefined) return [{ type: 'reasoning', content: text }];
  return contentParts(message['content']).map((part) => (part.type === 'text' ? { type: 'reasoning', content: part.content } : part));
}

function durationOf(start: number | undefined, end: number | undefined): number | undefined {
  return start === undefined || end === undefined ? undefined : asCount(Math.round(end - start));
}

function summaryOf(item: Item): readonly Said[] {
  const content = asText(item.value['conversationSummary']);
  if (content === undefined) return [];
  return [{ id: `${item.id}#summary`, message: { role: 'user', parts: [{ type: 'text', content }], synthetic: true } }];
}

/** The command line counts the session only: the sum stands with the last reply, where no reply has a count of its own. */
function countOnce(said: readonly Said[], document: JsonObject): readonly Said[] {
  const usage = usageOf(document['usage']);
  const last = said.findLastIndex(({ message }) => message.role === 'assistant');
  if (!usage || said.some(({ message }) => message.usage !== undefined)) return said;
  return said.map((one, index) => (index === last ? { ...one, message: { ...one.message, usage } } : one));
}
