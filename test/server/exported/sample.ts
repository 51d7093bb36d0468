/** Three sessions and a few events, of which one session is to go. What all of them share is not of that one. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../../server/core.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { note, openWith, said } from '../redacting/older.ts';

/** Stands in every session. */
export const shared = 'You are a careful assistant that answers in short sentences.';
/** Stands in the session that goes, with all that formats write otherwise. */
export const secretWords = ['The customer Zanzibar & Söhne "wants" <their> money back by Friday evening', 'Quince marmalade is what the warehouse in Łódź was never told about'];

export const gone = 'tool:4f6c3c1e-gone-session';
const ids = ['4f6c3c1e-gone-session', '7a2b9d40-kept-session', '91e8f5c2-other-session'];

export function sample(): DaybookRecord[] {
  return [
    ...ids.flatMap((id, at) => session(id, at === 0 ? secretWords : [`Please sort the list number ${at} by the second column, "carefully"`, `Done, and list number ${at} is sorted\nby <its> second column now`])),
    note('an-event-of-nobody', 'something else that happened in between', { time: '2026-11-03T12:00:00.000Z' }),
    note('a-mark-of-the-session', '', { type: 'dev.daybook.event.session.marked', data: { session: gone, title: 'My own title for the customer of marmalade' }, time: '2026-11-03T12:00:01.000Z' }),
  ];
}

function session(id: string, [question = '', answer = '']: readonly string[]): DaybookRecord[] {
  const message = (number: number, role: string, content: string): DaybookRecord =>
    said(id, number, '', { data: { role, parts: [{ type: 'text', content }], ...(role === 'assistant' && { model: 'm' }) } });
  return [
    said(id, 0, '', { id: `tool:${id}:session`, type: 'dev.daybook.chat.session', data: { title: `About ${question.slice(0, 30)}`, fidelity: 'full', format: 'x' } }),
    message(1, 'user', `${shared}\n${question}`),
    message(2, 'assistant', answer),
  ];
}

/** A record with these in it. */
export async function openSample(folder: string): Promise<Core> {
  const core = openWith(undefined, folder);
  const records = sample();
  const { accepted } = await core.record(records, 'test');
  if (accepted !== records.length) throw new Error(`${accepted} of ${records.length} were taken.`);
  return core;
}

/** All bytes below a folder by the names of the files, with the names. */
export function bytesBelow(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name))] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}
