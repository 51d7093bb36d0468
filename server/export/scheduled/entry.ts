/** An entry of the setting `daybook.exports`, as somebody wrote it. */

import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as v from 'valibot';

/** What is exported by itself: whole days or weeks that are over, in UTC. */
export interface ScheduledEntry {
  /** Name of a format. */
  readonly format: string;
  /** As in a search; everything when absent. */
  readonly query?: string;
  /** Absolute path. */
  readonly folder: string;
  readonly every: 'day' | 'week';
}

const schema = v.strictObject({
  format: v.pipe(v.string(), v.minLength(1)),
  query: v.exactOptional(v.string()),
  folder: v.pipe(v.string(), v.transform((path) => (/^~(?=[/\\]|$)/.test(path) ? join(homedir(), path.slice(1)) : path)), v.check(isAbsolute)),
  every: v.picklist(['day', 'week']),
});

const meanings: Readonly<Record<string, string>> = {
  format: 'format must be the name of a format, such as csv',
  query: 'query must be what one searches for',
  folder: 'folder must be an absolute path',
  every: 'every must be day or week',
};

/** The entry, or why it is none. */
export function readEntry(value: unknown): { readonly entry: ScheduledEntry } | { readonly reason: string } {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return { entry: parsed.output };
  const wrong = v.getDotPath(parsed.issues[0]) ?? '';
  return { reason: meanings[wrong] ?? (wrong === '' ? 'it must have format, folder and every' : `there is no ${wrong}`) };
}
