/** What a tool answered → parts, and how it went. */

import type { Part, ToolStatus } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { keepRaw } from '../formats/raw.ts';
import { plainId } from './format.ts';
import { imagePart } from './images.ts';

/**
 * The parts of one `toolResult`: the response, then the images it came with.
 * @param outcome what the line says of the call beside its content
 * @param fallbackId stands in for a missing id
 */
export function answerParts(result: JsonObject, outcome: unknown, fallbackId: string): readonly Part[] {
  const pieces = (asArray(result['content']) ?? []).map((piece) => asObject(piece) ?? {});
  const exitCode = pieces.map((piece) => exitCodeOf(asObject(piece['data']))).find((code) => code !== undefined);
  const response: Part = {
    type: 'tool_call_response',
    id: plainId(result['toolUseId']) ?? fallbackId,
    ...present('response', responseOf(pieces)),
    status: statusOf(asText(result['status']), exitCode, outcome),
    ...present('exitCode', exitCode),
  };
  return [response, ...pieces.filter((piece) => piece['kind'] === 'image').map((piece) => imagePart(piece['data']))];
}

/** Text where all of it is text, and what a command printed; else the values. */
function responseOf(pieces: readonly JsonObject[]): unknown {
  const values = pieces.filter((piece) => piece['kind'] !== 'image').map((piece) => outputOf(piece) ?? keepRaw(piece['data']));
  if (values.every((value) => typeof value === 'string')) return values.length > 0 ? values.join('\n') : undefined;
  return values.length === 1 ? values[0] : values;
}

function outputOf({ kind, data }: JsonObject): string | undefined {
  if (kind === 'text') return asString(data);
  const value = asObject(data);
  if (value?.['exit_status'] === undefined) return undefined;
  return [value['stdout'], value['stderr']].map(asText).filter((text) => text !== undefined).join('\n');
}

/** `exit status: 1`, or `exit code: 1` on Windows; a command that a signal ended has none. */
function exitCodeOf(value: JsonObject | undefined): number | undefined {
  const match = /^exit (?:status|code): (-?\d{1,10})$/.exec(asText(value?.['exit_status']) ?? '');
  return match ? Number(match[1]) : undefined;
}

function statusOf(status: string | undefined, exitCode: number | undefined, outcome: unknown): ToolStatus {
  if (status === 'success') return (exitCode ?? 0) === 0 ? 'succeeded' : 'failed';
  const [variant = ''] = typeof outcome === 'string' ? [outcome] : Object.keys(asObject(outcome) ?? {});
  if (/^cancel/i.test(variant)) return 'cancelled';
  if (/^(?:denied|rejected)/i.test(variant)) return 'denied';
  return status === 'error' ? 'failed' : 'unknown';
}
