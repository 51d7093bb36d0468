/**
 * Reads session files, lines and documents. A message may be changed or taken back as long as the session goes on, so a reader keeps
 * the conversation in memory and saves no state: a new process reads the file once more.
 */

import type { ChatMessage } from '../../../shared/session.ts';
import type { Problem } from '../../../shared/problem.ts';
import { present } from '../formats/fields.ts';
import type { ImportedRecord, Reading, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { asArray, asObject, asText, parseObject, type JsonObject } from '../formats/json.ts';
import { fileUri } from '../formats/place.ts';
import { keepRaw } from '../formats/raw.ts';
import { titleFrom } from '../formats/title.ts';
import { createConversation } from './conversation.ts';
import { sessionFields, sourceName } from './format.ts';
import type { Native } from './message.ts';
import { headerOf, isDocument, learn, newSession, settle } from './session.ts';
import { workingDirectory } from './userText.ts';

/** What every record of a session says besides itself. */
interface Place {
  readonly session: string;
  readonly time: string;
  readonly workspace?: string;
}

/** Where a message or change was met; `id` stands in for one of its own. */
interface Met {
  readonly id: string;
  readonly from: Native['from'];
}

export function openReader(file: SourceFile): SourceReader {
  const session = newSession(file);
  const conversation = createConversation<Place>();
  let unknown: ImportedRecord[] = [];
  let problems: Problem[] = [];
  let lastHeader = '';

  function push(unit: SourceUnit): void {
    const text = unit.text.replace(/^\uFEFF/, '');
    if (text.trim() === '') return;
    const value = parseObject(text);
    if (isDocument(file)) readDocument(value, unit);
    else if (value) readLine(value, unit);
    else reportUnreadable(unit, 'malformed-line', `Line ${unit.line} of ${file.path} is not a JSON object and was skipped.`);
  }

  function readDocument(value: JsonObject | undefined, unit: SourceUnit): void {
    const messages = asArray(value?.['messages']);
    if (!value || !messages || asText(value['sessionId']) === undefined) {
      reportUnreadable(unit, 'malformed-document', `${file.path} does not hold a whole chat session and was not read.`);
      return;
    }
    readFields(value, unit);
    readMessages(messages, unit, 'document');
  }

  function readLine(value: JsonObject, unit: SourceUnit): void {
    const rewindTo = asText(value['$rewindTo']);
    const changes = asObject(value['$set']);
    const met: Met = { id: `line-${unit.offset}`, from: 'line' };
    if (rewindTo !== undefined) rewind(rewindTo, unit);
    else if (asText(value['id']) !== undefined) readMessage(value, met);
    else if (changes) readChanges(changes, unit);
    else if (asText(value['sessionId']) !== undefined && asText(value['projectHash']) !== undefined) readFields(value, unit);
    else keepUnknown(value, '(no type)', met.id);
  }

  function rewind(id: string, unit: SourceUnit): void {
    if (conversation.rewind(id)) return;
    report(unit, 'unknown-message', `Line ${unit.line} of ${file.path} takes back a message that the session does not have.`);
  }

  function readChanges(changes: JsonObject, unit: SourceUnit): void {
    readFields(changes, unit);
    const messages = asArray(changes['messages']);
    if (messages) conversation.list(readMessages(messages, unit, 'list'));
  }

  function readFields(fields: JsonObject, unit: SourceUnit): void {
    learn(session, fields, file);
    for (const [key, value] of Object.entries(fields)) {
      if (!sessionFields.has(key)) keepUnknown(value, `$set/${key}`, `line-${unit.offset}-${key}`);
    }
  }

  /** The ids of the messages that were read. */
  function readMessages(messages: readonly unknown[], unit: SourceUnit, from: Native['from']): readonly string[] {
    return messages.flatMap((item, index) => {
      const value = asObject(item) ?? { item };
      readMessage(value, { id: `line-${unit.offset}-${index}`, from });
      return asText(value['id']) ?? [];
    });
  }

  function readMessage(value: JsonObject, met: Met): void {
    const id = asText(value['id']);
    const type = asText(value['type']) ?? '(no type)';
    if (id === undefined) return keepUnknown(value, type, met.id);
    const { session: sessionId, time } = settle(session, value['timestamp'], file);
    if (type === 'user') notePlace(value);
    const place = { session: sessionId, time, ...present('workspace', session.cwd === undefined ? undefined : fileUri(session.cwd)) };
    const said = conversation.write({ id, type, value, from: met.from }, session.isAgent, place);
    // Of one id there may be both: a message whose kind is not known at first.
    if (!said) return keepUnknown(value, type, `${id}#unknown`);
    session.hasMessages = true;
    said.forEach(nameByPrompt);
  }

  /** The tool tells the model where it works; where nothing else told, that is the session's folder. */
  function notePlace(value: JsonObject): void {
    const first = asArray(value['content'])?.[0] ?? value['content'];
    const text = asText(asObject(first)?.['text']) ?? asText(first);
    const cwd = session.cwd === undefined && text !== undefined ? workingDirectory(text) : undefined;
    if (cwd !== undefined && fileUri(cwd) !== undefined) session.cwd = cwd;
  }

  function keepUnknown(value: unknown, nativeType: string, unknownId: string): void {
    const { session: id, time } = settle(session, undefined, file);
    unknown.push({ kind: 'unknown', session: id, time, id: unknownId, data: { nativeType, raw: keepRaw(value) } });
    session.hasMessages = true;
  }

  function reportUnreadable(unit: SourceUnit, code: string, message: string): void {
    session.unreadable += 1;
    report(unit, code, message);
  }

  function report(unit: SourceUnit, code: string, message: string): void {
    problems.push({ code, message, where: { file: file.path, line: unit.line, offset: unit.offset } });
  }

  function take(): Reading {
    const messages = conversation.take().map(({ id, data, place }): ImportedRecord => {
      return { kind: 'message', id, ...place, ...actorOf(data), data };
    });
    const reading = { records: [...messages, ...unknown, ...changedHeader()], problems };
    unknown = [];
    problems = [];
    return reading;
  }

  /** An agent's first message is its task: nobody's prompt, but what it is about. */
  function nameByPrompt(message: ChatMessage): void {
    if (session.firstPrompt !== undefined || message.role !== 'user' || (message.synthetic && !session.isAgent)) return;
    const text = message.parts.find((part) => part.type === 'text');
    const title = text && titleFrom(text.content);
    if (title !== undefined) session.firstPrompt = title;
  }

  function changedHeader(): readonly ImportedRecord[] {
    if (!session.hasMessages || session.id === undefined || session.startedAt === undefined) return [];
    const workspace = session.cwd === undefined ? undefined : fileUri(session.cwd);
    const header: ImportedRecord = {
      kind: 'session', session: session.id, time: session.startedAt, ...present('workspace', workspace), data: headerOf(session, file),
    };
    const text = JSON.stringify(header);
    if (text === lastHeader) return [];
    lastHeader = text;
    return [header];
  }

  return { push, take, state: () => undefined };
}

function actorOf(message: ChatMessage): { readonly actor?: string } {
  if (message.role === 'assistant') return { actor: `agent:${sourceName}` };
  return message.role === 'user' && !message.synthetic ? { actor: 'user' } : {};
}
