/** How long responses and tool calls took: measures stand on lines of their own, before the line of what they measure. */

import { asCount, asObject, asText, type JsonObject } from '../formats/json.ts';
import type { Line } from './format.ts';

export interface Measures {
  /** Takes in a line that measures. */
  note(line: Line): void;
  /** Milliseconds the response took that now comes, once; undefined where the measure is of another: of an agent, or of a title. */
  response(line: Line): number | undefined;
  /** Milliseconds a call of this tool took, once; undefined where several calls of it wait and it cannot be told which is which. */
  call(tool: string): number | undefined;
}

export function createMeasures(): Measures {
  let last: JsonObject | undefined;
  const calls = new Map<string, number[]>();

  function note(line: Line): void {
    const event = asObject(line.payload['uiEvent']);
    if (event?.['event.name'] === 'qwen-code.api_response') last = event;
    const tool = event?.['event.name'] === 'qwen-code.tool_call' ? asText(event['function_name']) : undefined;
    const durationMs = asCount(event?.['duration_ms']);
    if (tool !== undefined && durationMs !== undefined) calls.set(tool, [...(calls.get(tool) ?? []), durationMs]);
  }

  function response(line: Line): number | undefined {
    const event = last;
    last = undefined;
    // A new response follows when all calls of the one before are answered.
    calls.clear();
    const prompt = asCount(asObject(line.value['usageMetadata'])?.['promptTokenCount']);
    return prompt !== undefined && event?.['input_token_count'] === prompt ? asCount(event['duration_ms']) : undefined;
  }

  function call(tool: string): number | undefined {
    const waiting = calls.get(tool) ?? [];
    if (waiting.length !== 1) return undefined;
    calls.delete(tool);
    return waiting[0];
  }

  return { note, response, call };
}
