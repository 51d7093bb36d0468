/** What a tool answered → parts, and how it went. */

import type { Part, ToolStatus } from '../../../shared/session.ts';
import { asArray, asCount, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { present, type Line } from './format.ts';
import { partOf } from './parts.ts';

// The sentences with which the tool tells the model that a person, or a permission rule of theirs, said no.
const refusal = /^(?:Error: )?(?:The user doesn't want to |User rejected |Permission to use |Claude requested permissions? to )/;
const interruption = /^(?:Error: )?\[Request interrupted by user/;

/** The parts of one `tool_result` block: the response, then the images it came with. `fallbackId` stands in for a missing id. */
export function toolResultParts(block: JsonObject, line: Line, alone: boolean, fallbackId: string): readonly Part[] {
  const content = asString(block['content']);
  const parts = content === undefined ? (asArray(block['content']) ?? []).map((item) => partOf(item, fallbackId)) : [];
  const texts = content === undefined ? parts.flatMap((part) => (part.type === 'text' ? [part.content] : [])) : [content];
  const response = texts.length > 0 ? texts.join('\n') : undefined;
  // toolUseResult describes the line; it can only be told to whom it belongs when the line has one result.
  const detail = alone ? line.value['toolUseResult'] : undefined;
  const status = statusOf(block, response ?? '', line, detail);
  const answer: Part = {
    type: 'tool_call_response',
    id: asText(block['tool_use_id']) ?? (alone ? asText(line.value['sourceToolUseID']) : undefined) ?? fallbackId,
    ...present('response', response),
    status,
    ...present('exitCode', status === 'denied' ? undefined : exitCodeOf(response ?? '', detail)),
    ...present('durationMs', durationOf(detail)),
  };
  return [answer, ...parts.filter((part) => part.type !== 'text')];
}

function statusOf(block: JsonObject, response: string, line: Line, detail: unknown): ToolStatus {
  const denial = asText(line.value['toolDenialKind']);
  if (asObject(detail)?.['interrupted'] === true || interruption.test(response)) return 'cancelled';
  if (block['is_error'] !== true) return 'succeeded';
  if (denial === 'interrupted' || denial === 'cancelled') return 'cancelled';
  if (denial !== undefined || refusal.test(response) || refusal.test(asString(detail) ?? '')) return 'denied';
  return 'failed';
}

function exitCodeOf(response: string, detail: unknown): number | undefined {
  const told = asCount(asObject(detail)?.['exitCode']);
  const match = /^(?:Error: )?Exit code (\d{1,10})\b/.exec(response) ?? /^(?:Error: )?Exit code (\d{1,10})\b/.exec(asString(detail) ?? '');
  return told ?? (match ? Number(match[1]) : undefined);
}

function durationOf(detail: unknown): number | undefined {
  const value = asObject(detail);
  return asCount(value?.['durationMs']) ?? asCount(value?.['totalDurationMs']);
}
