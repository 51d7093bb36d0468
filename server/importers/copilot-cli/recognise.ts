import type { Recognition, Sample } from '../importer.ts';
import { asObject, asText, parseObject, type JsonObject } from '../formats/json.ts';
import { segments } from '../formats/place.ts';
import { formatName, historyFormat, leftOut } from './format.ts';
import { isHistory } from './history.ts';

const messageTypes: ReadonlySet<string> = new Set([
  'user.message', 'assistant.message', 'tool.execution_start', 'tool.execution_complete', 'session.resume',
]);

/** Whether a file holds Copilot CLI's events, by the first line that tells, or a session of its first releases. */
export function recognise(sample: Sample): Recognition | undefined {
  if (isHistory(sample.path, sample.head)) return { format: historyFormat, unit: 'document' };
  for (const text of sample.head.replace(/^\uFEFF/, '').split('\n')) {
    const value = parseObject(text);
    const data = asObject(value?.['data']);
    if (!value || !data || !('parentId' in value) || asText(value['id']) === undefined) continue;
    return isOwn(asText(value['type']) ?? '', data, sample.path) ? { format: formatName, unit: 'line' } : undefined;
  }
  return undefined;
}

/** VS Code's transcripts have the same envelope and producer; they say which VS Code wrote them, and lie in a folder of their own. */
function isOwn(type: string, data: JsonObject, path: string): boolean {
  if (/[\\/]GitHub\.copilot-chat[\\/]transcripts[\\/]/i.test(path)) return false;
  if (type !== 'session.start') return segments(path).includes('session-state') && (messageTypes.has(type) || Object.hasOwn(leftOut, type));
  return data['vscodeVersion'] === undefined && asText(data['sessionId']) !== undefined && asText(data['copilotVersion']) !== undefined;
}
