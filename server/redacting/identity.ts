/**
 * Ids of records whose payload is another one now. They stay, so that what is read once more is known, with two exceptions which the way in
 * makes as well: an id in which a secret stands, and the hash of its payload in the id of a later revision.
 */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import { baseId } from '../store/counts.ts';
import { revisionId } from '../store/indexer.ts';

/** Which ids are taken already. */
export interface Identities {
  isTaken(id: string): boolean;
  take(id: string): void;
}

/** @param isRecorded whether there is a record of this id */
export function createIdentities(isRecorded: (id: string) => boolean): Identities {
  const taken = new Set<string>();
  return { isTaken: (id) => taken.has(id) || isRecorded(id), take: (id) => void taken.add(id) };
}

/** The id of the thing of which a record may be a later revision. */
export function baseOf({ id, type }: DaybookRecord): string {
  return parseType(type)?.family === 'chats' ? baseId(id) : id;
}

/**
 * The id of a record with its new payload.
 * @param after with the id of its thing
 */
export function identify(before: DaybookRecord, after: DaybookRecord, identities: Identities): string {
  const base = baseOf(before);
  if (before.id === base) return after.id;
  const kept = `${after.id}${before.id.slice(base.length)}`;
  const next = revisionId(after.id, after.data);
  // Written under other rules, or twice with another secret: two lines must not become one.
  if (before.id !== revisionId(base, before.data) || next === before.id || identities.isTaken(next)) return kept;
  identities.take(next);
  return next;
}
