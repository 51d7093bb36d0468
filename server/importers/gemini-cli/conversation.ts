/**
 * Follows one session while it is written: which messages there are, what each says now, and which were taken back. What it says at
 * the end depends only on what was written, not on how often it was asked on the way.
 */

import type { ChatMessage } from '../../../shared/session.ts';
import { answeredCalls, messagesOf, type Native } from './message.ts';

/** A message of ours, and the place it has in the record. */
export interface Written<Place> {
  readonly id: string;
  readonly data: ChatMessage;
  readonly place: Place;
}

export interface Conversation<Place> {
  /**
   * A message was written: what it says that it did not say before; undefined when it is of a kind that is not known. One that the
   * model's history only repeats stays what it was: there, old results are masked and shortened.
   */
  write(native: Native, inAgent: boolean, place: Place): readonly ChatMessage[] | undefined;
  /** From now on these messages are the session, in this order. */
  list(ids: readonly string[]): void;
  /** A message and all after it were taken back; `false` when there is no such message. */
  rewind(id: string): boolean;
  /** What changed since the last `take`, the first written first. */
  take(): readonly Written<Place>[];
}

export function createConversation<Place>(): Conversation<Place> {
  const written = new Map<string, Written<Place>>();
  const changed = new Set<string>();
  const answered = new Set<string>();
  /** In order. */
  let active = new Set<string>();

  function write(native: Native, inAgent: boolean, place: Place): readonly ChatMessage[] | undefined {
    active.add(native.id);
    if (native.from === 'list' && written.has(native.id)) return [];
    const messages = messagesOf(native, { inAgent, isAnswered: (call) => answered.has(call) });
    if (!messages) return undefined;
    for (const call of answeredCalls(native)) answered.add(call);
    put(native.id, messages.main, place);
    put(contextId(native.id), messages.context, place);
    return [messages.main, messages.context].filter((message) => message !== undefined);
  }

  /** What was handed over once cannot be taken back: it is emptied. */
  function put(id: string, message: ChatMessage | undefined, place: Place): void {
    const before = written.get(id);
    const data = message ?? (before && { role: before.data.role, parts: [], synthetic: true as const });
    if (data) keep({ id, data, place: before?.place ?? place });
  }

  function keep(one: Written<Place>): void {
    if (JSON.stringify(written.get(one.id)?.data) === JSON.stringify(one.data)) return;
    written.set(one.id, one);
    changed.add(one.id);
  }

  function list(ids: readonly string[]): void {
    active = new Set(ids);
    for (const id of ids) mark(id, false);
  }

  function rewind(id: string): boolean {
    const ids = [...active];
    const start = ids.indexOf(id);
    if (start === -1) return false;
    for (const gone of ids.slice(start)) mark(gone, true);
    active = new Set(ids.slice(0, start));
    return true;
  }

  function mark(id: string, isGone: boolean): void {
    for (const each of [id, contextId(id)]) {
      const one = written.get(each);
      if (!one || (one.data.superseded === true) === isGone) continue;
      const data: { -readonly [Key in keyof ChatMessage]: ChatMessage[Key] } = { ...one.data };
      if (isGone) data.superseded = true;
      else delete data.superseded;
      keep({ ...one, data });
    }
  }

  function take(): readonly Written<Place>[] {
    const ids = [...changed];
    changed.clear();
    return ids.flatMap((id) => written.get(id) ?? []);
  }

  return { write, list, rewind, take };
}

function contextId(id: string): string {
  return `${id}#context`;
}
