/** Stage 1: from what somebody handed in to a whole envelope, or a sentence that says what is wrong with it. */

import * as v from 'valibot';
import { uuidv7 } from 'uuidv7';
import { consentLevels } from '../../shared/consentLevel.ts';
import { families, parseType, typeOf, type DaybookRecord } from '../../shared/record.ts';
import { complete } from './complete.ts';

/** Bounds of what one record may cost; the first three in characters. */
const limits = { name: 4_096, subject: 65_536, data: 64 << 20, depth: 64 } as const;

const name = v.pipe(v.string(), v.minLength(1, 'must not be empty'), v.maxLength(limits.name, `must not be longer than ${limits.name} characters`));
const time = v.pipe(v.string(), v.check(isTime, 'must be an RFC 3339 time, such as 2026-11-20T09:30:00.000Z'));
const whole = v.pipe(v.number(), v.safeInteger('must be a whole number'));
const count = v.pipe(whole, v.minValue(0, 'must not be negative'));
const optional = {
  subject: v.optional(v.pipe(v.string(), v.maxLength(limits.subject, `must not be longer than ${limits.subject} characters`))),
  actor: v.optional(name),
  workspace: v.optional(name),
  consent: v.optional(v.picklist(consentLevels)),
};

const short = v.looseObject({
  family: v.picklist(families),
  kind: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)*$/, 'must be dotted lower-case words, such as terminal.command')),
  data: v.unknown(),
  id: v.optional(name),
  time: v.optional(time),
  session: v.optional(name),
  ...optional,
});

const cloudEvent = v.looseObject({
  specversion: v.literal('1.0', 'must be "1.0"'),
  id: name,
  source: name,
  type: v.pipe(v.string(), v.maxLength(limits.name), v.check((text) => parseType(text) !== undefined, 'must be dev.daybook.<family>.<kind>')),
  time,
  data: v.optional(v.unknown()),
  sessionid: v.optional(name),
  redactions: v.optional(count),
  ...optional,
});

const payloads: Readonly<Record<string, v.GenericSchema>> = {
  'dev.daybook.chat.message': v.looseObject({
    role: v.picklist(['system', 'user', 'assistant', 'tool']),
    parts: v.array(v.variant('type', [
      ...(['text', 'reasoning', 'notice'] as const).map((type) => v.looseObject({ type: v.literal(type), content: v.string() })),
      v.looseObject({ type: v.literal('tool_call'), id: v.string(), name: v.string() }),
      v.looseObject({ type: v.literal('tool_call_response'), id: v.string(), status: v.string() }),
      v.looseObject({ type: v.literal('uri'), uri: v.string() }),
      v.looseObject({ type: v.literal('edit'), uri: v.string() }),
      v.looseObject({ type: v.literal('blob'), mimeType: v.string(), bytes: count }),
      v.looseObject({ type: v.literal('unknown') }),
    ])),
    responseId: v.optional(v.string()),
    usage: v.optional(v.record(v.string(), count)),
  }),
  'dev.daybook.chat.session': v.looseObject({ title: v.optional(v.string()), parent: v.optional(v.string()), relation: v.optional(v.string()) }),
  'dev.daybook.tool_execution.terminal.command': v.looseObject({
    command: v.string(), startedAt: time, status: v.picklist(['succeeded', 'failed', 'unknown']), exitCode: v.optional(whole),
    fullOutput: v.optional(v.union([
      v.strictObject({ first: v.array(v.string()), last: v.array(v.string()), omitted: count }),
      v.looseObject({ type: v.literal('blob'), mimeType: v.string(), bytes: count }),
    ], 'must be packed output, or refer to an attachment')),
  }),
  'dev.daybook.tool_execution.notebook.cell': v.looseObject({ uri: v.string(), index: count, status: v.picklist(['succeeded', 'failed', 'unknown']) }),
  'dev.daybook.event.debug.stopped': v.looseObject({ session: v.string(), exitCode: v.optional(whole), durationMs: count }),
  'dev.daybook.event.diagnostics.changed': v.looseObject({ counts: v.record(v.string(), count) }),
  'dev.daybook.event.files.changed': v.looseObject({ count, names: v.array(v.string()) }),
};

export type Validation = { readonly record: DaybookRecord } | { readonly reason: string };

/**
 * Takes a CloudEvents event or the short form.
 * @param source the `source` of short forms, which have none of their own
 */
export function validate(input: unknown, source: string, now: () => Date = () => new Date()): Validation {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return { reason: 'A record must be a JSON object.' };
  const isEvent = 'specversion' in input;
  const parsed = v.safeParse(isEvent ? cloudEvent : short, input, { abortEarly: true });
  if (!parsed.success) return { reason: reasonOf(parsed.issues[0]) };
  const record = complete(isEvent
    ? fromCloudEvent(parsed.output as v.InferOutput<typeof cloudEvent>)
    : fromShort(parsed.output as v.InferOutput<typeof short>, source, now));
  const reason = unknownField(input, isEvent) ?? whyNot(record);
  return reason === undefined ? { record } : { reason };
}

function fromCloudEvent({ data, time: happened, ...envelope }: v.InferOutput<typeof cloudEvent>): DaybookRecord {
  return { ...defined(envelope), time: new Date(happened).toISOString(), data: data ?? {} } as DaybookRecord;
}

function fromShort(input: v.InferOutput<typeof short>, source: string, now: () => Date): DaybookRecord {
  const { family, kind, data, id, session, time: happened, ...rest } = input;
  return {
    specversion: '1.0',
    id: id ?? uuidv7(),
    source,
    type: typeOf(family, kind),
    time: (happened === undefined ? now() : new Date(happened)).toISOString(),
    ...defined({ ...rest, sessionid: session }),
    data: data ?? {},
  } as DaybookRecord;
}

/** Dates alone, times without a zone and years beyond four digits are none: they would mean another moment elsewhere, or no day at all. */
function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text)
    && !Number.isNaN(Date.parse(text)) && /^\d{4}-/.test(new Date(text).toISOString());
}

/** What is absent is left out: a journal line carries no empty attributes. */
function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;
}

/** Attributes that only Daybook, or the other form, may set. */
const reserved = { short: ['source', 'type', 'sessionid', 'redactions'], event: ['family', 'kind', 'session'] } as const;

/** Further fields are CloudEvents extension attributes and stay; one that cannot be an attribute is said, not dropped. */
function unknownField(input: object, isEvent: boolean): string | undefined {
  const known: object = isEvent ? cloudEvent.entries : short.entries;
  const taken: readonly string[] = isEvent ? reserved.event : reserved.short;
  const wrong = Object.keys(input).find((field) => !Object.hasOwn(known, field) && (taken.includes(field) || !/^[a-z0-9]{1,40}$/.test(field)));
  return wrong === undefined ? undefined : `${JSON.stringify(wrong.slice(0, maxShown))} is no field of a record.`;
}

function whyNot(record: DaybookRecord): string | undefined {
  if (parseType(record.type)?.family === 'chats' && record.sessionid === undefined) return 'A chats record needs a session.';
  if (tooDeep(record.data)) return `data is nested deeper than ${limits.depth} levels.`;
  if (characters(record.data) > limits.data) return `data is longer than ${limits.data} characters.`;
  const payload = payloads[record.type];
  if (!payload) return undefined;
  const parsed = v.safeParse(payload, record.data, { abortEarly: true });
  return parsed.success ? undefined : reasonOf(parsed.issues[0], 'data.');
}

function tooDeep(value: unknown, left: number = limits.depth): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => tooDeep(inner, left - 1));
}

/** Characters of all strings and keys. */
function characters(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => sum + key.length + characters(inner), 0);
}

/** More of a wrong value would not help anybody to find it. */
const maxShown = 100;

function reasonOf(issue: v.BaseIssue<unknown>, prefix = ''): string {
  const path = v.getDotPath(issue);
  const field = path ? `${prefix}${path}` : 'data';
  if (issue.message.startsWith('must ')) return `${field} ${issue.message}.`;
  if (issue.received === 'undefined') return `${field} is missing.`;
  const received = issue.received.length > maxShown ? `${issue.received.slice(0, maxShown).toWellFormed()}…` : issue.received;
  return `${field} must be ${issue.expected ?? 'valid'}, not ${received}.`;
}
