/**
 * The sessions of Copilot CLI's first releases, of September and October 2025: one JSON document each,
 * `history-session-state/session_<id>_<time>.json`, rewritten whole, with the messages as the Chat Completions API has them
 * (https://platform.openai.com/docs/api-reference/chat/object). Copilot CLI documents nothing of it: the fields are those that several
 * readers of such files, published in 2025 and 2026, agree on; a role or part that they do not know is kept as it is.
 */

import type { ChatMessage, ChatSessionHeader, Part } from '../../../shared/session.ts';
import type { ImportedRecord, SourceFile, SourceReader } from '../importer.ts';
import { blobPart } from '../formats/blob.ts';
import { present } from '../formats/fields.ts';
import { headKeys } from '../formats/headKeys.ts';
import { asArray, asObject, asString, asText, parseJson, type JsonObject } from '../formats/json.ts';
import { fromText, modified } from '../formats/moment.ts';
import { fileStem, segments } from '../formats/place.ts';
import { keepRaw, unknownPart } from '../formats/raw.ts';
import { titleFrom } from '../formats/title.ts';
import { openWholeDocument } from '../formats/wholeDocument.ts';
import { historyFormat, plainId, sourceName } from './format.ts';
import { answerParts } from './toolAnswer.ts';

/** Whether a file is such a document, by its first bytes. */
export function isHistory(path: string, head: string): boolean {
  const keys = headKeys(head);
  const hasMessages = keys.get('chatMessages') === '[';
  return keys.has('sessionId') && (hasMessages || (keys.get('timeline') === '[' && segments(path).includes('history-session-state')));
}

/** Reads one session. See `open` of the contract. */
export function openHistory(file: SourceFile): SourceReader {
  return openWholeDocument(file, (document) => recordsOf(asObject(document) ?? {}, file));
}

function recordsOf(document: JsonObject, file: SourceFile): readonly ImportedRecord[] | undefined {
  const entries = asArray(document['chatMessages']);
  if (!entries) return undefined;
  const session = plainId(document['sessionId']) ?? fileStem(file.path);
  const start = fromText(document['startTime']) ?? modified(file);
  const times = timesOfCalls(document, start);
  const records: ImportedRecord[] = [];
  let time = start;
  for (const [index, value] of entries.entries()) {
    const entry = asObject(value) ?? {};
    const own = callsOf(entry).map((call) => times.get(asText(call['id']) ?? '')).find((each) => each !== undefined);
    // Never before what came before it.
    if (own !== undefined && own > time) time = own;
    const base = { id: `message-${index}`, session, time };
    const data = messageOf(entry, base.id);
    if (data === undefined) records.push({ kind: 'unknown', ...base, data: { nativeType: asText(entry['role']) ?? '(no role)', raw: keepRaw(value ?? null) } });
    else if (data !== 'left out') records.push({ kind: 'message', ...base, data, ...actorOf(data) });
  }
  if (records.length === 0) return [];
  const data: ChatSessionHeader = {
    ...titleOf(records),
    agent: { name: 'Copilot CLI' },
    fidelity: 'partial',
    fidelityReason: 'The first releases of Copilot CLI wrote neither the times of messages nor tokens.',
    format: historyFormat,
    origin: file.path,
  };
  return [{ kind: 'session', session, time: start, data }, ...records];
}

/** When tools were called, by the id of the call: the only moments there are beside the start. */
function timesOfCalls(document: JsonObject, start: string): ReadonlyMap<string, string> {
  return new Map((asArray(document['timeline']) ?? []).flatMap((value) => {
    const entry = asObject(value);
    const [call, time] = [asText(entry?.['callId']), fromText(entry?.['timestamp'])];
    return call === undefined || time === undefined || time < start ? [] : [[call, time] as const];
  }));
}

/** Undefined for a role that is not known. */
function messageOf(entry: JsonObject, id: string): ChatMessage | 'left out' | undefined {
  const parts = contentParts(entry['content']);
  switch (entry['role']) {
    case 'user':
      return { role: 'user', parts };
    case 'assistant': {
      const thoughts = asText(entry['reasoning_text']);
      const reasoning: readonly Part[] = thoughts === undefined ? [] : [{ type: 'reasoning', content: thoughts }];
      return { role: 'assistant', parts: [...reasoning, ...parts, ...callsOf(entry).map((call, at) => callPart(call, `${id}#${at}`))], responseId: id };
    }
    case 'tool':
      return { role: 'tool', parts: answerOf(entry['content'], plainId(entry['tool_call_id']) ?? id) };
    case 'system':
      return 'left out';
    default:
      return undefined;
  }
}

function callsOf(entry: JsonObject): readonly JsonObject[] {
  return (asArray(entry['tool_calls']) ?? []).map((call) => asObject(call) ?? {});
}

function callPart(call: JsonObject, fallbackId: string): Part {
  const asked = asObject(call['function']);
  const given = asString(asked?.['arguments']);
  const decoded = given === undefined ? asked?.['arguments'] : given === '' ? undefined : (parseJson(given) ?? given);
  return {
    type: 'tool_call', id: plainId(call['id']) ?? fallbackId, name: asText(asked?.['name']) ?? 'unknown', ...present('arguments', decoded === undefined ? undefined : keepRaw(decoded)),
  };
}

/** Only commands say how they went. */
function answerOf(content: unknown, id: string): readonly Part[] {
  const result = asString(content) === undefined ? { structuredContent: content } : { content };
  return answerParts({ result }, id, undefined).map((part) => (
    part.type === 'tool_call_response' && part.exitCode !== undefined ? { ...part, status: part.exitCode === 0 ? 'succeeded' : 'failed' } : part));
}

/** Text, or a list of text and pictures. */
function contentParts(content: unknown): readonly Part[] {
  const text = asString(content);
  if (text !== undefined) return text === '' ? [] : [{ type: 'text', content: text }];
  if (content === undefined || content === null) return [];
  return (asArray(content) ?? [content]).map(contentPart);
}

function contentPart(value: unknown): Part {
  const part = asObject(value);
  const type = asText(part?.['type']);
  const text = asString(part?.['text']);
  if (type === 'text' && text !== undefined) return { type: 'text', content: text };
  const url = asText(asObject(part?.['image_url'])?.['url']);
  if (type === 'image_url' && url !== undefined) return url.startsWith('data:') ? blobPart(url) : { type: 'uri', uri: url };
  return unknownPart(value, type);
}

function titleOf(records: readonly ImportedRecord[]): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  const first = records.flatMap((record) => (record.kind === 'message' && record.data.role === 'user' ? record.data.parts : []))
    .flatMap((part) => (part.type === 'text' ? (titleFrom(part.content) ?? []) : []))[0];
  return first === undefined ? {} : { title: first, titleSource: 'first-prompt' };
}

function actorOf({ role }: ChatMessage): { readonly actor?: string } {
  if (role === 'assistant') return { actor: `agent:${sourceName}` };
  return role === 'user' ? { actor: 'user' } : {};
}
