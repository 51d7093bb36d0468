/** Formats for people: a document for each session, with its times in a zone of choice. */

import * as v from 'valibot';
import type { SessionDocument } from '../../shared/results.ts';
import { clockIn, type Clock } from './clock.ts';
import type { Outcome, Sink } from './exporter.ts';
import { sessionFileName, uniqueNames } from './names.ts';

/** The option of that name. UTC unless told, so that the same record gives the same bytes on every machine. */
export const timeZone = v.pipe(
  v.optional(v.pipe(v.string(), v.check(isTimeZone)), 'UTC'),
  v.transform((zone) => clockIn(zone)),
  v.description('the time zone of the times, such as Europe/Berlin; UTC unless told'),
);

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) instanceof Intl.DateTimeFormat;
  } catch {
    return false; // the name of no zone
  }
}

/** Writes each session as a file of its own. */
export async function writeDocuments(
  sessions: AsyncIterable<SessionDocument>, sink: Sink, extension: string, render: (document: SessionDocument) => string | Promise<string>,
): Promise<Outcome> {
  const unique = uniqueNames();
  let items = 0;
  for await (const document of sessions) {
    const text = await render(document);
    const file = await sink.open(unique(sessionFileName(document.session), extension));
    await file.write(text);
    await file.close();
    items++;
  }
  return { items, leftOut: 0 };
}

/** `2026-11-20 10:00 to 2026-11-20 10:01 UTC` */
export function span(clock: Clock, { startedAt, endedAt }: SessionDocument['session']): string {
  return `${clock.minute(startedAt)} to ${clock.minute(endedAt)} ${clock.zone(endedAt)}`;
}
