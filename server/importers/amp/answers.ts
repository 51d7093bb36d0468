/** What tools answered: Amp's own shape of a `tool_result` block. */

import type { ToolCallResponsePart, ToolStatus } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asNumber, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { keepRaw } from '../formats/raw.ts';

const statuses: ReadonlyMap<unknown, ToolStatus> = new Map([
  ['done', 'succeeded'],
  ['error', 'failed'],
  ['cancelled', 'cancelled'],
  ['rejected-by-user', 'denied'],
]);

/** Whether a block is what a tool answered. */
export function isAnswer(block: JsonObject): boolean {
  return block['type'] === 'tool_result';
}

/** The answer of one call. One that still runs has what it said until now, and no status. */
export function answerPart(block: JsonObject, fallbackId: string): ToolCallResponsePart {
  const run = asObject(block['run']) ?? {};
  const exitCode = asNumber(asObject(run['result'])?.['exitCode']);
  const told = statuses.get(run['status']) ?? 'unknown';
  return {
    type: 'tool_call_response',
    id: asText(block['toolUseID']) ?? asText(block['tool_use_id']) ?? fallbackId,
    ...present('response', responseOf(run)),
    // A shell call that ended is done, however it ended.
    status: told === 'succeeded' && exitCode !== undefined && exitCode !== 0 ? 'failed' : told,
    ...present('exitCode', exitCode),
  };
}

function responseOf(run: JsonObject): unknown {
  const said = [run['result'], run['error'], run['progress']].find((value) => value !== undefined && value !== null);
  const value = asObject(said);
  const words = asString(value?.['output']) ?? asText(value?.['message']);
  const isOnlyWords = value !== undefined && Object.keys(value).every((key) => key === 'output' || key === 'exitCode' || key === 'message');
  return isOnlyWords && words !== undefined ? words : keepRaw(said);
}
