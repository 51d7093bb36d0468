/** Events that tell how a tool call ended. */

import type { ToolStatus } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asNumber, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { keepRaw } from '../formats/raw.ts';
import type { Line } from './format.ts';
import { milliseconds, wholeNumber, type CallEnd } from './toolOutput.ts';

/** An ended call; what it takes to make the call itself where no response item did: tools that ran inside another tool's code. */
export interface EndedCall {
  readonly id: string;
  readonly name: string;
  readonly arguments?: unknown;
  readonly output?: unknown;
  readonly end: CallEnd;
}

const endEvents: ReadonlyMap<string, string> = new Map([
  ['exec_command_end', 'exec_command'],
  ['patch_apply_end', 'apply_patch'],
  ['mcp_tool_call_end', 'mcp'],
  ['item_completed/CommandExecution', 'exec_command'],
  ['item_completed/FileChange', 'apply_patch'],
  ['item_completed/McpToolCall', 'mcp'],
]);

const statuses: ReadonlyMap<string, ToolStatus> = new Map([
  ['completed', 'succeeded'], ['failed', 'failed'], ['declined', 'denied'],
]);

/** The call that an event ends; undefined for other events, and for those that name no call. */
export function endedCall(line: Line): EndedCall | undefined {
  const tool = line.type === 'event_msg' ? endEvents.get(line.nativeType.slice('event_msg/'.length)) : undefined;
  const value = line.item ?? line.payload;
  const id = asText(value['call_id']) ?? (line.item ? asText(value['id']) : undefined);
  if (tool === undefined || id === undefined) return undefined;
  if (tool === 'mcp') return endedMcp(id, value);
  const changes = Object.keys(asObject(value['changes']) ?? {});
  const exitCode = wholeNumber(value['exit_code']);
  return {
    id,
    name: tool,
    arguments: tool === 'apply_patch' ? keepRaw(value['changes'] ?? {}) : commandOf(value),
    output: asText(value['aggregated_output']) ?? ['stdout', 'stderr'].map((key) => asString(value[key]) ?? '').join(''),
    end: {
      ...present('status', statuses.get(asString(value['status']) ?? '') ?? successOf(value['success'])),
      ...present('exitCode', exitCode),
      ...present('durationMs', durationOf(value['duration'])),
      ...(changes.length > 0 ? { files: changes } : {}),
    },
  };
}

function endedMcp(id: string, value: JsonObject): EndedCall {
  const call = asObject(value['invocation']) ?? value;
  const result = asObject(value['result']);
  const answer = asObject(result?.['Ok']) ?? (result?.['content'] === undefined ? undefined : result);
  const failed = answer === undefined || answer['isError'] === true;
  return {
    id,
    name: [asText(call['server']), asText(call['tool'])].filter((name) => name !== undefined).join('.') || 'mcp',
    arguments: keepRaw(call['arguments']),
    output: answer?.['content'] ?? result?.['Err'] ?? asText(asObject(value['error'])?.['message']),
    end: { status: failed ? 'failed' : 'succeeded', ...present('durationMs', durationOf(value['duration'])) },
  };
}

function commandOf(value: JsonObject): unknown {
  const command = asArray(value['command']) ?? asText(value['command']);
  return { ...present('command', command === undefined ? undefined : keepRaw(command)), ...present('cwd', asText(value['cwd'])) };
}

function successOf(success: unknown): ToolStatus | undefined {
  return typeof success === 'boolean' ? (success ? 'succeeded' : 'failed') : undefined;
}

function durationOf(value: unknown): number | undefined {
  const duration = asObject(value);
  const seconds = asNumber(duration?.['secs']);
  return seconds === undefined ? undefined : milliseconds(seconds + (asNumber(duration?.['nanos']) ?? 0) / 1e9);
}
