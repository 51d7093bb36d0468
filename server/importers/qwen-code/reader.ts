/**
 * Reads session files. A turn may be taken back as long as the session goes on, so a reader keeps the messages in memory and saves no
 * state: a new process reads the file once more.
 */

import type { ChatMessage } from '../../../shared/session.ts';
import type { Problem } from '../../../shared/problem.ts';
import { present } from '../formats/fields.ts';
import type { ImportedRecord, Reading, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { asArray, asObject, asText, parseObject } from '../formats/json.ts';
import { modified } from '../formats/moment.ts';
import { fileStem, fileUri } from '../formats/place.ts';
import { keepRaw } from '../formats/raw.ts';
import { kindOf, readLine, sourceName, type Line } from './format.ts';
import { createHistory, type History, type Kept } from './history.ts';
import { createMeasures } from './measures.ts';
import { calledFiles, messagesOf } from './messages.ts';
import { headerOf, nameByPrompt, newSession, sessionOf, takeOver, type Session } from './session.ts';

/** What every record of a session says besides itself. */
interface Place {
  readonly session: string;
  readonly time: string;
  readonly workspace?: string;
}

/** One session of the file: the main one, or an agent's. */
interface Thread {
  readonly session: Session;
  readonly history: History<Place>;
  /** The model response that is being written. */
  responseId?: string | undefined;
  lastHeader?: string;
}

export function openReader(file: SourceFile): SourceReader {
  const threads = new Map<string, Thread>();
  const paths = new Map<string, string>();
  const measures = createMeasures();
  let main: string | undefined;
  let lastTime: string | undefined;
  let unreadable = 0;
  let unknown: ImportedRecord[] = [];
  let problems: Problem[] = [];

  function push(unit: SourceUnit): void {
    const text = unit.text.replace(/^\uFEFF/, '');
    if (text.trim() === '') return;
    const value = parseObject(text);
    if (value) readRecord(readLine(value), unit);
    else reportUnreadable(unit);
  }

  function reportUnreadable(unit: SourceUnit): void {
    unreadable += 1;
    report(unit, 'malformed-line', `Line ${unit.line} of ${file.path} is not a JSON object and was skipped.`);
  }

  function report(unit: SourceUnit, code: string, message: string): void {
    problems.push({ code, message, where: { file: file.path, line: unit.line, offset: unit.offset } });
  }

  function readRecord(line: Line, unit: SourceUnit): void {
    main ??= line.sessionId ?? fileStem(file.path);
    lastTime = line.timestamp ?? lastTime ?? modified(file);
    const thread = threadOf(line, main, lastTime);
    takeOver(thread.session, line);
    measures.note(line);
    const place = placeOf(thread.session, lastTime);
    const id = line.uuid ?? `line-${unit.offset}`;
    const messages = messagesOf(line, knownOf(thread, line, id), id);
    if (!messages) return keepUnknown(thread, line, id, place);
    thread.history.link(id, line.parentUuid);
    keep(thread, isCopied(line, main) ? messages.map(copyOf) : messages, { id, unit, place });
    if (line.subtype === 'rewind') rewind(thread, line, unit);
  }

  function threadOf(line: Line, session: string, time: string): Thread {
    const id = sessionOf(line, session);
    const known = threads.get(id);
    if (known) return known;
    const thread: Thread = { session: newSession(line, session, time, file), history: createHistory() };
    threads.set(id, thread);
    return thread;
  }

  function knownOf(thread: Thread, line: Line, id: string): Parameters<typeof messagesOf>[1] {
    const isReply = line.type === 'assistant';
    if (line.type === 'user' || line.type === 'tool_result') thread.responseId = undefined;
    if (isReply) thread.responseId = continues(line) ? (thread.responseId ?? id) : id;
    const durationMs = isReply ? measures.response(line) : line.type === 'tool_result' ? callDuration(line) : undefined;
    return { responseId: thread.responseId ?? id, ...present('durationMs', durationMs), pathOf: (call) => paths.get(call) };
  }

  function callDuration(line: Line): number | undefined {
    const answers = (asArray(line.message['parts']) ?? []).map((part) => asObject(asObject(part)?.['functionResponse']));
    const [only, ...others] = answers.filter((answer) => answer !== undefined);
    const name = others.length === 0 ? asText(only?.['name']) : undefined;
    return name === undefined ? undefined : measures.call(name);
  }

  function keep(thread: Thread, messages: readonly ChatMessage[], met: { id: string; unit: SourceUnit; place: Place }): void {
    const before = thread.history.of(met.id);
    // A line that is written twice is one; an id that another line uses again is told apart by its place.
    if (before.length > 0 && JSON.stringify(before.map(wordsOf)) === JSON.stringify(messages.map((data) => wordsOf({ data })))) return;
    const base = before.length > 0 ? `${met.id}@${met.unit.offset}` : met.id;
    thread.history.add(met.id, messages.map((data, index) => ({ id: index === 0 ? base : `${base}#${index}`, data, place: met.place })));
    if (messages.length > 0) thread.session.hasMessages = true;
    for (const message of messages) {
      for (const [call, path] of calledFiles(message)) paths.set(call, path);
      nameThread(thread, message);
    }
  }

  function rewind(thread: Thread, line: Line, unit: SourceUnit): void {
    const isRooted = line.parentUuid !== undefined || line.value['parentUuid'] === null;
    if (isRooted && thread.history.rewind(line.parentUuid)) return;
    report(unit, 'unknown-message', `Line ${unit.line} of ${file.path} goes back to a line that the session does not have.`);
  }

  function keepUnknown(thread: Thread, line: Line, id: string, place: Place): void {
    thread.history.link(id, line.parentUuid);
    // Of one id there may be both: a line whose kind is not known, and one that is a message.
    unknown.push({ kind: 'unknown', id: `${id}#unknown`, ...place, data: { nativeType: kindOf(line), raw: keepRaw(line.value) } });
    thread.session.hasMessages = true;
  }

  function take(): Reading {
    const messages = [...threads.values()].flatMap(({ history }) => history.take().map(recordOf));
    const reading = { records: [...messages, ...unknown, ...[...threads.values()].flatMap(changedHeader)], problems };
    unknown = [];
    problems = [];
    return reading;
  }

  function changedHeader(thread: Thread): readonly ImportedRecord[] {
    const { session } = thread;
    if (!session.hasMessages) return [];
    const header: ImportedRecord = {
      kind: 'session', ...placeOf(session, session.startedAt), data: headerOf(session, file.path, unreadable),
    };
    const text = JSON.stringify(header);
    if (text === thread.lastHeader) return [];
    thread.lastHeader = text;
    return [header];
  }

  return { push, take, state: () => undefined };
}

/** An agent writes each call of a response on a line of its own, after the words. */
function continues(line: Line): boolean {
  const parts = asArray(line.message['parts']) ?? [];
  const isCalls = parts.length > 0 && parts.every((part) => asObject(asObject(part)?.['functionCall']) !== undefined);
  return line.agentId !== undefined && isCalls && line.value['usageMetadata'] === undefined;
}

/** A line of another session, or one a fork says it copied, was recorded there first. */
function isCopied(line: Line, main: string): boolean {
  return line.forkedFrom !== undefined || (line.sessionId !== undefined && line.sessionId !== main);
}

function copyOf(message: ChatMessage): ChatMessage {
  return { ...message, copied: true };
}

function wordsOf({ data }: { readonly data: ChatMessage }): unknown {
  return [data.role, data.parts];
}

/** An agent's first message is its task: nobody's prompt, but what it is about. */
function nameThread({ session }: Thread, message: ChatMessage): void {
  if (message.role !== 'user' || (message.synthetic && session.relation !== 'subagent')) return;
  const text = message.parts.find((part) => part.type === 'text');
  if (text) nameByPrompt(session, text.content);
}

function placeOf(session: Session, time: string): Place {
  return { session: session.id, time, ...present('workspace', session.cwd === undefined ? undefined : fileUri(session.cwd)) };
}

function recordOf({ id, data, place }: Kept<Place>): ImportedRecord {
  return { kind: 'message', id, ...place, ...actorOf(data), data };
}

function actorOf(message: ChatMessage): { readonly actor?: string } {
  if (message.role === 'assistant') return { actor: `agent:${sourceName}` };
  return message.role === 'user' && !message.synthetic ? { actor: 'user' } : {};
}
