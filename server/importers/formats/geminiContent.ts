/**
 * Content in the shape of the Gemini API, as Gemini CLI and its relatives write it, → parts.
 * Learned from https://ai.google.dev/api/caching#Content and from real files.
 */

import type { Part, ToolCallPart, ToolStatus, Usage } from '../../../shared/session.ts';
import { blobPart } from './blob.ts';
import { present } from './fields.ts';
import { asArray, asCount, asObject, asString, asText, type JsonObject } from './json.ts';
import { fileUri } from './place.ts';
import { keepRaw, unknownPart } from './raw.ts';

/** What is told of a tool call outside of its response. */
export interface Told {
  /** The tool's own word: `success`, `error`, `cancelled` … */
  readonly status?: string;
  readonly durationMs?: number;
  /** Name of the tool, where it is known. */
  readonly name?: string;
}

// What the tools tell the model when a person, or a policy of theirs, said no.
const refusal = new RegExp(
  '^(?:\\[Operation Cancelled\\] )?(?:Reason: )?' +
    '(?:User did not allow tool call|User denied execution|Tool execution (?:for "[^"]{0,200}" )?denied by policy)',
);
const cancellation = '[Operation Cancelled]';
const exitCodeMark = '\nExit Code: ';

/** The items of a content, plain text as one; empty when there is nothing. */
export function itemsOf(content: unknown): readonly unknown[] {
  if (content === undefined || content === null || content === '') return [];
  return typeof content === 'string' ? [{ text: content }] : (asArray(content) ?? [content]);
}

/** The parts an item becomes; none for an item that only signs another. `fallbackId` names a call or response without an id. */
export function partsOf(item: unknown, fallbackId: string, told: Told = {}): readonly Part[] {
  if (typeof item === 'string') return [{ type: 'text', content: item }];
  const value = asObject(item);
  if (!value) return [unknownPart(item, undefined)];
  const call = asObject(value['functionCall']);
  if (call) return [callPart(call, fallbackId)];
  const response = asObject(value['functionResponse']);
  if (response) return responseParts(response, fallbackId, told);
  const text = asString(value['text']);
  if (text === '') return [];
  if (text !== undefined) return [{ type: value['thought'] === true ? 'reasoning' : 'text', content: text }];
  return [mediaPart(value) ?? unknownPart(item, Object.keys(value)[0])];
}

/** The text of an item that is neither a thought nor anything else; undefined for all others. */
export function plainText(item: unknown): string | undefined {
  const value = asObject(item);
  return typeof item === 'string' ? item : value?.['thought'] === true ? undefined : asString(value?.['text']);
}

/** A call, from an object with `id`, `name` and `args`. */
export function callPart(call: JsonObject, fallbackId: string): ToolCallPart {
  const part = { type: 'tool_call', id: asText(call['id']) ?? fallbackId, name: asText(call['name']) ?? 'unknown' } as const;
  return call['args'] === undefined ? part : { ...part, arguments: keepRaw(call['args']) };
}

/** The answer to a call, then what came with it: pictures, files. */
function responseParts(answer: JsonObject, fallbackId: string, told: Told): readonly Part[] {
  const body = answer['response'];
  const { text, isError } = wordsOf(body);
  const media = (asArray(answer['parts']) ?? []).map((item) => mediaPart(asObject(item) ?? {})).filter((part) => part !== undefined);
  const id = asText(answer['id']) ?? fallbackId;
  return [answerPart(id, text ?? keepRaw(body), { ...present('name', asText(answer['name'])), ...told }, isError), ...media];
}

/** An answer to the call `id`. `isError`: whether the answer itself says that something went wrong. */
export function answerPart(id: string, response: unknown, told: Told, isError = false): Part {
  const text = asString(response) ?? '';
  const exitCode = told.name === 'run_shell_command' ? exitCodeOf(text) : undefined;
  return {
    type: 'tool_call_response',
    id,
    ...present('response', response ?? undefined),
    status: statusOf(told.status ?? (isError ? 'error' : undefined), text, exitCode),
    ...present('exitCode', exitCode),
    ...present('durationMs', told.durationMs),
  };
}

/** What a tool changed in a file, from what it showed the person; undefined where it showed no difference of a known file. */
export function editPart(display: unknown, path: string | undefined): Part | undefined {
  const shown = asObject(display);
  const diff = asText(shown?.['fileDiff']);
  const uri = fileUri(asText(shown?.['filePath']) ?? path ?? '');
  return diff === undefined || uri === undefined ? undefined : { type: 'edit', uri, edits: diff };
}

type Counts = Readonly<Record<'prompt' | 'cached' | 'output' | 'thoughts' | 'tool' | 'total', unknown>>;

/** Tokens as the Gemini API counts them: `prompt` has the cached ones in it. */
export function usageFrom(counts: Counts): Usage | undefined {
  const [prompt, cached, output, thoughts] = [counts.prompt, counts.cached, counts.output, counts.thoughts].map(asCount);
  if (prompt === undefined && output === undefined) return undefined;
  const sent = (prompt ?? 0) + (asCount(counts.tool) ?? 0);
  const said = output ?? 0;
  // Gemini counts thoughts beside the output, servers that speak OpenAI's protocol within it: the total tells which.
  const within = (asCount(counts.total) ?? Infinity) < sent + said + (thoughts ?? 0);
  return {
    inputTokens: Math.max(0, sent - (cached ?? 0)),
    ...present('cacheReadTokens', cached),
    outputTokens: within ? said : said + (thoughts ?? 0),
    ...present('reasoningTokens', thoughts),
  };
}

/** The words of a response that is only words. */
function wordsOf(body: unknown): { readonly text?: string; readonly isError: boolean } {
  const value = asObject(body);
  const error = asString(value?.['error']);
  const output = asString(value?.['output']);
  if (value === undefined) return { ...present('text', asString(body)), isError: false };
  if (Object.keys(value).length !== 1) return { isError: value['error'] !== undefined && value['error'] !== null };
  return { ...present('text', error ?? output), isError: error !== undefined };
}

function mediaPart(value: JsonObject): Part | undefined {
  const inline = asObject(value['inlineData']);
  const data = asString(inline?.['data']);
  if (inline && data !== undefined) return blobPart(data, asText(inline['mimeType']) ?? 'application/octet-stream');
  const file = asObject(value['fileData']);
  const uri = asText(file?.['fileUri']);
  return uri === undefined ? undefined : { type: 'uri', uri, ...present('name', asText(file?.['displayName'])) };
}

/** The last line that says so: what a command prints before may look like it. */
function exitCodeOf(text: string): number | undefined {
  const start = text.lastIndexOf(exitCodeMark);
  const match = start === -1 ? null : /^\d{1,10}(?=\n|$)/.exec(text.slice(start + exitCodeMark.length, start + exitCodeMark.length + 12));
  return match ? Number(match[0]) : undefined;
}

function statusOf(told: string | undefined, text: string, exitCode: number | undefined): ToolStatus {
  if (told === 'cancelled' || told === 'error' || (told === undefined && text.startsWith(cancellation))) {
    if (refusal.test(text)) return 'denied';
    return told === 'error' && !text.startsWith(cancellation) ? 'failed' : 'cancelled';
  }
  if (told !== undefined && told !== 'success') return 'unknown';
  return exitCode === undefined || exitCode === 0 ? 'succeeded' : 'failed';
}
