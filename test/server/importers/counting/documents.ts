/** Session files that are one JSON value. */

import { at, different, list, number, ofType, text, total, type Counted } from './tally.ts';

export function countDocument(document: unknown): Counted {
  if (at(document, 'requests') !== undefined) return countRequests(list(document, 'requests'));
  if (at(document, 'history') !== undefined) return countContinue(list(document, 'history'), at(document, 'usage'));
  if (at(document, 'projectHash') !== undefined) return countGeminiMessages(list(document, 'messages'), text(document, 'kind') === 'subagent');
  return countBlocks(list(document, 'messages'));
}

/** The document that an op-log of VS Code makes, op by op. */
export function countOplog(ops: readonly unknown[]): Counted {
  let document: unknown;
  for (const op of ops) {
    const kind = number(op, 'kind');
    const keys = list(op, 'k').map(String);
    const inner = (keys.length > 1 ? at(document, keys.slice(0, -1).join('.')) : document) as Record<string, unknown>;
    const last = keys.at(-1) ?? '';
    if (kind === 0) document = at(op, 'v');
    if (kind === 1) inner[last] = at(op, 'v');
    if (kind === 2) inner[last] = [...list(inner, last).slice(0, at(op, 'i') === undefined ? undefined : number(op, 'i')), ...list(op, 'v')];
    if (kind === 3) Reflect.deleteProperty(inner, last);
  }
  return countDocument(document);
}

/** VS Code's chats. A tool that calls another one is two uses. */
function countRequests(requests: readonly unknown[]): Counted {
  const calls = requests.flatMap((request) => ofType(list(request, 'response'), 'kind', 'toolInvocationSerialized'));
  const answered = requests.filter((request) => {
    const parts = [...list(request, 'response'), text(request, 'response')];
    return parts.some((part) => (typeof part === 'string' && part !== '') || text(part, 'value') !== '' || text(part, 'kind') === 'toolInvocationSerialized');
  });
  const used = requests.map((request) => [number(request, 'result.usage.promptTokens'), 0, 0, number(request, 'result.usage.completionTokens')]);
  return {
    sessions: 1, prompts: requests.length, replies: answered.length, toolCalls: different(calls.map((call) => text(call, 'toolCallId'))), tokens: total(used),
  };
}

/** Tokens are told of the whole session, the cached ones beside the others. */
function countContinue(history: readonly unknown[], usage: unknown): Counted {
  const replies = ofType(history, 'message.role', 'assistant');
  const details = ['cachedTokens', 'cacheWriteTokens'].map((name) => number(usage, `promptTokensDetails.${name}`));
  return {
    sessions: 1, prompts: ofType(history, 'message.role', 'user').length, replies: replies.length,
    toolCalls: replies.flatMap((item) => list(item, 'message.toolCalls')).length,
    tokens: total([[number(usage, 'promptTokens'), ...details, number(usage, 'completionTokens')]]),
  };
}

/** Thoughts are written, and cached tokens are part of the input. */
function countGeminiMessages(messages: readonly unknown[], isAgent: boolean): Counted {
  const replies = ofType(messages, 'type', 'gemini');
  const prompts = ofType(messages, 'type', 'user').filter((message) => {
    const words = text(message, 'content') || list(message, 'content').map((part) => text(part, 'text')).join('');
    return words !== '' && !words.startsWith('<session_context>');
  });
  const used = replies.map((message) => {
    const cached = number(message, 'tokens.cached');
    return [number(message, 'tokens.input') - cached, cached, 0, number(message, 'tokens.output') + number(message, 'tokens.thoughts')];
  });
  const calls = replies.flatMap((message) => list(message, 'toolCalls'));
  return {
    sessions: 1, prompts: isAgent ? 0 : prompts.length, replies: replies.length, toolCalls: different(calls.map((call) => text(call, 'id'))), tokens: total(used),
  };
}

/** Messages of blocks, as Cline and Amp keep them. Cline's input includes what came from the cache. */
function countBlocks(messages: readonly unknown[]): Counted {
  const blocksOf = (message: unknown): unknown[] => (text(message, 'content') === '' ? list(message, 'content') : [{ type: 'text' }]);
  const replies = ofType(messages, 'role', 'assistant');
  const used = replies.map((message) => {
    const [read, written] = [number(message, 'metrics.cacheReadTokens'), number(message, 'metrics.cacheWriteTokens')];
    const cline = [number(message, 'metrics.inputTokens') - read - written, read, written, number(message, 'metrics.outputTokens')];
    const amp = ['inputTokens', 'cacheReadInputTokens', 'cacheCreationInputTokens', 'outputTokens'].map((name) => number(message, `usage.${name}`));
    return total([cline, amp]);
  });
  return {
    sessions: 1, prompts: ofType(messages, 'role', 'user').filter((message) => ofType(blocksOf(message), 'type', 'text').length > 0).length,
    replies: replies.length, toolCalls: replies.flatMap((message) => ofType(blocksOf(message), 'type', 'tool_use')).length, tokens: total(used),
  };
}
