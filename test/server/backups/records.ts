/** Records for tests of backups, and what a store has of them. */

import type { Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';

export function note(number: number, text = `ordinary ${number}`): DaybookRecord {
  const time = new Date(Date.UTC(2026, 10, 1 + (number % 3)) + number * 1_000).toISOString();
  return { specversion: '1.0', id: `e${number}`, source: 'lsp', type: 'dev.daybook.event.note', time, data: { text } };
}

export function notes(from: number, to: number): DaybookRecord[] {
  return Array.from({ length: to - from }, (_, at) => note(from + at));
}

export function message(session: string, number: number, text: string): DaybookRecord {
  const data = { role: 'user', parts: [{ type: 'text', content: text }] };
  const time = new Date(Date.UTC(2026, 10, 2) + number * 1_000).toISOString();
  return { specversion: '1.0', id: `${session}:${number}`, source: 'tool', type: 'dev.daybook.chat.message', time, sessionid: session, data };
}

export function append(store: Store, ...records: readonly DaybookRecord[]): void {
  store.write((batch) => batch.append(records));
}

export function idsOf(store: Store): string[] {
  return [...store.queries.scan()].map(({ id }) => id).sort();
}

export function ids(from: number, to: number): string[] {
  return notes(from, to).map(({ id }) => id).sort();
}
