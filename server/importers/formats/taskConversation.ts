/** The entries of a task's history → messages, without their times and tokens. */

import type { ChatMessage } from '../../../shared/session.ts';
import { present } from './fields.ts';
import { asNumber, asObject, asText, type JsonObject } from './json.ts';
import { blocksOf, partsOf, summaryOf } from './messageBlocks.ts';
import { callsIn } from './taskCalls.ts';
import type { Progress } from './taskProgress.ts';
import { userMessages } from './taskUserMessage.ts';

export interface Said {
  readonly id: string;
  /** Which entry it is of. */
  readonly index: number;
  readonly message: ChatMessage;
}

export interface Conversation {
  readonly said: readonly Said[];
  /** Entries of a kind that is not known. */
  readonly unknown: readonly { readonly id: string; readonly index: number; readonly entry: JsonObject }[];
  /** Absolute path of the workspace, as the tool told it the model. */
  readonly cwd?: string;
}

export function conversationOf(entries: readonly JsonObject[]): Conversation {
  const said: Said[] = [];
  const unknown: { id: string; index: number; entry: JsonObject }[] = [];
  const ids = idsOf(entries);
  const progress: Progress = { called: new Map(), waiting: [] };
  let thought: string | undefined;
  for (const [index, entry] of entries.entries()) {
    const id = ids[index] ?? `entry-${index}`;
    const role = asText(entry['role']);
    const isThought = role === undefined && entry['type'] === 'reasoning';
    if (role === 'assistant' || isThought) {
      const message = replyOf(entry, id, thought ?? id, progress.model);
      said.push({ id, index, message });
      if (!isThought) noteCalls(message, id, progress);
      // Thoughts may stand before the words of the same response.
      thought = isThought ? (thought ?? id) : undefined;
    } else if (role === 'user' || role === 'tool') {
      said.push(...userMessages(entry, id, progress, said.length === 0).map((one) => ({ ...one, index })));
    } else {
      unknown.push({ id, index, entry });
    }
  }
  return { said, unknown, ...present('cwd', progress.cwd) };
}

function replyOf(entry: JsonObject, id: string, responseId: string, toldModel: string | undefined): ChatMessage {
  const blocks = blocksOf(entry['content']);
  const isInWords = !blocks.some((block) => block['type'] === 'tool_use' || block['type'] === 'tool-call');
  const parts = blocks.flatMap((block, place) => {
    const made = partsOf(block, `${id}#${place}`);
    return isInWords ? made.flatMap((part) => (part.type === 'text' ? callsIn(part.content, `${id}#${place}`) : [part])) : made;
  });
  const thoughts = entry['role'] === undefined ? (asText(entry['text']) ?? summaryOf(entry)) : asText(entry['reasoning_content']);
  return {
    role: 'assistant',
    parts: [...(thoughts === undefined ? [] : [{ type: 'reasoning' as const, content: thoughts }]), ...parts],
    responseId,
    ...present('model', asText(asObject(entry['modelInfo'])?.['modelId']) ?? toldModel),
  };
}

function noteCalls(message: ChatMessage, id: string, progress: Progress): void {
  const calls = message.parts.filter((part) => part.type === 'tool_call');
  for (const call of calls) progress.called.set(call.id, call.name);
  progress.waiting = calls.filter((call) => call.id.startsWith(`${id}#`)).map((call) => call.id);
}

/** Histories name no messages; role and time do, and the place where there is no time or two of the same. */
function idsOf(entries: readonly JsonObject[]): readonly string[] {
  const taken = new Set<string>();
  return entries.map((entry, index) => {
    const at = asNumber(entry['ts']);
    const named = at === undefined ? undefined : `${at}-${asText(entry['role']) ?? 'reasoning'}`;
    const id = named === undefined || taken.has(named) ? `entry-${index}` : named;
    taken.add(id);
    return id;
  });
}
