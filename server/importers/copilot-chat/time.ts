/** Times as the chat writes them, as RFC 3339 UTC with milliseconds. */

import { asNumber, asText } from '../formats/json.ts';

// The year 10000: beyond it there is no RFC 3339.
const endOfTime = 253_402_300_800_000;

/** A moment given in milliseconds since 1970; undefined when it is not one. */
export function fromMs(value: unknown): string | undefined {
  const ms = asNumber(value);
  return ms !== undefined && ms > 0 && ms < endOfTime ? new Date(ms).toISOString() : undefined;
}

/** A moment given as a date text; undefined when it is not one. */
export function fromText(value: unknown): string | undefined {
  const text = asText(value);
  return text === undefined ? undefined : fromMs(Date.parse(text));
}
