/** The entries of a thread → messages. */

import type { ChatMessage, Part } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asObject, asText, type JsonObject } from '../formats/json.ts';
import { partsOf } from '../formats/messageBlocks.ts';
import { answerPart, isAnswer } from './answers.ts';
import type { Entry } from './format.ts';
import { usageOf } from './usage.ts';

export interface Said {
  readonly id: string;
  readonly message: ChatMessage;
}

/** The messages of one entry; undefined for an entry of a kind that is not known. */
export function messagesOf(entry: Entry): readonly Said[] | undefined {
  if (entry.role === 'user') return userMessages(entry);
  if (entry.role === 'assistant') return [reply(entry)];
  if (entry.role === 'info') return notices(entry);
  return undefined;
}

/** What a person wrote, and what tools answered: Amp keeps both in one entry. */
function userMessages({ blocks, id }: Entry): readonly Said[] {
  const answers = blocks.filter(isAnswer).map((block, index) => answerPart(block, `${id}#${index}`));
  const parts = plainParts(blocks.filter((block) => !isAnswer(block)), id);
  return [
    ...(answers.length === 0 ? [] : [{ id: `${id}#answers`, message: { role: 'tool' as const, parts: answers } }]),
    ...(parts.length === 0 ? [] : [{ id, message: { role: 'user' as const, parts } }]),
  ];
}

function reply({ value, blocks, id }: Entry): Said {
  const state = asObject(value['state']) ?? {};
  const message: ChatMessage = {
    role: 'assistant',
    parts: plainParts(blocks, id),
    responseId: id,
    ...present('model', asText(asObject(value['usage'])?.['model'])),
    ...present('usage', usageOf(value['usage'])),
    ...present('finishReason', asText(state['stopReason'])),
    ...present('outcome', outcomeOf(state)),
  };
  return { id, message };
}

/** What the tool put into the thread: a summary of what was said before, or something newer. */
function notices({ blocks, id }: Entry): readonly Said[] {
  const parts = blocks.flatMap((block, index) => summaryParts(block) ?? partsOf(block, `${id}#${index}`));
  return parts.length === 0 ? [] : [{ id, message: { role: 'user', parts, synthetic: true } }];
}

function summaryParts(block: JsonObject): readonly Part[] | undefined {
  const summary = block['type'] === 'summary' ? asObject(block['summary']) : undefined;
  const content = asText(summary?.['summary']);
  return content === undefined ? undefined : [{ type: 'text', content }];
}

function plainParts(blocks: readonly JsonObject[], id: string): readonly Part[] {
  return blocks.flatMap((block, index) => partsOf(block, `${id}#${index}`));
}

function outcomeOf(state: JsonObject): ChatMessage['outcome'] {
  if (state['type'] === 'complete') return state['stopReason'] === 'end_turn' ? 'completed' : undefined;
  if (state['type'] === 'cancelled') return 'cancelled';
  if (state['type'] === 'error') return 'failed';
  return state['type'] === 'running' || state['type'] === 'streaming' ? 'pending' : undefined;
}
