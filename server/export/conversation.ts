/**
 * A chat session as the steps that models are trained and judged on: what a person asked, what a model answered in one response with the
 * tools it called, and what these gave back, however many lines the tool wrote it on.
 */

import type { DaybookRecord } from '../../shared/record.ts';
import type { SessionDocument } from '../../shared/results.ts';
import type { ChatMessage, Part, ToolCallPart, ToolCallResponsePart, Usage } from '../../shared/session.ts';

export type Step = Asked | Told | Answered;

interface Common {
  /** RFC 3339; of the first record of the step. */
  readonly time: string;
  /** Id of its first record. */
  readonly id: string;
  /** Replayed from another session. */
  readonly copied: boolean;
  /** Taken back by the person. */
  readonly superseded: boolean;
  readonly text: string;
}

/** What a person wrote. */
export interface Asked extends Common {
  readonly role: 'user';
}

/** What the tool put in, or the system prompt where a source has it: instructions, reminders, summaries. */
export interface Told extends Common {
  readonly role: 'context';
}

/** One response of a model. */
export interface Answered extends Common {
  readonly role: 'assistant';
  readonly reasoning: string;
  readonly calls: readonly Call[];
  readonly model?: string;
  readonly usage?: Usage;
  readonly finishReason?: string;
  /** RFC 3339; of its last record that is not an answer of a tool. */
  readonly endTime: string;
  readonly durationMs?: number;
}

export interface Call {
  readonly id: string;
  readonly name: string;
  readonly arguments: unknown;
  readonly time: string;
  /** Absent where the session has no answer. */
  readonly answer?: ToolCallResponsePart & { readonly time: string };
}

/** Steps in the order of the session. An answer that no call asked for is left out. */
export function stepsOf({ turns }: SessionDocument): Step[] {
  const drafts: Draft[] = [];
  const calls = new Map<string, Writable<Call>>();
  let current: AnsweredDraft | undefined;

  for (const record of turns.flatMap(({ records }) => records)) {
    const message = messageOf(record);
    if (!message) continue;
    for (const part of message.parts) if (part.type === 'tool_call_response') settle(calls.get(part.id), part, record.time);
    if (message.role === 'assistant' && message.synthetic !== true) {
      if (!current || !goesOn(current, message)) drafts.push(current = newAnswer(record, message));
      addTo(current, record, message, calls);
    } else if (message.role !== 'tool') {
      const text = textOf(message.parts);
      if (text === '') continue;
      drafts.push({ role: message.role === 'user' && message.synthetic !== true ? 'user' : 'context', ...commonOf(record, message), text });
      if (message.role === 'user' && message.synthetic !== true) current = undefined;
    }
  }
  return drafts.filter((draft) => draft.role !== 'assistant' || draft.text !== '' || draft.reasoning !== '' || draft.calls.length > 0).map(finish);
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type AnsweredDraft = Writable<Omit<Answered, 'calls'>> & { readonly calls: Writable<Call>[]; readonly responseId: string | undefined };
type Draft = Asked | Told | AnsweredDraft;

function finish(draft: Draft): Step {
  if (draft.role !== 'assistant') return draft;
  const { responseId, ...step } = draft;
  return step;
}

function messageOf({ type, data }: DaybookRecord): ChatMessage | undefined {
  return type === 'dev.daybook.chat.message' && Array.isArray((data as Partial<ChatMessage> | null)?.parts) ? (data as ChatMessage) : undefined;
}

function commonOf({ id, time }: DaybookRecord, { copied, superseded }: ChatMessage): Pick<Common, 'id' | 'time' | 'copied' | 'superseded'> {
  return { id, time, copied: copied === true, superseded: superseded === true };
}

/** Lines of one response share its id; one without an id is a response of its own. */
function goesOn(current: AnsweredDraft, { responseId, copied, superseded }: ChatMessage): boolean {
  return responseId !== undefined && current.responseId === responseId && current.copied === (copied === true) && current.superseded === (superseded === true);
}

function newAnswer(record: DaybookRecord, message: ChatMessage): AnsweredDraft {
  return { role: 'assistant', ...commonOf(record, message), text: '', reasoning: '', calls: [], endTime: record.time, responseId: message.responseId };
}

function addTo(answer: AnsweredDraft, { time }: DaybookRecord, message: ChatMessage, calls: Map<string, Writable<Call>>): void {
  answer.text = joined(answer.text, textOf(message.parts));
  answer.reasoning = joined(answer.reasoning, message.parts.flatMap((part) => (part.type === 'reasoning' ? [part.content] : [])).join('\n\n'));
  for (const part of message.parts) {
    if (part.type !== 'tool_call' || calls.has(part.id)) continue;
    const call = callOf(part, time);
    calls.set(part.id, call);
    answer.calls.push(call);
  }
  answer.endTime = time;
  if (message.model !== undefined) answer.model = message.model;
  if (message.usage !== undefined) answer.usage = larger(answer.usage, message.usage);
  if (message.finishReason !== undefined) answer.finishReason = message.finishReason;
  if (message.durationMs !== undefined) answer.durationMs = message.durationMs;
}

function callOf({ id, name, arguments: input }: ToolCallPart, time: string): Writable<Call> {
  return { id, name, arguments: input ?? {}, time };
}

function settle(call: Writable<Call> | undefined, part: ToolCallResponsePart, time: string): void {
  if (call) call.answer = { ...part, time };
}

/** Usage is repeated on every line of a response, and grows while it is written. */
function larger(a: Usage | undefined, b: Usage): Usage {
  const names = ['inputTokens', 'cacheReadTokens', 'cacheWriteTokens', 'outputTokens', 'reasoningTokens'] as const;
  return Object.fromEntries(names.flatMap((name) => {
    const values = [a?.[name], b[name]].filter((value) => value !== undefined);
    return values.length > 0 ? [[name, Math.max(...values)]] : [];
  }));
}

function textOf(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.type === 'text' && part.content.trim() !== '' ? [part.content] : [])).join('\n\n');
}

function joined(a: string, b: string): string {
  return a === '' ? b : b === '' ? a : `${a}\n\n${b}`;
}

/** Tokens that went in, read from a cache or not; undefined where nothing is known. */
export function promptTokens({ inputTokens, cacheReadTokens, cacheWriteTokens }: Usage): number | undefined {
  const known = [inputTokens, cacheReadTokens, cacheWriteTokens].filter((value) => value !== undefined);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : undefined;
}

/** A value of a tool as text: text as it is, everything else as JSON. */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : wellFormedJson(value);
}

/** JSON without half a pair of surrogates, which readers of these formats refuse. */
export function wellFormedJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'string' ? each.toWellFormed() : each), indent);
}

/** Arguments as the object that formats for models require: text stands under `input`. */
export function argumentObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  return value === undefined || value === null || value === '' ? {} : { input: value };
}
