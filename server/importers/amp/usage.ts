import type { Usage } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asCount, asObject } from '../formats/json.ts';

/** Tokens of one response. As with Anthropic, the input is counted beside what is cached. */
export function usageOf(value: unknown): Usage | undefined {
  const told = asObject(value);
  const [read, written] = [asCount(told?.['cacheReadInputTokens']), asCount(told?.['cacheCreationInputTokens'])];
  const usage: Usage = {
    ...present('inputTokens', asCount(told?.['inputTokens'])),
    ...present('cacheReadTokens', read),
    ...present('cacheWriteTokens', written),
    ...present('outputTokens', asCount(told?.['outputTokens'])),
  };
  return Object.values(usage).some((count) => count > 0) ? usage : undefined;
}
