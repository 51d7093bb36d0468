/** Parts of a message → parts. */

import type { Part, ToolCallResponsePart, ToolStatus } from '../../../shared/session.ts';
import { blobPart } from '../formats/blob.ts';
import { present } from '../formats/fields.ts';
import { asArray, asNumber, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { fileUri } from '../formats/place.ts';
import { keepRaw, unknownPart } from '../formats/raw.ts';
import { leftOut } from './format.ts';

/** A row of the table `part`. */
export interface StoredPart {
  readonly id: string;
  readonly value: JsonObject;
}

/** What one stored part becomes, without what a tool answered. */
export function partsOf({ id, value }: StoredPart): readonly Part[] {
  const type = asText(value['type']);
  const text = asString(value['text']);
  if (type === 'text' && text !== undefined) return text === '' ? [] : [{ type: 'text', content: text }];
  if (type === 'reasoning') return [{ type: 'reasoning', content: text ?? '' }];
  if (type === 'tool') return [toolCall(id, value)];
  if (type === 'file') return [filePart(value)];
  if (type === 'patch') return patched(value);
  if (type === 'subtask') return [{ type: 'text', content: asText(value['prompt']) ?? asText(value['description']) ?? '' }];
  if (type === 'compaction') return [{ type: 'notice', content: 'What was said before was summarised.' }];
  if (type === 'retry') return [{ type: 'notice', content: errorText(value['error']) ?? 'The model was asked again.' }];
  return type !== undefined && Object.hasOwn(leftOut, type) ? [] : [unknownPart(value, type)];
}

/** What a tool answered, and the files that came with it; empty for everything else and for a call that still runs. */
export function answersOf({ id, value }: StoredPart): readonly Part[] {
  const state = asObject(value['state']) ?? {};
  const isEnded = state['status'] === 'completed' || state['status'] === 'error';
  if (value['type'] !== 'tool' || !isEnded) return [];
  const files = (asArray(state['attachments']) ?? []).map((item) => filePart(asObject(item) ?? {}));
  return [answer(asText(value['callID']) ?? id, state), ...files];
}

/** The sentence of an error as opencode keeps it. */
export function errorText(error: unknown): string | undefined {
  const value = asObject(error);
  return asText(asObject(value?.['data'])?.['message']) ?? asText(value?.['message']) ?? asText(value?.['name']);
}

function toolCall(id: string, value: JsonObject): Part {
  const input = asObject(value['state'])?.['input'];
  const call = { type: 'tool_call', id: asText(value['callID']) ?? id, name: asText(value['tool']) ?? 'unknown' } as const;
  return input === undefined ? call : { ...call, arguments: keepRaw(input) };
}

function answer(id: string, state: JsonObject): ToolCallResponsePart {
  const exitCode = asNumber(asObject(state['metadata'])?.['exit']);
  const time = asObject(state['time']);
  const [start, end] = [asNumber(time?.['start']), asNumber(time?.['end'])];
  return {
    type: 'tool_call_response',
    id,
    ...present('response', keepRaw(state['status'] === 'error' ? state['error'] : state['output'])),
    status: statusOf(state, exitCode),
    ...present('exitCode', exitCode),
    ...present('durationMs', start === undefined || end === undefined || end < start ? undefined : end - start),
  };
}

function statusOf(state: JsonObject, exitCode: number | undefined): ToolStatus {
  if (state['status'] === 'completed') return exitCode === undefined || exitCode === 0 ? 'succeeded' : 'failed';
  const error = asString(state['error']) ?? '';
  if (/^(?:Error: )?The user (?:has )?rejected permission|^The user has specified a rule which prevents/.test(error)) return 'denied';
  return /^(?:Error: )?Tool execution aborted/.test(error) ? 'cancelled' : 'failed';
}

function filePart(value: JsonObject): Part {
  const url = asText(value['url']) ?? '';
  if (url.startsWith('data:')) return blobPart(url, asText(value['mime']));
  const path = asText(asObject(value['source'])?.['path']);
  return { type: 'uri', uri: url || (fileUri(path ?? '') ?? path ?? ''), ...present('name', asText(value['filename'])) };
}

function patched(value: JsonObject): readonly Part[] {
  return (asArray(value['files']) ?? []).flatMap((file) => {
    const uri = fileUri(asText(file) ?? '');
    return uri === undefined ? [] : [{ type: 'edit' as const, uri }];
  });
}
