import type { ThrownError } from '../../shared/workflow.ts';

const longest = 100_000;

/** The value as JSON has it, so that what is recorded is what comes back; undefined where JSON has no word for it, or it is too long. */
export function asJson(value: unknown): unknown {
  try {
    const text: string | undefined = JSON.stringify(value);
    return text === undefined || text.length > longest ? undefined : JSON.parse(text);
  } catch {
    return undefined; // it refers to itself, or refuses: it is left out, and the record says so by its absence
  }
}

export function errorOf(error: unknown): ThrownError {
  return error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) };
}
