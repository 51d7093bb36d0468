/** What a tool answered → parts, and how it went. */

import type { Part, ToolStatus } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asNumber, asObject, asString, parseObject } from '../formats/json.ts';
import { fileUri } from '../formats/place.ts';
import { keepRaw } from '../formats/raw.ts';
import { contentParts, textOf } from './content.ts';

/** What an event tells of a call besides its answer. Plain JSON: it is kept until the answer comes. */
export interface CallEnd {
  readonly status?: ToolStatus;
  readonly exitCode?: number;
  readonly durationMs?: number;
  /** Absolute paths of the files that were changed. */
  readonly files?: readonly string[];
}

// The sentences with which the tool tells the model that a person, or their policy, said no.
const refusal = /^(?:exec command|patch|.{0,60}tool call) rejected\b|^(?:command|patch) (?:denied|declined)\b|^rejected by user/i;
const interruption = /^(?:Wall time: [\d.]+ seconds\n)?aborted(?: by user)?\b/;
const failure = /^(?:execution error|exec_command failed|apply_patch verification failed|failed to|unsupported call|error:|err:)/i;
const longestHead = 8_000;

/** The parts of an answer: the response, the pictures it came with, the files it changed. */
export function answerParts(id: string, output: unknown, end: CallEnd = {}): readonly Part[] {
  const told = wrapped(output);
  const content = told ? told.output : contentOf(output);
  const parts = contentParts(content) ?? [];
  const text = textOf(parts);
  const exitCode = end.exitCode ?? told?.exitCode ?? exitCodeOf(text);
  const status = end.status ?? statusOf(text, exitCode, asObject(output)?.['success']);
  const answer: Part = {
    type: 'tool_call_response',
    id,
    ...present('response', parts.length > 0 || content === '' ? text : keepRaw(content)),
    status,
    ...present('exitCode', status === 'denied' ? undefined : exitCode),
    ...present('durationMs', end.durationMs ?? told?.durationMs ?? wallTime(text)),
  };
  return [answer, ...parts.filter((part) => part.type !== 'text'), ...editParts(end.files ?? [])];
}

/** Whether the answer only says that the command goes on. */
export function isRunning(output: unknown): boolean {
  const text = typeof output === 'string' ? output : '';
  return exitCodeOf(text) === undefined && /^Process running with session ID /m.test(head(text));
}

/** Files that were changed, as parts. */
function editParts(files: readonly string[]): readonly Part[] {
  return files.flatMap((file) => present('uri', fileUri(file)).uri ?? []).map((uri) => ({ type: 'edit', uri }));
}

/** Releases of 2025 wrote the output with its exit code as JSON text. */
function wrapped(output: unknown): { output: unknown; exitCode?: number; durationMs?: number } | undefined {
  const value = typeof output === 'string' && output.startsWith('{"output":') ? parseObject(output) : undefined;
  const metadata = asObject(value?.['metadata']);
  if (!value || !metadata) return undefined;
  return {
    output: value['output'],
    ...present('exitCode', wholeNumber(metadata['exit_code'])),
    ...present('durationMs', milliseconds(asNumber(metadata['duration_seconds']))),
  };
}

function contentOf(output: unknown): unknown {
  const value = asObject(output);
  return value === undefined ? output : (asArray(value['content']) ?? asString(value['content']) ?? value);
}

function statusOf(text: string, exitCode: number | undefined, success: unknown): ToolStatus {
  if (refusal.test(text)) return 'denied';
  if (interruption.test(text)) return 'cancelled';
  if (exitCode !== undefined) return exitCode === 0 ? 'succeeded' : 'failed';
  if (success === false || failure.test(text)) return 'failed';
  return isRunning(text) ? 'unknown' : 'succeeded';
}

/** What the tool says before the output itself; empty when it says nothing. */
function head(text: string): string {
  if (!/^(?:Command: |Chunk ID: |Wall time: |Exit code: |Process )/.test(text)) return '';
  const start = text.slice(0, longestHead);
  const output = start.search(/^Output:$/m);
  return start.slice(0, output === -1 ? undefined : output);
}

function exitCodeOf(text: string): number | undefined {
  const match = /^(?:Process exited with code|Exit code:) (-?\d{1,10})$/m.exec(head(text));
  return match ? Number(match[1]) : undefined;
}

function wallTime(text: string): number | undefined {
  const match = /^Wall time: (\d{1,9}(?:\.\d{1,9})?) seconds$/m.exec(head(text));
  return match ? milliseconds(Number(match[1])) : undefined;
}

export function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined || seconds < 0 ? undefined : Math.round(seconds * 1000);
}

export function wholeNumber(value: unknown): number | undefined {
  const number = asNumber(value);
  return Number.isSafeInteger(number) ? number : undefined;
}
