import type { Usage } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asCount, asObject, type JsonObject } from '../formats/json.ts';

/**
 * Tokens of one reply. The message has those of its last request to the model only; where the requests are there too, their sum counts.
 * @param requests the values of the parts `step-finish`
 */
export function usageOf(message: JsonObject, requests: readonly JsonObject[]): Usage | undefined {
  const all = (requests.length > 0 ? requests : [message]).map(({ tokens }) => tokensOf(tokens)).filter((usage) => usage !== undefined);
  const keys = ['inputTokens', 'cacheReadTokens', 'cacheWriteTokens', 'outputTokens', 'reasoningTokens'] as const;
  if (!all.some((usage) => keys.some((key) => (usage[key] ?? 0) > 0))) return undefined;
  return Object.assign({}, ...keys.map((key) => present(key, all.reduce((sum, usage) => sum + (usage[key] ?? 0), 0)))) as Usage;
}

/** opencode takes cached tokens out of the input. Of thoughts, newer releases tell beside the output, and then there is a total. */
function tokensOf(value: unknown): Usage | undefined {
  const tokens = asObject(value);
  if (!tokens) return undefined;
  const cache = asObject(tokens['cache']);
  const [input, output, reasoning, total] = ['input', 'output', 'reasoning', 'total'].map((key) => asCount(tokens[key]));
  const [read, written] = [asCount(cache?.['read']), asCount(cache?.['write'])];
  const others = (input ?? 0) + (output ?? 0) + (read ?? 0) + (written ?? 0);
  const isBeside = total !== undefined && total >= others + (reasoning ?? 0);
  return {
    ...present('inputTokens', input),
    ...present('cacheReadTokens', read),
    ...present('cacheWriteTokens', written),
    outputTokens: (output ?? 0) + (isBeside ? (reasoning ?? 0) : 0),
    ...present('reasoningTokens', reasoning),
  };
}
