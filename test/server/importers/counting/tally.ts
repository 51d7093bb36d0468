/** What is counted, and the little that all ways of counting share. */

/** Input that came from no cache, read from the cache, written to it, output. */
export type Tokens = readonly [input: number, cacheRead: number, cacheWrite: number, output: number];

export interface Counted {
  readonly sessions: number;
  readonly prompts: number;
  readonly replies: number;
  readonly toolCalls: number;
  readonly tokens: Tokens;
}

/** What lies at a path of keys, such as `message.usage`; undefined where there is nothing. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner: unknown, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined), value);
}

/** The text there; empty where there is none. */
export function text(value: unknown, path: string): string {
  const found = at(value, path);
  return typeof found === 'string' ? found : '';
}

/** The number there; 0 where there is none. */
export function number(value: unknown, path: string): number {
  const found = at(value, path);
  return typeof found === 'number' ? found : 0;
}

/** The list there; empty where there is none. */
export function list(value: unknown, path: string): unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? (found as unknown[]) : [];
}

export function ofType(all: readonly unknown[], key: string, type: string): unknown[] {
  return all.filter((one) => text(one, key) === type);
}

/** The values of JSON lines, without those that a fixture tears on purpose. */
export function valuesIn(lines: string): unknown[] {
  return lines.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}

export function total(all: Iterable<readonly number[]>): Tokens {
  const sum = [0, 0, 0, 0];
  for (const one of all) for (const place of sum.keys()) sum[place] = (sum[place] ?? 0) + (one[place] ?? 0);
  return [sum[0] ?? 0, sum[1] ?? 0, sum[2] ?? 0, sum[3] ?? 0];
}

export function different(all: Iterable<string>): number {
  return new Set([...all].filter((one) => one !== '')).size;
}
