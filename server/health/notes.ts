/** What there is to say of a source: sentences that are true, name what they are about, and say what to do where something can be done. */

import { createHash } from 'node:crypto';
import type { Problem } from '../../shared/problem.ts';
import type { SourceGap } from '../../shared/record.ts';
import type { HealthNote, RetentionHealth, UnknownType } from '../../shared/health.ts';
import type { MortalFile } from './retention.ts';
import type { Met } from './tally.ts';

/** `id` tells what the note is about: of something new, somebody who dismissed the old is told. */
function note(state: HealthNote['state'], code: string, about: string, message: string): HealthNote {
  return { id: `${code}:${createHash('sha1').update(about).digest('base64url').slice(0, 16)}`, code, state, message };
}

export function unreachable(folder: string, source: string): HealthNote {
  return note('failed', 'folder-unreadable', folder,
    `${folder} may not be read by this user. Give yourself permission to read it, or put ${source} into the setting daybook.sources.disabled.`);
}

export function notLookedAt(source: string, reason: string): HealthNote {
  return note('warning', 'not-looked-at', `${source}\0${reason}`, /[.!?]$/.test(reason) ? reason : `${reason}.`);
}

/** Problems that still stand. What may not be read fails; the rest is worth a look. */
export function problems(source: string, met: readonly Met<Problem>[]): HealthNote[] {
  const { closed = [], other = [] } = Object.groupBy(met, ({ data }) => (data.code === 'unreadable-file' ? 'closed' : 'other'));
  const notes: HealthNote[] = [];
  const first = closed[0]?.data;
  if (first) {
    const more = closed.length === 1 ? '' : ` And ${closed.length - 1} more.`;
    notes.push(note('failed', 'file-unreadable', idsOf(closed), `${first.message}${more} Give yourself permission to read it.`));
  }
  const latest = other.toSorted((a, b) => (a.time < b.time ? -1 : 1)).at(-1)?.data;
  if (latest) notes.push(note('warning', 'not-read', `${source}\0${idsOf(other)}`, `${howMany(other)}${latest.message}`));
  return notes;
}

function idsOf(met: readonly Met<unknown>[]): string {
  return met.map(({ id }) => id).sort().join('\0');
}

function howMany(met: readonly Met<Problem>[]): string {
  if (met.length === 1) return '';
  const files = new Set(met.flatMap(({ data }) => data.where?.file ?? [])).size;
  return `${met.length} things${files > 1 ? ` in ${files} files` : ''} could not be read. The latest: `;
}

/** @param paths files that changed, or came, more than two minutes ago, the oldest change first */
export function silent(paths: readonly string[], readNow: string): HealthNote[] {
  const [first] = paths;
  if (first === undefined) return [];
  const what = paths.length === 1
    ? `${first} has changed, and what is new in it was not read for more than two minutes.`
    : `${paths.length} files have changed, and what is new in them was not read for more than two minutes, ${first} among them.`;
  return [note('warning', 'source-silent', first, `${what} ${readNow} reads ${paths.length === 1 ? 'it' : 'them'}.`)];
}

export function drift(tool: string, source: string, types: readonly UnknownType[]): HealthNote[] {
  return types.map(({ type, count, firstAt, version }) => {
    const writer = version === undefined ? tool : `${tool} ${version}`;
    const times = count === 1 ? 'once' : `${count} times`;
    const message = `${writer} writes something that Daybook does not know: “${shown(type)}”, met ${times}, first on ${firstAt.slice(0, 10)}. `
      + 'It is kept as it is. A report with its shape, without its content, helps to read it.';
    return note('warning', 'format-drift', `${source}\0${type}`, message);
  });
}

/** @param recent gaps of the last day, the latest last */
export function gaps(recent: readonly Met<SourceGap>[]): HealthNote[] {
  const latest = recent.at(-1);
  if (!latest) return [];
  const more = recent.length === 1 ? '' : ` This was so ${recent.length} times within a day.`;
  return [note('warning', 'gap', latest.id, `${latest.data.message}${more}`)];
}

/** What a tool deletes, what of it is kept, and a warning where something would be lost. */
export function retention(tool: string, { days, expired, soon }: RetentionHealth, unread: readonly MortalFile[], now: number): HealthNote[] {
  const gone = expired === 0
    ? 'None of yours is that old yet.'
    : `${expired} of yours would be gone by now; Daybook has kept ${expired === 1 ? 'it' : 'them'}.`;
  const next = soon === 0 ? '' : ` ${soon}${expired === 0 ? '' : ' more'} ${soon === 1 ? 'goes' : 'go'} within a week: kept.`;
  const info = note('ok', 'retention', `${tool}\0${days}`, `${tool} deletes sessions after ${inDays(days)}. ${gone}${next}`);
  const [first] = unread;
  if (!first) return [info];
  const left = Math.ceil(days - (now - first.changedAt) / 86_400_000);
  const when = left > 0 ? `in ${inDays(left)}` : 'the next time it starts';
  const others = unread.length === 1 ? '' : ` So it is with ${unread.length - 1} more.`;
  return [info, note('warning', 'retention-unread', unread.map(({ path }) => path).join('\0'),
    `${tool} deletes ${first.path} ${when}, and Daybook has not read it to its end.${others}`)];
}

export function keptSessions(source: string, count: number): HealthNote[] {
  if (count === 0) return [];
  const message = count === 1
    ? 'The source of one session is gone; the copy here is kept.'
    : `The sources of ${count} sessions are gone; the copies here are kept.`;
  return [note('ok', 'source-gone', source, message)];
}

export function readingIsOff(source: string): HealthNote {
  return note('ok', 'reading-off', source, `Sessions are not read: ${source} is in the setting daybook.sources.disabled.`);
}

function inDays(days: number): string {
  const rounded = Math.round(days * 10) / 10;
  return rounded === 1 ? 'one day' : `${rounded} days`;
}

/** A foreign name inside a sentence. */
function shown(name: string): string {
  const plain = name.replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  return plain.length > 60 ? `${plain.slice(0, 59).toWellFormed()}…` : plain;
}
