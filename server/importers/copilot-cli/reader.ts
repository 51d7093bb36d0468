import type { ChatMessage } from '../../../shared/session.ts';
import type { Problem } from '../../../shared/problem.ts';
import { present } from '../formats/fields.ts';
import type { ImportedRecord, Reading, ReaderState, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { parseObject } from '../formats/json.ts';
import { modified } from '../formats/moment.ts';
import { fileStem, fileUri, segments } from '../formats/place.ts';
import { keepRaw } from '../formats/raw.ts';
import { leftOut, plainId, readLine, sourceName, type Line } from './format.ts';
import { newMemory, restore, save, sessionIn, type Memory } from './memory.ts';
import { messageOf, type Context } from './messages.ts';
import { fingerprint, fullId, headerOf, nameByPrompt, placeOf, takeOver, type SessionMemory } from './session.ts';
import { newSpending, noteReply, settle } from './usage.ts';
import { sessionName, type SessionName } from './workspaceFile.ts';

/** Events that say something of their session and are no part of the conversation. */
const sessionEvents: ReadonlySet<string> = new Set([
  'session.start', 'session.resume', 'session.context_changed', 'session.model_change', 'session.auto_mode_resolved', 'subagent.started',
]);

/** Reads one file. See `open` of the contract. */
export function openReader(file: SourceFile, state?: ReaderState): SourceReader {
  const memory: Memory = state === undefined ? newMemory() : restore(state);
  const names = new Map<string, SessionName | undefined>();
  let records: ImportedRecord[] = [];
  let problems: Problem[] = [];

  function push(unit: SourceUnit): void {
    const text = unit.text.replace(/^\uFEFF/, '');
    if (text.trim() === '') return;
    const value = parseObject(text);
    if (value) readEvent(readLine(value), unit);
    else reportUnreadable(unit);
  }

  function reportUnreadable(unit: SourceUnit): void {
    memory.unreadable += 1;
    const message = `Line ${unit.line} of ${file.path} is not a JSON object and was skipped.`;
    problems.push({ code: 'malformed-line', message, where: { file: file.path, line: unit.line, offset: unit.offset } });
  }

  function readEvent(line: Line, unit: SourceUnit): void {
    if (line.type === 'session.start') begin(plainId(line.data['sessionId']));
    memory.main ??= sessionOf(file.path);
    memory.lastTime = line.timestamp ?? memory.lastTime ?? modified(file);
    const main = sessionIn(memory, memory.main);
    takeOver(main, line);
    const session = ownerOf(line, main);
    const id = line.id ?? `line-${unit.offset}`;
    const time = memory.lastTime;
    if (line.type === 'session.shutdown') keepUsage(line, main, id, time);
    else if (!sessionEvents.has(line.type) && !Object.hasOwn(leftOut, line.type)) keep(line, { session, calls: memory.calls, time, id });
  }

  /** A file holds one session; a copy of several, one after the other, says so. */
  function begin(session: string | undefined): void {
    if (session === undefined || session === memory.main) return;
    memory.main = session;
    memory.calls.clear();
    memory.spending = newSpending();
  }

  function keep(line: Line, context: Context): void {
    const { session, time, id } = context;
    const data = messageOf(line, context);
    if (data === 'repeated') return;
    if (data === undefined) {
      emit(session, { kind: 'unknown', id, data: { nativeType: line.type || '(no type)', raw: rawOf(line) }, ...baseOf(session, time) });
      return;
    }
    if (line.type === 'user.message') nameByMessage(session, data);
    if (data.responseId !== undefined && data.usage) {
      noteReply(memory.spending, data.model ?? '', { session: session.id, time, response: data.responseId, usage: data.usage });
    }
    emit(session, { kind: 'message', id, data, ...baseOf(session, time), ...actorOf(line, data) });
  }

  /** What the shutdown counts belongs to responses that were read before: it is told as one more message of each. */
  function keepUsage(line: Line, main: SessionMemory, id: string, time: string): void {
    const unknown = { session: main.id, time, response: id, usage: {} };
    for (const [index, { session, time: at, response, usage, model }] of settle(memory.spending, line.data, main.id, unknown).entries()) {
      const owner = sessionIn(memory, session);
      const data: ChatMessage = { role: 'assistant', parts: [], responseId: response, ...present('model', model || undefined), usage };
      emit(owner, { kind: 'message', id: `${id}#${index}`, data, ...baseOf(owner, at), ...actorOf(line, data) });
    }
  }

  /** The conversation of a line: the session's own, or that of one of its agents. */
  function ownerOf(line: Line, main: SessionMemory): SessionMemory {
    const call = line.type === 'subagent.started' ? plainId(line.data['toolCallId']) : undefined;
    const agent = line.agent ?? call;
    if (agent === undefined) return main;
    const id = `${main.id}:agent-${agent}`;
    const known = memory.sessions.get(id);
    if (known) return known;
    const task = memory.calls.get(call ?? agent)?.task;
    return sessionIn(memory, id, { ...placeOf(main), ...present('task', task), parent: fullId(main.id), relation: 'subagent' });
  }

  function emit(session: SessionMemory, record: ImportedRecord): void {
    session.startedAt ??= record.time;
    session.hasRecords = true;
    records.push(record);
  }

  function take(): Reading {
    const headers = [...memory.sessions.values()].flatMap(changedHeader);
    const reading = { records: [...records, ...headers], problems };
    records = [];
    problems = [];
    return reading;
  }

  function changedHeader(session: SessionMemory): ImportedRecord[] {
    if (!session.hasRecords || session.startedAt === undefined) return [];
    const isMain = session.relation !== 'subagent';
    const data = headerOf(session, file.path, isMain ? memory.unreadable : 0, isMain ? nameOf(session.id) : undefined);
    const mark = fingerprint(JSON.stringify(data));
    if (mark === session.emitted) return [];
    session.emitted = mark;
    return [{ kind: 'session', data, ...baseOf(session, session.startedAt) }];
  }

  function nameOf(session: string): SessionName | undefined {
    if (!names.has(session)) names.set(session, sessionName(file, session));
    return names.get(session);
  }

  return { push, take, state: () => save(memory) };
}

/** The session a path names: `<session>/events.jsonl`, or `<session>.jsonl`. */
function sessionOf(path: string): string {
  const stem = fileStem(path);
  return stem === 'events' ? (segments(path).at(-2) ?? stem) : stem;
}

function nameByMessage(session: SessionMemory, message: ChatMessage): void {
  const text = message.parts.find((part) => part.type === 'text');
  if (text && (!message.synthetic || session.relation === 'subagent')) nameByPrompt(session, text.content);
}

/** Two of the fields that are encrypted for the service have names of Copilot's own. */
function rawOf({ value, data }: Line): unknown {
  const { reasoningOpaque, encryptedContent, ...rest } = data;
  return keepRaw(reasoningOpaque === undefined && encryptedContent === undefined ? value : { ...value, data: rest });
}

function baseOf(session: SessionMemory, time: string): { session: string; time: string; workspace?: string } {
  return { session: session.id, time, ...present('workspace', session.cwd === undefined ? undefined : fileUri(session.cwd)) };
}

function actorOf(line: Line, { role, synthetic }: ChatMessage): { actor?: string } {
  if (role === 'assistant') return { actor: `agent:${sourceName}` };
  const isByPerson = (role === 'user' && !synthetic) || line.type === 'tool.user_requested';
  return isByPerson ? { actor: 'user' } : {};
}
