/** What a response cost, from counters that only ever say what the whole session cost so far. */

import type { Usage } from '../../../shared/session.ts';
import { asCount, asObject, type JsonObject } from '../formats/json.ts';

/** The counters of a token_count event. `input` includes what came from the cache and what was written to it. */
export interface Totals {
  readonly input: number;
  readonly cached: number;
  readonly written: number;
  readonly output: number;
  readonly reasoning: number;
}

const keys = ['input', 'cached', 'written', 'output', 'reasoning'] as const satisfies readonly (keyof Totals)[];

/** The counters so far, and what was added to them since `before`; undefined when the event counts nothing. */
export function readTotals(info: unknown, before: Totals | undefined): { readonly total: Totals; readonly added: Totals | undefined } | undefined {
  const total = totalsOf(asObject(asObject(info)?.['total_token_usage']));
  const last = totalsOf(asObject(asObject(info)?.['last_token_usage']));
  if (!total) return undefined;
  // Without a count before this one, a total may hold what a parent session cost; so may one that begins anew after a decrease.
  const grown = before && keys.every((key) => total[key] >= before[key]);
  const added = grown ? subtract(total, before) : (last ?? total);
  return { total, added: keys.some((key) => added[key] > 0) ? added : undefined };
}

export function toUsage({ input, cached, written, output, reasoning }: Totals): Usage {
  return {
    inputTokens: Math.max(0, input - cached - written),
    cacheReadTokens: cached,
    ...(written > 0 ? { cacheWriteTokens: written } : {}),
    outputTokens: output,
    reasoningTokens: reasoning,
  };
}

export function add(before: Totals | undefined, more: Totals): Totals {
  return before ? combine(before, more, (x, y) => x + y) : more;
}

/** Counters that were saved; undefined when they are none. */
export function restoreTotals(value: unknown): Totals | undefined {
  const saved = asObject(value);
  return saved && (Object.fromEntries(keys.map((key) => [key, asCount(saved[key]) ?? 0])) as unknown as Totals);
}

function subtract(a: Totals, b: Totals): Totals {
  return combine(a, b, (x, y) => x - y);
}

function combine(a: Totals, b: Totals, merge: (x: number, y: number) => number): Totals {
  return Object.fromEntries(keys.map((key) => [key, merge(a[key], b[key])])) as unknown as Totals;
}

function totalsOf(counts: JsonObject | undefined): Totals | undefined {
  const input = asCount(counts?.['input_tokens']);
  if (!counts || input === undefined) return undefined;
  return {
    input,
    cached: asCount(counts['cached_input_tokens']) ?? 0,
    written: asCount(counts['cache_write_input_tokens']) ?? 0,
    output: asCount(counts['output_tokens']) ?? 0,
    reasoning: asCount(counts['reasoning_output_tokens']) ?? 0,
  };
}
