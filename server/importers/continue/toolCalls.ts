/** Tool calls of a message, and what came of them. */

import type { Part, ToolCallPart, ToolCallResponsePart, ToolStatus } from '../../../shared/session.ts';
import { asArray, asObject, asString, asText, parseJson, type JsonObject } from '../formats/json.ts';
import { keepRaw } from '../formats/raw.ts';
import { contentParts, textOf } from './content.ts';
import type { Item } from './format.ts';

// A call that is being written, waits or runs has no answer yet.
const statuses: Readonly<Record<string, ToolStatus>> = { done: 'succeeded', errored: 'failed', canceled: 'cancelled' };

/** The calls, in the order the model made them. */
export function callParts(item: Item): readonly ToolCallPart[] {
  const calls = objects(item.message['toolCalls']);
  const states = objects(item.value['toolCallStates']);
  const all = calls.length > 0 ? calls : states.map((state) => asObject(state['toolCall']) ?? state);
  return all.map((call, index) => {
    const named = asObject(call['function']) ?? {};
    const id = asText(call['id']) ?? asText(call['toolCallId']) ?? `${item.id}#${index}`;
    const parsed = states.find((state) => state['toolCallId'] === id)?.['parsedArgs'];
    const decoded = argumentsOf(named['arguments'], parsed);
    return { type: 'tool_call', id, name: asText(named['name']) ?? 'unknown', ...(decoded === undefined ? {} : { arguments: decoded }) };
  });
}

/** The answers to calls that have ended. */
export function answerParts(item: Item): readonly ToolCallResponsePart[] {
  return objects(item.value['toolCallStates']).flatMap((state, index): ToolCallResponsePart[] => {
    const told = asText(state['status']) ?? '';
    const status = Object.hasOwn(statuses, told) ? statuses[told] : undefined;
    if (status === undefined) return [];
    const output = objects(state['output']);
    const response = output.flatMap((one) => asText(one['content']) ?? []).join('\n');
    const exitCode = exitCodeOf(output);
    return [{
      type: 'tool_call_response',
      id: asText(state['toolCallId']) ?? `${item.id}#${index}`,
      ...(state['output'] === undefined ? {} : { response }),
      status: exitCode !== undefined && exitCode !== 0 ? 'failed' : status,
      ...(exitCode === undefined ? {} : { exitCode }),
    }];
  });
}

/** The answer in a message of its own, as older releases wrote it. */
export function answerMessage(item: Item): Part {
  const response = textOf(contentParts(item.message['content']));
  return { type: 'tool_call_response', id: asText(item.message['toolCallId']) ?? item.id, response, status: 'unknown' };
}

function argumentsOf(text: unknown, parsed: unknown): unknown {
  const source = asString(text);
  if (source === undefined) return text === undefined ? keepRaw(parsed) : keepRaw(text);
  if (source === '') return parsed === undefined ? '' : keepRaw(parsed);
  return keepRaw(parseJson(source) ?? parsed ?? source);
}

/** Commands say how they ended beside what they printed. */
function exitCodeOf(output: readonly JsonObject[]): number | undefined {
  const told = output.map((one) => /exit code:? (-?\d{1,10})/i.exec(asText(one['status']) ?? '')?.[1]).find((code) => code !== undefined);
  return told === undefined ? undefined : Number(told);
}

function objects(value: unknown): readonly JsonObject[] {
  return (asArray(value) ?? []).map(asObject).filter((one) => one !== undefined);
}
