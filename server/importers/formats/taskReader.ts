/** Reads a task folder's conversation for the tool that wrote it. */

import type { ChatMessage, ChatSessionHeader } from '../../../shared/session.ts';
import type { ImportedRecord, SourceFile, SourceReader } from '../importer.ts';
import { present } from './fields.ts';
import { asNumber, asText, type JsonObject } from './json.ts';
import { fromMs, modified } from './moment.ts';
import { fileUri } from './place.ts';
import { keepRaw } from './raw.ts';
import { conversationOf } from './taskConversation.ts';
import { entriesOf, taskId } from './taskFormat.ts';
import { ownUsage, requestsIn, sharedOut, type Request } from './taskUsage.ts';
import { titleFrom } from './title.ts';
import { openWholeDocument } from './wholeDocument.ts';

/** What differs between the tools that keep task folders. */
export interface TaskTool {
  readonly source: string;
  readonly displayName: string;
  readonly format: string;
  /** Whether the tokens that are shown as sent include those that come from the cache. */
  readonly includesCached: boolean;
  /** What files beside the conversation say of the session. */
  readonly about: (file: SourceFile) => About;
}

export interface About {
  readonly cwd?: string;
  /** Native id of the task that this one was started by. */
  readonly parent?: string;
}

export function openTask(file: SourceFile, tool: TaskTool): SourceReader {
  return openWholeDocument(file, (document) => recordsOf(document, file, tool));
}

function recordsOf(document: unknown, file: SourceFile, tool: TaskTool): readonly ImportedRecord[] | undefined {
  const entries = entriesOf(document);
  if (!entries) return undefined;
  const { said, unknown, cwd: told } = conversationOf(entries);
  if (said.length === 0 && unknown.length === 0) return [];
  const requests = requestsIn(file.neighbour('ui_messages.json'), tool.includesCached);
  const times = timesOf(entries, requests, file);
  const replies = said.filter(({ message }) => message.role === 'assistant');
  const own = replies.map(({ index }) => ownUsage(entries[index] ?? {}));
  const ends = replies.map(({ index }) => asNumber(entries[index]?.['ts']));
  const counted = own.some((one) => one !== undefined) ? own : sharedOut(requests, ends);
  const usage = new Map(replies.map(({ id }, place) => [id, counted[place]]));
  const { cwd = told, parent } = tool.about(file);
  const base = { session: taskId(file.path), ...present('workspace', cwd === undefined ? undefined : fileUri(cwd)) };
  const start = namedStart(file) ?? times[0] ?? modified(file);
  const data: ChatSessionHeader = {
    ...titleOf(said.map(({ message }) => message)),
    ...present('cwd', cwd),
    agent: { name: tool.displayName },
    ...(parent === undefined ? {} : { parent: `${tool.source}:${parent}`, relation: 'subagent' }),
    fidelity: 'full',
    format: tool.format,
    origin: file.path,
  };
  const messages = said.map(({ id, index, message }): ImportedRecord => {
    const data = { ...message, ...present('usage', usage.get(id)) };
    return { kind: 'message', id, ...base, time: times[index] ?? start, ...actorOf(message, tool), data };
  });
  const others = unknown.map(({ id, index, entry }): ImportedRecord => {
    const nativeType = asText(entry['role']) ?? asText(entry['type']) ?? '(no role)';
    return { kind: 'unknown', id, ...base, time: times[index] ?? start, data: { nativeType, raw: keepRaw(entry) } };
  });
  return [{ kind: 'session', ...base, time: start, data }, ...messages, ...others];
}

/**
 * When each entry was written. Older releases write no times: then it is when the request was sent that the entry is part of.
 * Never before the entry before it.
 */
function timesOf(entries: readonly JsonObject[], requests: readonly Request[], file: SourceFile): readonly string[] {
  const known = [...entries.map((entry) => fromMs(entry['ts'])), ...requests.map(({ at }) => fromMs(at))];
  let last = namedStart(file) ?? known.find((time) => time !== undefined) ?? modified(file);
  let answered = 0;
  return entries.map((entry) => {
    const time = fromMs(entry['ts'] ?? requests[answered]?.at);
    if (time !== undefined && time > last) last = time;
    if (entry['role'] === 'assistant') answered++;
    return last;
  });
}

/** Cline names a task by the moment it began. */
function namedStart(file: SourceFile): string | undefined {
  const id = taskId(file.path);
  return /^\d{13}$/.test(id) ? fromMs(Number(id)) : undefined;
}

function titleOf(messages: readonly ChatMessage[]): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  const prompt = messages.find(({ role, synthetic }) => role === 'user' && !synthetic);
  const words = prompt?.parts.find((part) => part.type === 'text');
  const title = words === undefined ? undefined : titleFrom(words.content);
  return title === undefined ? {} : { title, titleSource: 'first-prompt' };
}

function actorOf({ role, synthetic }: ChatMessage, tool: TaskTool): { readonly actor?: string } {
  if (role === 'assistant') return { actor: `agent:${tool.source}` };
  return role === 'user' && !synthetic ? { actor: 'user' } : {};
}
