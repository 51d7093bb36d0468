import { headKeys } from '../formats/headKeys.ts';
import type { Recognition, Sample } from '../importer.ts';
import { asText, parseObject } from '../formats/json.ts';
import { segments } from '../formats/place.ts';
import { formats } from './format.ts';

/** The format of a file, by the line or the document that says what the session is; undefined when no such thing is at its beginning. */
export function recognise(sample: Sample): Recognition | undefined {
  const head = sample.head.replace(/^\uFEFF/, '');
  // Early releases of Qwen Code, which began as a copy, wrote the same document.
  if (segments(sample.path).includes('.qwen')) return undefined;
  for (const line of head.split('\n', 5)) {
    const value = parseObject(line);
    if (asText(value?.['sessionId']) === undefined || asText(value?.['projectHash']) === undefined) continue;
    const isFirstLine = value?.['messages'] === undefined && (value?.['startTime'] ?? value?.['kind']) !== undefined;
    if (isFirstLine) return { format: formats.lines, unit: 'line' };
  }
  const keys = headKeys(head);
  const isDocument = keys.get('messages') === '[' && ['sessionId', 'projectHash', 'startTime'].every((key) => keys.has(key));
  return isDocument ? { format: formats.document, unit: 'document' } : undefined;
}
