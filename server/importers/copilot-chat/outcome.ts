/** How a request ended, what it cost and which model answered. */

import type { ChatMessage, Usage } from '../../../shared/session.ts';
import { asArray, asCount, asNumber, asObject, asText } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { modelStates } from './format.ts';
import { fromMs } from './time.ts';

type Outcome = NonNullable<ChatMessage['outcome']>;

/** How the request ended; undefined where the source does not say. */
export function outcomeOf(request: JsonObject): Outcome | undefined {
  const result = asObject(request['result']);
  const error = asObject(result?.['errorDetails']);
  const state = modelState(request);
  if (state === modelStates.cancelled || request['isCanceled'] === true || error?.['code'] === 'canceled') return 'cancelled';
  if (error || state === modelStates.failed) return 'failed';
  if (state === modelStates.pending || state === modelStates.needsInput) return 'pending';
  return state === modelStates.complete || result ? 'completed' : undefined;
}

/** What went wrong, as the chat says it; undefined unless the request failed. */
export function failureText(request: JsonObject): string | undefined {
  if (outcomeOf(request) !== 'failed') return undefined;
  return asText(asObject(asObject(request['result'])?.['errorDetails'])?.['message']);
}

/** Name of the model that answered. */
export function modelOf(request: JsonObject): string | undefined {
  const asked = asText(request['modelId'])?.replace(/^copilot\//, '');
  return asText(metadata(request)?.['resolvedModel']) ?? (asked === '' ? undefined : asked);
}

/** Tokens of the whole request; undefined where the source counts none. */
export function usageOf(request: JsonObject): Usage | undefined {
  return totals(request) ?? plainUsage(request);
}

/** Milliseconds from the prompt to the end of the answer. */
export function durationOf(request: JsonObject): number | undefined {
  return asCount(asObject(asObject(request['result'])?.['timings'])?.['totalElapsed']) ?? asCount(request['elapsedMs']);
}

/** When the answer ended, RFC 3339; undefined where neither that nor the beginning is known. */
export function endOf(request: JsonObject): string | undefined {
  const completed = fromMs(asObject(request['modelState'])?.['completedAt']);
  const start = asNumber(request['timestamp']);
  return completed ?? (start === undefined ? undefined : (fromMs(start + (durationOf(request) ?? 0)) ?? fromMs(start)));
}

function modelState(request: JsonObject): unknown {
  return asObject(request['modelState'])?.['value'] ?? request['modelState'];
}

function metadata(request: JsonObject): JsonObject | undefined {
  return asObject(asObject(request['result'])?.['metadata']);
}

/** Per model since 2026; `inputTokens` there includes what came from the cache. */
function totals(request: JsonObject): Usage | undefined {
  const models = (asArray(request['modelTotals']) ?? []).map(asObject).filter((total) => total !== undefined);
  if (models.length === 0) return undefined;
  const sum = (field: string): number => models.reduce((before, total) => before + (asCount(total[field]) ?? 0), 0);
  const cached = sum('cachedTokens');
  return { inputTokens: Math.max(0, sum('inputTokens') - cached), cacheReadTokens: cached, outputTokens: sum('outputTokens') };
}

function plainUsage(request: JsonObject): Usage | undefined {
  const counted = asObject(asObject(request['result'])?.['usage']);
  const older = metadata(request);
  const input = asCount(request['promptTokens']) ?? asCount(counted?.['promptTokens']) ?? asCount(older?.['promptTokens']);
  const output = asCount(request['completionTokens']) ?? asCount(counted?.['completionTokens']) ?? asCount(older?.['outputTokens']);
  if (input === undefined && output === undefined) return undefined;
  return { ...(input === undefined ? {} : { inputTokens: input }), ...(output === undefined ? {} : { outputTokens: output }) };
}
