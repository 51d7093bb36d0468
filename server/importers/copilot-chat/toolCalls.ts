/**
 * Tool calls are written twice: in the response, as the view shows them, and in `result.metadata`, as the model made them.
 * Here the two are joined, so that each call is there once, with the model's name and arguments and the tool's whole answer.
 */

import { asArray, asObject, asString, asText, parseJson } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { modelName } from './toolNames.ts';

/** A call as the model made it. */
export interface RoundCall {
  readonly id: string;
  readonly name: string;
  /** Decoded JSON where it is JSON, else the text. */
  readonly arguments: unknown;
  /** `{ content[] }`; undefined when the call was not answered. */
  readonly result: JsonObject | undefined;
}

/** The calls of a request. */
export interface JoinedCalls {
  /** The model's side of an invocation, by the invocation. */
  readonly byInvocation: ReadonlyMap<JsonObject, RoundCall>;
  /** Calls that the response does not show, in order. */
  readonly alone: readonly RoundCall[];
}

/** The id a model gave a call, without what VS Code appends to make it unique. */
export function plainCallId(id: string): string {
  return id.replace(/__vscode-\d+$/, '');
}

/** Arguments as JSON where they are JSON, else the text; undefined for none. */
export function decodeArguments(value: unknown): unknown {
  return typeof value === 'string' ? (value === '' ? undefined : (parseJson(value) ?? value)) : value;
}

/** The rounds of a request, each one answer of the model. */
export function rounds(request: JsonObject): readonly JsonObject[] {
  const all = asArray(metadata(request)?.['toolCallRounds']) ?? [];
  return all.map(asObject).filter((round) => round !== undefined);
}

/** Joins the invocations of a response with the calls of its rounds: by id, and where no id fits by name and order. */
export function joinCalls(request: JsonObject, invocations: readonly JsonObject[]): JoinedCalls {
  const open = roundCalls(request);
  const byInvocation = new Map<JsonObject, RoundCall>();
  const join = (fits: (call: RoundCall, invocation: JsonObject) => boolean): void => {
    for (const invocation of invocations.filter((candidate) => !byInvocation.has(candidate))) {
      const index = open.findIndex((call) => fits(call, invocation));
      const [call] = index < 0 ? [] : open.splice(index, 1);
      if (call) byInvocation.set(invocation, call);
    }
  };
  join((call, invocation) => call.id === plainCallId(asString(invocation['toolCallId']) ?? ''));
  join((call, invocation) => call.name === modelName(asString(invocation['toolId']) ?? ''));
  return { byInvocation, alone: open };
}

function metadata(request: JsonObject): JsonObject | undefined {
  return asObject(asObject(request['result'])?.['metadata']);
}

function roundCalls(request: JsonObject): RoundCall[] {
  const results = resultsById(asObject(metadata(request)?.['toolCallResults']));
  const calls = new Map<string, RoundCall>();
  for (const value of rounds(request).flatMap((round) => asArray(round['toolCalls']) ?? [])) {
    const call = asObject(value);
    if (!call) continue;
    const id = plainCallId(asText(call['id']) ?? `${asText(request['requestId']) ?? 'request'}:call-${calls.size + 1}`);
    const name = asText(call['name']) ?? 'unknown';
    if (!calls.has(id)) calls.set(id, { id, name, arguments: decodeArguments(call['arguments']), result: results.get(id) });
  }
  return [...calls.values()];
}

function resultsById(results: JsonObject | undefined): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const [id, value] of Object.entries(results ?? {})) {
    const result = asObject(value);
    if (result) found.set(plainCallId(id), result);
  }
  return found;
}
