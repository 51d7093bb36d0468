import type { Recognition, Sample } from '../importer.ts';
import { asObject, asText, parseObject, type JsonObject } from '../formats/json.ts';
import { envelopeTypes, formats, isFlatHeader } from './format.ts';

// The first line can be longer than the sample, for it holds descriptions of tools: then its first fields have to do.
const longFirstLine = /^\s*\{"timestamp":"[^"]*",(?:"ordinal":\d+,)?"type":"session_meta","payload":\{/;

/** Whether a file holds a rollout of Codex, by the first line that tells. */
export function recognise(sample: Sample): Recognition | undefined {
  const lines = sample.head.replace(/^\uFEFF/, '').split('\n');
  for (const line of lines) {
    const value = parseObject(line);
    const format = value ? formatOf(value) : undefined;
    if (format !== undefined) return { format, unit: 'line' };
    if (value) return undefined;
  }
  return longFirstLine.test(lines[0] ?? '') ? { format: formats.rollout, unit: 'line' } : undefined;
}

function formatOf(value: JsonObject): string | undefined {
  if (isFlatHeader(value)) return formats.flat;
  const payload = asObject(value['payload']);
  const type = asText(value['type']) ?? '';
  if (!payload || !envelopeTypes.has(type) || asText(value['timestamp']) === undefined) return undefined;
  return type !== 'session_meta' || asText(payload['id']) !== undefined ? formats.rollout : undefined;
}
