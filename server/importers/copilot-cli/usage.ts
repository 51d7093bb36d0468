/**
 * Tokens. A message says how many its response wrote. What was read is only said when the tool closes (`session.shutdown`), as sums
 * per model since the session began, those of earlier runs included and those of compactions not. What such a sum adds to the one before it
 * is counted with the last response of its model, so that nothing is counted twice and the sums of a session are right;
 * a single response has no figure of its own.
 */

import type { Usage } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asCount, asObject, asText, type JsonObject } from '../formats/json.ts';

/** A response to which tokens can be added; plain JSON. */
export interface Spender {
  /** Native session id. */
  readonly session: string;
  /** RFC 3339; the time of its last message. */
  readonly time: string;
  readonly response: string;
  readonly usage: Usage;
}

export interface Settled extends Spender {
  readonly model: string;
}

/** Plain JSON but for the maps. Forgotten when another session begins in the file. */
export interface Spending {
  /** The last sums by model. */
  readonly reported: Map<string, Usage>;
  /** Output tokens of responses since then, by model. */
  readonly written: Map<string, number>;
  /** The last response of each model in each conversation: by session, a line break, and model. */
  readonly last: Map<string, Spender>;
}

const counters = ['inputTokens', 'cacheReadTokens', 'cacheWriteTokens', 'outputTokens', 'reasoningTokens'] as const;
type Counter = (typeof counters)[number];

export function newSpending(): Spending {
  return { reported: new Map(), written: new Map(), last: new Map() };
}

/** Counts as the service gives them, whose input includes what was read from and written to the cache; undefined when there are none. */
export function usageOf(counts: JsonObject | undefined): Usage | undefined {
  const given = (key: Counter): number | undefined => asCount(counts?.[key]);
  const cached = (given('cacheReadTokens') ?? 0) + (given('cacheWriteTokens') ?? 0);
  const input = given('inputTokens');
  const usage: Usage = {
    ...present('inputTokens', input === undefined ? undefined : Math.max(0, input - cached)),
    ...present('cacheReadTokens', given('cacheReadTokens')),
    ...present('cacheWriteTokens', given('cacheWriteTokens')),
    ...present('outputTokens', given('outputTokens')),
    ...present('reasoningTokens', given('reasoningTokens')),
  };
  return Object.keys(usage).length > 0 ? usage : undefined;
}

/** Remembers what a response wrote; one that is split into several messages says the same on each. */
export function noteReply(spending: Spending, model: string, reply: Spender): void {
  const key = keyOf(reply.session, model);
  const before = spending.last.get(key);
  const isSame = before?.response === reply.response;
  const outputTokens = reply.usage.outputTokens ?? 0;
  const added = isSame ? Math.max(0, outputTokens - (before.usage.outputTokens ?? 0)) : outputTokens;
  spending.written.set(model, (spending.written.get(model) ?? 0) + added);
  spending.last.delete(key);
  spending.last.set(key, isSame ? { ...reply, usage: highest(before.usage, reply.usage) } : reply);
}

/**
 * The responses that a shutdown adds tokens to, each with all it has now.
 * @param main native id of the session's own conversation
 * @param fallback stands for a response that is not in the file, where there is none at all
 */
export function settle(spending: Spending, data: JsonObject, main: string, fallback: Spender): readonly Settled[] {
  const settled: Settled[] = [];
  for (const [model, metric] of Object.entries(asObject(data['modelMetrics']) ?? {})) {
    const now = usageOf(asObject(asObject(metric)?.['usage']));
    if (!now) continue;
    const added = since(now, spending.reported.get(model));
    const written = spending.written.get(model) ?? 0;
    const missing = { ...added, outputTokens: Math.max(0, (added.outputTokens ?? 0) - written) };
    spending.reported.set(model, now);
    spending.written.delete(model);
    if (counters.every((key) => (missing[key] ?? 0) === 0)) continue;
    const to = lastOf(spending, main, model) ?? fallback;
    const spender = { ...to, usage: sum(to.usage, missing) };
    // Two models may share a response: what is added for the second one comes on top.
    const shared = [...spending.last].filter(([, other]) => other.session === to.session && other.response === to.response);
    for (const key of [...shared.map(([name]) => name), keyOf(to.session, model)]) spending.last.set(key, spender);
    settled.push({ ...spender, model });
  }
  return settled;
}

/** Plain JSON for a later reader. */
export function saveSpending({ reported, written, last }: Spending): JsonObject {
  return { reported: [...reported], written: [...written], last: [...last] };
}

/** What `saveSpending` made; anything else gives as much as can be read of it. */
export function restoreSpending(saved: JsonObject): Spending {
  const pairs = (key: string): [string, unknown][] => (asArray(saved[key]) ?? []).flatMap((pair) => {
    const [name, value] = asArray(pair) ?? [];
    return asText(name) === undefined ? [] : [[String(name), value]];
  });
  return {
    reported: new Map(pairs('reported').flatMap(([key, value]) => (asObject(value) ? [[key, value as Usage]] : []))),
    written: new Map(pairs('written').map(([key, value]) => [key, asCount(value) ?? 0])),
    last: new Map(pairs('last').flatMap(([key, value]) => (asObject(value) ? [[key, value as Spender]] : []))),
  };
}

/** The main conversation's last response of a model, else that of the agent which used it last, else the last response of all. */
function lastOf({ last }: Spending, main: string, model: string): Spender | undefined {
  const all = [...last];
  return last.get(keyOf(main, model)) ?? (all.findLast(([key]) => key.endsWith(`\n${model}`)) ?? all.at(-1))?.[1];
}

/** What is new in a sum. A rewind sets the sums back: then all of it is new. */
function since(now: Usage, before: Usage = {}): Usage {
  if (counters.some((key) => (now[key] ?? 0) < (before[key] ?? 0))) return now;
  return combine(now, before, (a, b) => a - b);
}

function sum(a: Usage, b: Usage): Usage {
  return combine(a, b, (x, y) => x + y);
}

function highest(a: Usage, b: Usage): Usage {
  return combine(a, b, Math.max);
}

function combine(a: Usage, b: Usage, by: (x: number, y: number) => number): Usage {
  const known = counters.filter((key) => a[key] !== undefined || b[key] !== undefined);
  return Object.fromEntries(known.map((key) => [key, by(a[key] ?? 0, b[key] ?? 0)]));
}

function keyOf(session: string, model: string): string {
  return `${session}\n${model}`;
}
