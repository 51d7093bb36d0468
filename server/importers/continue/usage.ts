import type { Usage } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asCount, asObject } from '../formats/json.ts';

/**
 * Tokens of a response, or of all responses of a session. Anthropic counts what is cached beside the prompt and is alone in saying
 * what is written to the cache; all others count it within.
 */
export function usageOf(value: unknown): Usage | undefined {
  const usage = asObject(value);
  const prompt = asCount(usage?.['promptTokens']);
  const output = asCount(usage?.['completionTokens']);
  if (!prompt && !output) return undefined;
  const details = asObject(usage?.['promptTokensDetails']);
  const read = asCount(details?.['cachedTokens']);
  const written = asCount(details?.['cacheWriteTokens']);
  const isBeside = (written ?? 0) > 0 || (prompt ?? 0) < (read ?? 0);
  return {
    ...present('inputTokens', prompt === undefined ? undefined : prompt - (isBeside ? 0 : (read ?? 0))),
    ...present('cacheReadTokens', read),
    ...present('cacheWriteTokens', written),
    ...present('outputTokens', output),
    ...present('reasoningTokens', asCount(asObject(usage?.['completionTokensDetails'])?.['reasoningTokens'])),
  };
}
