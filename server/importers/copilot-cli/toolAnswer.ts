/** What a tool answered → parts, and how it went. */

import type { Part, ToolStatus } from '../../../shared/session.ts';
import { blobPart } from '../formats/blob.ts';
import { present } from '../formats/fields.ts';
import { asArray, asCount, asNumber, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { keepRaw } from '../formats/raw.ts';

// What the shell tool writes below the output.
const exitLine = /<(?:shellId: [^<>]{1,100} )?(?:completed|exited) with exit code (-?\d{1,10})>\s*$/;

/**
 * The parts of a `tool.execution_complete`: the response, then what bytes it came with.
 * @param measuredMs stands in for the tool's own figure, milliseconds
 */
export function answerParts(data: JsonObject, id: string, measuredMs: number | undefined): readonly Part[] {
  const result = asObject(data['result']) ?? {};
  const error = asObject(data['error']);
  const text = textOf(result) ?? asText(error?.['message']);
  const exitCode = exitCodeOf(result);
  const metrics = asObject(asObject(data['toolTelemetry'])?.['metrics']);
  const response: Part = {
    type: 'tool_call_response',
    id,
    ...present('response', text ?? structured(result)),
    status: statusOf(data['success'], exitCode, asText(error?.['code'])),
    ...present('exitCode', exitCode),
    ...present('durationMs', asCount(metrics?.['durationMs']) ?? measuredMs),
  };
  return [response, ...blobsOf(result)];
}

/** What the model was told, and after it the longer text that people are shown where it says something else. */
function textOf(result: JsonObject): string | undefined {
  const told = asText(result['content']);
  const shown = asText(result['detailedContent']);
  if (told === undefined || shown === undefined) return told ?? shown;
  if (shown.includes(told)) return shown;
  return told.includes(shown) ? told : `${told}\n\n${shown}`;
}

function structured(result: JsonObject): unknown {
  const value = result['structuredContent'];
  return value === undefined || value === null ? undefined : keepRaw(value);
}

function exitCodeOf(result: JsonObject): number | undefined {
  const told = contentsOf(result).map((block) => asNumber(block['exitCode'])).find((code) => code !== undefined && Number.isInteger(code));
  const match = exitLine.exec((asString(result['content']) ?? '').slice(-300));
  return told ?? (match ? Number(match[1]) : undefined);
}

function statusOf(success: unknown, exitCode: number | undefined, code: string | undefined): ToolStatus {
  if (success === true) return (exitCode ?? 0) === 0 ? 'succeeded' : 'failed';
  if (success !== false) return 'unknown';
  if (code === 'denied' || code === 'rejected') return 'denied';
  return code === 'cancelled' || code === 'aborted' || code === 'interrupted' ? 'cancelled' : 'failed';
}

/** Images and their like: as the model got them, else as the tool gave them. */
function blobsOf(result: JsonObject): readonly Part[] {
  const sent = (asArray(result['binaryResultsForLlm']) ?? []).flatMap((item) => bytesPart(asObject(item)));
  return sent.length > 0 ? sent : contentsOf(result).flatMap((item) => bytesPart(item));
}

function contentsOf(result: JsonObject): readonly JsonObject[] {
  return (asArray(result['contents']) ?? []).map(asObject).filter((block) => block !== undefined);
}

/** A part that says which bytes there were: inline, left out by the tool, or kept in an event of their own. */
export function bytesPart(item: JsonObject | undefined): readonly Part[] {
  const mimeType = asText(item?.['mimeType']);
  const data = asText(item?.['data']);
  const bytes = asCount(item?.['byteLength']);
  if (mimeType === undefined) return [];
  if (data !== undefined) return [blobPart(data, mimeType)];
  return bytes === undefined ? [] : [{ type: 'blob', mimeType, bytes }];
}
