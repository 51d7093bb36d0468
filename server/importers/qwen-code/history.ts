/** The messages of one session in their tree: each line names the one before it, and taking turns back begins a new branch. */

import type { ChatMessage } from '../../../shared/session.ts';

/** A message of ours, and the place it has in the record. */
export interface Kept<Place> {
  readonly id: string;
  readonly data: ChatMessage;
  readonly place: Place;
}

export interface History<Place> {
  /** A line was read, whether or not it makes a message. */
  link(uuid: string, parent: string | undefined): void;
  /** Adds messages of the line `uuid`. */
  add(uuid: string, messages: readonly Kept<Place>[]): void;
  /** The messages of the line `uuid` so far. */
  of(uuid: string): readonly Kept<Place>[];
  /** All but the line `tip` and the ones before it was taken back, everything when `tip` is undefined; false when there is no such line. */
  rewind(tip: string | undefined): boolean;
  /** What changed since the last `take`, in order. */
  take(): readonly Kept<Place>[];
}

export function createHistory<Place>(): History<Place> {
  const parents = new Map<string, string | undefined>();
  const lines = new Map<string, readonly Kept<Place>[]>();
  const changed = new Map<string, Kept<Place>>();

  function of(uuid: string): readonly Kept<Place>[] {
    return lines.get(uuid) ?? [];
  }

  function keep(uuid: string, messages: readonly Kept<Place>[]): void {
    lines.set(uuid, messages);
    for (const message of messages) changed.set(message.id, message);
  }

  function rewind(tip: string | undefined): boolean {
    if (tip !== undefined && !parents.has(tip)) return false;
    const remaining = ancestors(tip);
    for (const [uuid, messages] of lines) {
      if (remaining.has(uuid) || messages.every(({ data }) => data.superseded)) continue;
      keep(uuid, messages.map((message) => ({ ...message, data: { ...message.data, superseded: true } })));
    }
    return true;
  }

  /** The line and all before it; a hostile file may lead in a circle. */
  function ancestors(tip: string | undefined): ReadonlySet<string> {
    const found = new Set<string>();
    for (let uuid = tip; uuid !== undefined && !found.has(uuid); uuid = parents.get(uuid)) found.add(uuid);
    return found;
  }

  function take(): readonly Kept<Place>[] {
    const messages = [...changed.values()];
    changed.clear();
    return messages;
  }

  return {
    link: (uuid, parent) => void parents.set(uuid, parent),
    add: (uuid, messages) => keep(uuid, [...of(uuid), ...messages]),
    of,
    rewind,
    take,
  };
}
