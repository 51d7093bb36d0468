/** Session files of JSON lines. */

import { countDocument } from './documents.ts';
import { at, different, list, number, ofType, text, total, type Counted, type Tokens } from './tally.ts';

/** A reply is written on a line for each of its blocks, each with the usage; the largest counts. */
export function countClaude(lines: readonly unknown[], isAgent: boolean): Counted {
  const said = lines.filter((line) => ['user', 'assistant'].includes(text(line, 'type')));
  const replies = new Map<string, Tokens>();
  for (const line of ofType(said, 'type', 'assistant').filter((each) => text(each, 'message.model') !== '<synthetic>')) {
    const now = ['input', 'cache_read_input', 'cache_creation_input', 'output'].map((name) => number(line, `message.usage.${name}_tokens`));
    const before = replies.get(text(line, 'message.id')) ?? [];
    replies.set(text(line, 'message.id'), total([now.map((tokens, place) => Math.max(tokens, before[place] ?? 0))]));
  }
  const prompts = ofType(said, 'type', 'user').filter((line) => {
    const words = text(line, 'message.content') || list(line, 'message.content').map((block) => text(block, 'text')).join('');
    const isTold = ['isMeta', 'isCompactSummary', 'isSidechain'].some((mark) => at(line, mark) === true);
    // Tidying up is no question to the model.
    return !isAgent && !isTold && words !== '' && !/^(?:<local-command-|Caveat: |\[Request interrupted|<command-name>\/compact)/.test(words);
  });
  const blocks = said.flatMap((line) => list(line, 'message.content'));
  return {
    sessions: isAgent ? 1 : different(said.map((line) => (at(line, 'isSidechain') === true ? 'sidechain' : 'own'))),
    prompts: different(prompts.map((line) => text(line, 'uuid'))), replies: replies.size,
    toolCalls: different(ofType(blocks, 'type', 'tool_use').map((block) => text(block, 'id'))), tokens: total(replies.values()),
  };
}

/**
 * A recording may be the files of several sessions, one after the other. A fork begins with its parent's lines, up to the first turn
 * that the parent does not have. Counters only grow; the same one may be told twice.
 */
export function countCodex(lines: readonly unknown[]): Counted {
  const turns = new Set<string>();
  const own: unknown[] = [];
  const used: Tokens[] = [];
  let isCopy = false;
  let before: readonly number[] = [];
  for (const line of lines) {
    const turn = ['turn_context', 'event_msg'].includes(text(line, 'type')) ? text(line, 'payload.turn_id') : '';
    if (text(line, 'payload.forked_from_id') !== '') [isCopy, before] = [true, []];
    if (turn !== '' && !turns.has(turn)) isCopy = false;
    turns.add(turn);
    if (!isCopy || text(line, 'payload.forked_from_id') !== '') own.push(line);
    const counter = at(line, 'payload.info.total_token_usage');
    if (counter === undefined) continue;
    const cached = number(counter, 'cached_input_tokens');
    const now = [number(counter, 'input_tokens') - cached, cached, 0, number(counter, 'output_tokens')];
    const grown = total([now.map((tokens, place) => tokens - (before[place] ?? 0))]);
    before = now;
    if (!isCopy && grown.some((tokens) => tokens > 0)) used.push(grown);
  }
  const asked = own.filter((line) => text(line, 'payload.type') === 'user_message' || text(line, 'payload.item.type') === 'UserMessage');
  const calls = own.filter((line) => text(line, 'type') === 'response_item' && text(line, 'payload.type').endsWith('_call'));
  return {
    sessions: different(ofType(own, 'type', 'session_meta').map((line) => text(line, 'payload.id'))), prompts: asked.length, replies: used.length,
    toolCalls: different(calls.map((line) => text(line, 'payload.call_id') || text(line, 'payload.id'))), tokens: total(used),
  };
}

/** Copilot's events. What was used is told when a session ends, and by each reply what it wrote. */
export function countEvents(lines: readonly unknown[]): Counted {
  const replies = ofType(lines, 'type', 'assistant.message');
  const calls = [...replies.flatMap((line) => list(line, 'data.toolRequests')), ...ofType(lines, 'type', 'tool.execution_start').map((line) => at(line, 'data'))];
  const metrics = at(ofType(lines, 'type', 'session.shutdown').at(-1), 'data.modelMetrics');
  const used = Object.values(metrics ?? {}).filter((model) => at(model, 'usage') !== undefined).map((model) => {
    const [read, written] = [number(model, 'usage.cacheReadTokens'), number(model, 'usage.cacheWriteTokens')];
    return [number(model, 'usage.inputTokens') - read - written, read, written, number(model, 'usage.outputTokens')];
  });
  const told = replies.map((line) => [0, 0, 0, number(line, 'data.outputTokens')]);
  return {
    sessions: 1 + different(replies.map((line) => text(line, 'agentId'))), replies: replies.length,
    prompts: ofType(lines, 'type', 'user.message').filter((line) => text(line, 'agentId') === '').length,
    toolCalls: different(calls.map((call) => text(call, 'toolCallId'))), tokens: total(used.length > 0 ? used : told),
  };
}

/** Of a message that is written again the last version counts. */
export function countGemini(lines: readonly unknown[]): Counted {
  const all = lines.flatMap((line) => [line, ...list(line, '$set.messages')]).filter((line) => text(line, 'id') !== '');
  return countDocument({ projectHash: '', kind: text(lines[0], 'kind'), messages: [...new Map(all.map((line) => [text(line, 'id'), line])).values()] });
}

export function countTranscript(lines: readonly unknown[]): Counted {
  const replies = ofType(lines, 'role', 'assistant');
  const calls = replies.flatMap((line) => ofType(list(line, 'message.content'), 'type', 'tool_use'));
  const prompts = ofType(lines, 'role', 'user').filter((line) => JSON.stringify(line).includes('<user_query>'));
  return { sessions: 1, prompts: prompts.length, replies: replies.length, toolCalls: calls.length, tokens: [0, 0, 0, 0] };
}

export function countKiro(lines: readonly unknown[]): Counted {
  const replies = ofType(lines, 'kind', 'AssistantMessage');
  const calls = replies.flatMap((line) => ofType(list(line, 'data.content'), 'kind', 'toolUse'));
  return { sessions: 1, prompts: ofType(lines, 'kind', 'Prompt').length, replies: replies.length, toolCalls: calls.length, tokens: [0, 0, 0, 0] };
}

export function countQwen(lines: readonly unknown[], isAgent: boolean): Counted {
  const replies = ofType(lines, 'type', 'assistant');
  const prompts = ofType(lines, 'type', 'user').filter((line) => list(line, 'message.parts').some((part) => /^(?!<system-reminder>)./.test(text(part, 'text'))));
  const calls = replies.flatMap((line) => list(line, 'message.parts').filter((part) => at(part, 'functionCall') !== undefined));
  const used = replies.map((line) => {
    const cached = number(line, 'usageMetadata.cachedContentTokenCount');
    return [number(line, 'usageMetadata.promptTokenCount') - cached, cached, 0, number(line, 'usageMetadata.candidatesTokenCount')];
  });
  return { sessions: 1, prompts: isAgent ? 0 : prompts.length, replies: replies.length, toolCalls: calls.length, tokens: total(used) };
}
