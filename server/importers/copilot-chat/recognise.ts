/** Tells the files of VS Code's chat from all others by their first bytes. */

import type { Recognition, Sample } from '../importer.ts';
import { asObject, asText, parseObject } from '../formats/json.ts';
import { formats } from './format.ts';
import { outline } from './outline.ts';

const sessionFolders = /\/(chatSessions|emptyWindowChatSessions|transferredChatSessions)\/[^/]+$/;
const transcriptFolder = /\/github\.copilot-chat\/transcripts\/[^/]+\.jsonl$/i;

/** The format of a file; undefined when it is not of VS Code's chat or not surely. */
export function recognise(sample: Sample): Recognition | undefined {
  const path = sample.path.replaceAll('\\', '/');
  const firstLine = sample.head.slice(0, (sample.head.indexOf('\n') + 1 || sample.head.length + 1) - 1);
  if (isOplog(firstLine)) return { format: formats.oplog, unit: 'line' };
  if (isTranscript(firstLine, path)) return { format: formats.transcript, unit: 'line' };
  const document = documentFormat(sample.head, path);
  return document === undefined ? undefined : { format: document, unit: 'document' };
}

function isOplog(firstLine: string): boolean {
  const line = outline(firstLine);
  if (line.get('kind') !== '0' || line.get('v') !== '{') return false;
  const keys = outline(firstLine, ['v']);
  const known = ['version', 'sessionId', 'creationDate', 'initialLocation', 'responderUsername', 'requests'];
  return known.filter((key) => keys.has(key)).length >= 2;
}

/** Copilot CLI writes the same envelope, but knows of no VS Code. */
function isTranscript(firstLine: string, path: string): boolean {
  const line = parseObject(firstLine);
  const data = asObject(line?.['data']);
  if (!line || !data || asText(line['type']) === undefined) return false;
  if (transcriptFolder.test(path)) return true;
  return line['type'] === 'session.start' && data['producer'] === 'copilot-agent' && asText(data['vscodeVersion']) !== undefined;
}

function documentFormat(head: string, path: string): string | undefined {
  const keys = outline(head);
  if (keys.get('requests') !== '[') return undefined;
  const isSession = keys.has('version') || keys.has('creationDate') || keys.has('sessionId') || sessionFolders.test(path);
  if (!keys.has('responderUsername') && !(keys.has('creationDate') && keys.has('sessionId'))) return undefined;
  return isSession ? formats.json : formats.export;
}
