/** A day as items in lanes. */

import { laneOf } from '../../shared/lane.ts';
import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { Part } from '../../shared/session.ts';
import type { Timeline, TimelineItem, TimelineParams } from '../../shared/timeline.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface TimelineDeps {
  readonly scan: (range: { readonly since: number; readonly until: number }) => Iterable<DaybookRecord>;
  /** The nearest hours since 1970 with anything in them, before `since` and from `until` on. */
  readonly around: (since: number, until: number) => { readonly before: number | null; readonly after: number | null };
  /** Lets others have their turn. */
  readonly pause: () => Promise<void>;
}

const most = 50_000;
/** Records that are read in one go: some milliseconds. */
const atOnce = 300;
const hourMs = 3_600_000;
const longestLabel = 120;

/** Undefined when there is no such day. */
export function daySpan(day: string): { readonly since: number; readonly until: number } | undefined {
  const [, year, month, date] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const since = new Date(year, month - 1, date);
  if (since.getMonth() !== month - 1 || since.getDate() !== date) return undefined;
  return { since: since.getTime(), until: new Date(year, month - 1, date + 1).getTime() };
}

/** @param span of the day, see `daySpan` */
export async function timelineOf({ day, workspace }: TimelineParams, span: { readonly since: number; readonly until: number }, deps: TimelineDeps): Promise<Timeline> {
  const items: TimelineItem[] = [];
  let left = 0;
  let read = 0;
  for (const record of deps.scan(span)) {
    if (++read % atOnce === 0) await deps.pause();
    if (workspace !== undefined && record.workspace !== workspace) continue;
    if (items.length < most) items.push(itemOf(record));
    else left++;
  }
  const { before, after } = deps.around(Math.ceil(span.since / hourMs), Math.ceil(span.until / hourMs));
  return { day, ...span, items, left, before: before === null ? null : dayOf(before), after: after === null ? null : dayOf(after) };
}

function dayOf(hour: number): string {
  const date = new Date(hour * hourMs);
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${digits(date.getMonth() + 1)}-${digits(date.getDate())}`;
}

function itemOf(record: DaybookRecord): TimelineItem {
  const data = isFields(record.data) ? record.data : {};
  const end = Date.parse(record.time);
  return {
    id: record.id, lane: laneOf(record.type), start: startOf(data, end), end,
    label: plain(labelOf(record, data)), kind: parseType(record.type)?.kind ?? record.type, source: record.source,
    ...(record.sessionid !== undefined && { session: record.sessionid }),
    ...(isFailed(data) && { failed: true as const }),
  };
}

/** What took some time says when it began; what says something impossible took none. */
function startOf(data: Fields, end: number): number {
  const started = Date.parse(text(data['startedAt']));
  if (started <= end && end - started < 24 * hourMs) return started;
  const took = data['durationMs'];
  return typeof took === 'number' && took > 0 && took < 24 * hourMs ? end - Math.round(took) : end;
}

function labelOf({ type, subject }: DaybookRecord, data: Fields): string {
  if (type === 'dev.daybook.chat.message') return messageLabel(data);
  if (type === 'dev.daybook.chat.session') return text(data['title']);
  return subject ?? (text(data['command']) || text(data['uri']).split('/').at(-1) || text(data['message']));
}

/** What is said; without words, the tools that are used, or what one of them answered. */
function messageLabel(data: Fields): string {
  const parts = (Array.isArray(data['parts']) ? data['parts'] : []).filter((part): part is Part => isFields(part));
  const said = parts.map((part) => (part.type === 'text' ? text(part.content) : '')).find((content) => content.trim() !== '');
  const tools = parts.flatMap((part) => (part.type === 'tool_call' ? [text(part.name)] : []));
  const answers = parts.map((part) => (part.type === 'tool_call_response' ? text(part.response) : '')).find((answer) => answer !== '');
  return said ?? (tools.join(', ') || (answers ?? ''));
}

function isFailed(data: Fields): boolean {
  const exit = data['exitCode'];
  if (data['status'] === 'failed' || data['outcome'] === 'failed' || (typeof exit === 'number' && exit !== 0)) return true;
  return Array.isArray(data['parts']) && data['parts'].some((part) => isFields(part) && part['type'] === 'tool_call_response' && part['status'] === 'failed');
}

/** Others wrote it: one line, and nothing that turns it around. */
function plain(label: string): string {
  return label.slice(0, longestLabel * 4).replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim().slice(0, longestLabel);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
