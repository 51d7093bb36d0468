/**
 * Careful reading of JSON that somebody else wrote: each function returns undefined when the value is not what is asked for,
 * so that a reader never throws on hostile input and never trusts a cast.
 */

/** A JSON object whose fields are not known yet. */
export type JsonObject = { readonly [key: string]: unknown };

/** The value as an object; undefined for null, arrays and everything that is not an object. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The value as an array of unknown things. */
export function asArray(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as unknown[]) : undefined;
}

/** The value as a string; the empty string is one. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value as a string that says something: undefined for the empty string. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value as a finite number. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The value as a whole number from 0: token counts, sizes, line numbers. */
export function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The value of JSON text (never undefined for valid JSON, but null for `null`); undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // The only failure there is: the caller reports it with file and line.
  }
}

/** The object a line of JSON holds; undefined when the text is not JSON or not an object. */
export function parseObject(text: string): JsonObject | undefined {
  return asObject(parseJson(text));
}
