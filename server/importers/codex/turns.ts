/** The latest turns as they were handed over: what must be handed over again when they are taken back. */

import type { ImportedRecord } from '../importer.ts';

export type MessageRecord = Extract<ImportedRecord, { kind: 'message' }>;

export interface Turns {
  /** Takes note of a message; a later one of the same id replaces the earlier. `size` is about its characters. */
  add(record: MessageRecord, size: number): void;
  /** Forgets the last turns and returns their messages; undefined when they began before what is remembered. */
  takeBack(count: number): readonly MessageRecord[] | undefined;
}

const maxSize = 16 << 20;

/** `whole`: whether the turns are noted from the beginning of the session. */
export function createTurns(whole: boolean): Turns {
  const entries = new Map<string, { readonly record: MessageRecord; readonly size: number }>();
  let total = 0;
  let isWhole = whole;

  function add(record: MessageRecord, size: number): void {
    forget(record.id);
    entries.set(record.id, { record, size });
    total += size;
    for (const id of entries.keys()) {
      if (total <= maxSize) break;
      forget(id);
      isWhole = false;
    }
  }

  function forget(id: string): void {
    total -= entries.get(id)?.size ?? 0;
    entries.delete(id);
  }

  function takeBack(count: number): readonly MessageRecord[] | undefined {
    const records = [...entries.values()].map(({ record }) => record);
    const starts = records.flatMap((record, index) => (beginsTurn(record) ? [index] : []));
    if (count > starts.length && !isWhole) return undefined;
    const start = starts.at(-Math.min(count, starts.length));
    const taken = start === undefined || count === 0 ? [] : records.slice(start);
    for (const record of taken) forget(record.id);
    return taken;
  }

  return { add, takeBack };
}

function beginsTurn({ data }: MessageRecord): boolean {
  return data.role === 'user' && !data.synthetic;
}
