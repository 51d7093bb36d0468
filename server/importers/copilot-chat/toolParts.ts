/** A tool call and its answer, as parts of a reply. */

import type { Part, ToolStatus } from '../../../shared/session.ts';
import { asNumber, asObject, asText } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { refusals } from './format.ts';
import { bounded } from './raw.ts';
import { decodeArguments } from './toolCalls.ts';
import type { RoundCall } from './toolCalls.ts';
import { detailsText, markdownText, resultText } from './toolOutput.ts';

/** Parts of an invocation the response shows, with the model's side of it where there is one. `id` must be unique in the session. */
export function invocationParts(id: string, invocation: JsonObject, call: RoundCall | undefined, cancelled: boolean): readonly Part[] {
  const specific = asObject(invocation['toolSpecificData']);
  const terminal = asObject(specific?.['terminalCommandState']);
  const exitCode = asNumber(terminal?.['exitCode']);
  const durationMs = asNumber(terminal?.['duration']);
  const response = answer(invocation, specific, call);
  return [
    callPart(id, call?.name ?? asText(invocation['toolId']) ?? 'unknown', callArguments(invocation, specific, call)),
    {
      type: 'tool_call_response',
      id,
      ...(response === undefined ? {} : { response }),
      status: status(invocation, exitCode, cancelled),
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(durationMs === undefined ? {} : { durationMs }),
    },
  ];
}

/** Parts of a call that only the model's side of the request shows. */
export function roundCallParts(call: RoundCall): readonly Part[] {
  const part = callPart(call.id, call.name, call.arguments);
  if (!call.result) return [part];
  const response = resultText(call.result);
  const done: ToolStatus = call.result['isError'] === true ? 'failed' : 'succeeded';
  return [part, { type: 'tool_call_response', id: call.id, ...(response === undefined ? {} : { response }), status: done }];
}

function callPart(id: string, name: string, callArguments: unknown): Part {
  return { type: 'tool_call', id, name, ...(callArguments === undefined ? {} : { arguments: bounded(callArguments) }) };
}

function callArguments(invocation: JsonObject, specific: JsonObject | undefined, call: RoundCall | undefined): unknown {
  const command = commandLine(specific);
  const given = asObject(call?.arguments);
  // A person may have edited the command before it ran: what ran is what is recorded.
  if (command !== undefined) return { ...given, command };
  if (call) return call.arguments;
  if (specific?.['kind'] === 'subagent') return subagentTask(specific);
  return decodeArguments(specific?.['rawInput'] ?? asObject(invocation['resultDetails'])?.['input']);
}

function commandLine(specific: JsonObject | undefined): string | undefined {
  if (specific?.['kind'] !== 'terminal') return undefined;
  const line = asObject(specific['commandLine']);
  return asText(line?.['userEdited']) ?? asText(line?.['original']) ?? asText(specific['command']);
}

function subagentTask(specific: JsonObject): unknown {
  const { agentName, description, prompt } = specific;
  return { ...(agentName === undefined ? {} : { agentName }), description, prompt };
}

/** The fullest answer there is: what the model got, else what the view shows. */
function answer(invocation: JsonObject, specific: JsonObject | undefined, call: RoundCall | undefined): string | undefined {
  return (
    resultText(call?.result) ??
    asText(asObject(specific?.['terminalCommandOutput'])?.['text']) ??
    asText(specific?.['result']) ??
    detailsText(invocation['resultDetails']) ??
    markdownText(invocation['pastTenseMessage'])
  );
}

function status(invocation: JsonObject, exitCode: number | undefined, cancelled: boolean): ToolStatus {
  const confirmed = invocation['isConfirmed'];
  const complete = invocation['isComplete'] === true;
  const refused = confirmed === false ? complete : refusals.includes(asObject(confirmed)?.['type']);
  if (refused) return 'denied';
  if (asObject(invocation['resultDetails'])?.['isError'] === true || (exitCode ?? 0) !== 0) return 'failed';
  // Every call is written as complete when the session is saved, also one that still waited for a yes when its request was stopped.
  if (cancelled && (!complete || confirmed === undefined)) return 'cancelled';
  return complete ? 'succeeded' : 'unknown';
}
