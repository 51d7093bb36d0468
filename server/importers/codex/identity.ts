/** Which session a file is of, and when ids were made. */

import { fileStem } from '../formats/place.ts';

/** The record's `source`. */
export const sourceName = 'codex';

/** The thread that the name of a file says it holds: `rollout-<local time>-<uuid>.jsonl`, with `.zst` once it is cold. */
export function namedSession(path: string): string | undefined {
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(fileStem(path.replace(/\.zst$/, '')))?.[0].toLowerCase();
}

/** When an id was made, in milliseconds since 1970; undefined for ids other than UUIDv7, which do not tell. */
export function madeAt(id: string | undefined): number | undefined {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i.exec(id ?? '');
  return match ? Number.parseInt(`${match[1] ?? ''}${match[2] ?? ''}`, 16) : undefined;
}

/** Session id with source, as `parent` names it. */
export function fullId(session: string): string {
  return `${sourceName}:${session}`;
}
