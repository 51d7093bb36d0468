/** Tokens of a task's replies: on the reply itself, or told apart in what the person saw. */

import type { Usage } from '../../../shared/session.ts';
import { present } from './fields.ts';
import { asArray, asCount, asNumber, asObject, asText, parseJson, parseObject, type JsonObject } from './json.ts';

/** One request to the model, as it was shown. */
export interface Request {
  /** Milliseconds since 1970. */
  readonly at?: number;
  readonly usage?: Usage;
}

/** The requests that `ui_messages.json` shows, in order. Whether the count of what is sent includes what is cached depends on the tool. */
export function requestsIn(text: string | undefined, includesCached: boolean): readonly Request[] {
  const shown = text === undefined ? [] : (asArray(parseJson(text)) ?? []).map((one) => asObject(one) ?? {});
  return shown.filter((one) => one['say'] === 'api_req_started').map((one) => {
    const told = parseObject(asText(one['text']) ?? '') ?? {};
    return { ...present('at', asNumber(one['ts'])), ...present('usage', shownUsage(told, includesCached)) };
  });
}

/** Tokens that a reply itself names. What is cached is one number there, nearly all of it read. */
export function ownUsage(entry: JsonObject): Usage | undefined {
  const tokens = asObject(asObject(entry['metrics'])?.['tokens']);
  return usage(asCount(tokens?.['prompt']), asCount(tokens?.['completion']), asCount(tokens?.['cached']), undefined);
}

/**
 * Which reply each request's tokens belong to: the first one after it, or by order where replies have no times; requests that
 * failed or were stopped count with the next reply.
 * @param replies times of the replies, in order
 */
export function sharedOut(requests: readonly Request[], replies: readonly (number | undefined)[]): readonly (Usage | undefined)[] {
  const shares = replies.map((): Usage | undefined => undefined);
  for (const [index, { at, usage: counted }] of requests.entries()) {
    if (!counted || replies.length === 0) continue;
    const after = at === undefined || replies.some((time) => time === undefined) ? index : replies.findIndex((time) => (time ?? 0) >= at);
    const place = after === -1 ? replies.length - 1 : Math.min(after, replies.length - 1);
    shares[place] = sum(shares[place], counted);
  }
  return shares;
}

function shownUsage(told: JsonObject, includesCached: boolean): Usage | undefined {
  const [sent, received] = [asCount(told['tokensIn']), asCount(told['tokensOut'])];
  const [read, written] = [asCount(told['cacheReads']), asCount(told['cacheWrites'])];
  const cached = (read ?? 0) + (written ?? 0);
  // Older releases count what is cached beside what is sent: then it may be the larger number.
  const input = includesCached && sent !== undefined && sent >= cached ? sent - cached : sent;
  return usage(input, received, read, written);
}

function usage(input?: number, output?: number, read?: number, written?: number): Usage | undefined {
  const counts: Usage = {
    ...present('inputTokens', input),
    ...present('cacheReadTokens', read),
    ...present('cacheWriteTokens', written),
    ...present('outputTokens', output),
  };
  return Object.keys(counts).length > 0 ? counts : undefined;
}

function sum(a: Usage | undefined, b: Usage): Usage {
  if (!a) return b;
  const add = (x: number | undefined, y: number | undefined): number | undefined => (x === undefined ? y : x + (y ?? 0));
  return {
    ...present('inputTokens', add(a.inputTokens, b.inputTokens)),
    ...present('cacheReadTokens', add(a.cacheReadTokens, b.cacheReadTokens)),
    ...present('cacheWriteTokens', add(a.cacheWriteTokens, b.cacheWriteTokens)),
    ...present('outputTokens', add(a.outputTokens, b.outputTokens)),
  };
}
