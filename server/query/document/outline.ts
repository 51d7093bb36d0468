/** What there is to know of a turn before its items are looked at. */

import type { DaybookRecord } from '../../../shared/record.ts';
import { isPrompt, type ChatMessage, type Usage } from '../../../shared/session.ts';
import type { TurnOutline } from '../../../shared/sessionView.ts';
import { messageOf, type TurnItems } from './items.ts';
import { oneLine } from './plain.ts';

const figures = ['inputTokens', 'cacheReadTokens', 'cacheWriteTokens', 'outputTokens', 'reasoningTokens'] as const;
const failed: readonly string[] = ['failed', 'denied', 'cancelled'];

export function turnOutline({ turn, first, items }: TurnItems): TurnOutline {
  const messages = turn.records.flatMap((record) => messageOf(record) ?? []);
  const parts = messages.flatMap((message) => message.parts);
  const models = messages.flatMap(({ model }) => (model === undefined ? [] : [oneLine(model, 60)]));
  return {
    index: turn.index, startedAt: turn.startedAt, endedAt: turn.endedAt, prompt: promptOf(messages), first, items: items.length,
    toolCalls: parts.filter(({ type }) => type === 'tool_call').length,
    failures: parts.filter((part) => part.type === 'tool_call_response' && failed.includes(part.status)).length,
    usage: usageOf(turn.records), models: [...new Set(models)],
  };
}

function promptOf(messages: readonly ChatMessage[]): string {
  const prompt = messages.find(isPrompt);
  const text = prompt?.parts.find((part) => part.type === 'text' && part.content.trim() !== '');
  return text?.type === 'text' ? oneLine(text.content, 160) : '';
}

/** A response is often written as several messages, each with the usage of all: the largest figure of each counts once. */
function usageOf(records: readonly DaybookRecord[]): Usage {
  const responses = new Map<string, Record<string, number>>();
  for (const record of records) {
    const message = messageOf(record);
    if (!message?.usage || message.copied) continue;
    const key = message.responseId ?? record.id;
    const known = responses.get(key) ?? {};
    for (const figure of figures) known[figure] = Math.max(known[figure] ?? 0, message.usage[figure] ?? 0);
    responses.set(key, known);
  }
  const sum = (figure: string): number => [...responses.values()].reduce((total, usage) => total + (usage[figure] ?? 0), 0);
  return Object.fromEntries(figures.map((figure) => [figure, sum(figure)]).filter(([, total]) => total !== 0)) as Usage;
}
