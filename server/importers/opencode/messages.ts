/** A row of the table `message` with its parts → messages. */

import type { ChatMessage, Part } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asNumber, asObject, asText, type JsonObject } from '../formats/json.ts';
import { answersOf, errorText, partsOf, type StoredPart } from './parts.ts';
import { usageOf } from './usage.ts';

export interface Said {
  readonly id: string;
  readonly message: ChatMessage;
}

export interface Circumstances {
  /** Whether the session's prompts are the words of another session's agent. */
  readonly isTask: boolean;
  /** Whether the message was there before its session was: a fork begins with copies. */
  readonly isCopied: boolean;
  /** Whether the person went back behind it. */
  readonly isSuperseded: boolean;
}

/** The messages of a row; undefined when it has no role that is known. */
export function messagesOf(id: string, value: JsonObject, parts: readonly StoredPart[], how: Circumstances): readonly Said[] | undefined {
  const marks = { ...(how.isCopied && { copied: true as const }), ...(how.isSuperseded && { superseded: true as const }) };
  const said = value['role'] === 'assistant' ? replyMessages(id, value, parts) : value['role'] === 'user' ? userMessages(id, parts, how.isTask) : undefined;
  return said?.filter(({ message }) => message.parts.length > 0).map((one) => ({ id: one.id, message: { ...one.message, ...marks } }));
}

/** What a person wrote, and what opencode added to it for the model. */
function userMessages(id: string, parts: readonly StoredPart[], isTask: boolean): readonly Said[] {
  const { added = [], own = [] } = Object.groupBy(parts, ({ value }) => (isAdded(value) ? 'added' : 'own'));
  return [
    { id, message: { role: 'user', parts: own.flatMap(partsOf), ...(isTask && { synthetic: true }) } },
    { id: `${id}#context`, message: { role: 'user', parts: added.flatMap(partsOf), synthetic: true } },
  ];
}

function isAdded({ type, synthetic }: JsonObject): boolean {
  return synthetic === true || type === 'compaction';
}

function replyMessages(id: string, value: JsonObject, parts: readonly StoredPart[]): readonly Said[] {
  const failure = errorText(value['error']);
  const said: Part[] = [...parts.flatMap(partsOf), ...(failure === undefined ? [] : [{ type: 'notice' as const, content: failure }])];
  const message: ChatMessage = {
    role: 'assistant',
    // A reply of which nothing is there yet, or nothing came, has its tokens all the same.
    parts: said.length > 0 ? said : [{ type: 'text', content: '' }],
    responseId: id,
    ...present('model', asText(value['modelID'])),
    ...present('usage', usageOf(value, parts.map((part) => part.value).filter(({ type }) => type === 'step-finish'))),
    ...present('finishReason', asText(value['finish'])),
    ...present('outcome', outcomeOf(value)),
    ...present('durationMs', durationOf(value)),
  };
  return [{ id, message }, { id: `${id}#answers`, message: { role: 'tool', parts: parts.flatMap(answersOf) } }];
}

function outcomeOf(value: JsonObject): ChatMessage['outcome'] {
  const error = asObject(value['error']);
  if (error) return error['name'] === 'MessageAbortedError' ? 'cancelled' : 'failed';
  if (value['finish'] === 'stop') return 'completed';
  return asObject(value['time'])?.['completed'] === undefined ? 'pending' : undefined;
}

function durationOf(value: JsonObject): number | undefined {
  const time = asObject(value['time']);
  const [created, completed] = [asNumber(time?.['created']), asNumber(time?.['completed'])];
  return created === undefined || completed === undefined || completed < created ? undefined : completed - created;
}
