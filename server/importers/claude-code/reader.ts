import type { ChatMessage } from '../../../shared/session.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { ImportedRecord, ReaderState, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { asText, parseObject } from '../formats/json.ts';
import { instant, leftOut, messageTypes, present, readLine, titleFields, type Line } from './format.ts';
import { agentOf, agentSession, fileName, mainSession } from './identity.ts';
import { newMemory, rememberSummary, restore, save, sessionIn, type Memory } from './memory.ts';
import { messagesOf, queuedPrompt } from './messages.ts';
import { keepRaw } from './raw.ts';
import { fingerprint, fullId, headerOf, nameSession, takeOver, type SessionMemory } from './session.ts';
import { agentDescription } from './agentMeta.ts';
import { workspaceUri } from './workspace.ts';

/** Lines of unknown kinds that are held back at most until a line says which session and time it is. */
const maxWaiting = 100;

/** Reads one file. See `open` of the contract. */
export function openReader(file: SourceFile, state?: ReaderState): SourceReader {
  const name = fileName(file.path);
  const memory: Memory = state === undefined ? newMemory() : restore(state);
  const waiting: { readonly line: Line; readonly unit: SourceUnit }[] = [];
  let records: ImportedRecord[] = [];
  let problems: Problem[] = [];

  function push(unit: SourceUnit): void {
    const text = unit.text.replace(/^\uFEFF/, '');
    if (text.trim() === '') return;
    const value = parseObject(text);
    if (!value) return reportUnreadable(unit);
    const line = readLine(value);
    learn(line);
    if (titleFields.has(line.type)) readTitle(line);
    else readRecord(line, unit);
    if (line.uuid !== undefined) matchSummary(line.uuid);
  }

  function reportUnreadable(unit: SourceUnit): void {
    memory.unreadable += 1;
    const message = `Line ${unit.line} of ${file.path} is not a JSON object and was skipped.`;
    problems.push({ code: 'malformed-line', message, where: { file: file.path, line: unit.line, offset: unit.offset } });
  }

  /** Session and time, as far as the line tells. */
  function learn(line: Line): void {
    const { sessionId } = line;
    if (sessionId !== undefined) memory.main = sessionId === name.session ? sessionId : (memory.main ?? mainSession(name, sessionId, file));
    if (line.timestamp !== undefined) memory.lastTime = line.timestamp;
    if (memory.main !== undefined && memory.lastTime !== undefined) release();
  }

  /** Goes on with what there is when the file does not tell: its name and its own time. */
  function assume(): { main: string; time: string } {
    memory.main ??= name.session ?? name.base;
    memory.lastTime ??= instant(file.modifiedAt) ?? new Date(0).toISOString();
    release();
    return { main: memory.main, time: memory.lastTime };
  }

  function release(): void {
    for (const { line, unit } of waiting.splice(0)) keepUnknown(line, unit);
  }

  function readTitle(line: Line): void {
    const title = asText(line.value[titleFields.get(line.type) ?? '']);
    if (title === undefined || (line.sessionId !== undefined && line.sessionId !== memory.main)) return;
    // A summary is of the conversation that ends with its leaf, which often is in another file.
    const leaf = line.type === 'summary' ? asText(line.value['leafUuid']) : undefined;
    if (leaf !== undefined) {
      rememberSummary(memory, leaf, title);
      if (memory.lastUuid !== undefined) matchSummary(memory.lastUuid);
    } else if (memory.main !== undefined) {
      nameSession(ownerOf(line, memory.main), line.type, title);
    }
  }

  function matchSummary(uuid: string): void {
    memory.lastUuid = uuid;
    const summary = memory.summaries.get(uuid);
    if (summary !== undefined && memory.main !== undefined && name.agent === undefined) {
      nameSession(sessionIn(memory, memory.main), 'summary', summary);
    }
  }

  function readRecord(line: Line, unit: SourceUnit): void {
    const inAgent = agentOf(name, line) !== undefined;
    const id = idOf(line, unit);
    const queued = line.type === 'attachment' ? queuedPrompt(line, inAgent, id) : undefined;
    const messages = queued ?? (messageTypes.has(line.type) ? messagesOf(line, inAgent, id) : undefined);
    if (messages) keepMessages(messages, line, id);
    else if (!Object.hasOwn(leftOut, line.type)) keepUnknown(line, unit);
    else if (memory.main !== undefined) takeOver(ownerOf(line, memory.main), line);
  }

  function keepMessages(messages: readonly ChatMessage[], line: Line, id: string): void {
    const { main, time } = assume();
    const session = ownerOf(line, main);
    takeOver(session, line);
    const copied = isCopied(line, main);
    traceBack(session, line, main, copied);
    for (const [index, message] of messages.entries()) {
      nameByPrompt(session, message);
      const data = copied ? { ...message, copied: true as const } : message;
      emit(session, { kind: 'message', id: index === 0 ? id : `${id}#${index}`, data, ...baseOf(session, time), ...actorOf(message) });
    }
  }

  function keepUnknown(line: Line, unit: SourceUnit): void {
    if ((memory.main === undefined || memory.lastTime === undefined) && waiting.length < maxWaiting) {
      waiting.push({ line, unit });
      return;
    }
    const { main, time } = assume();
    const session = ownerOf(line, main);
    takeOver(session, line);
    const nativeType = [line.type || '(no type)', ...(line.subtype === undefined ? [] : [line.subtype])].join('/');
    const data = { nativeType, raw: keepRaw(line.value) };
    emit(session, { kind: 'unknown', id: idOf(line, unit), data, ...baseOf(session, time) });
  }

  function ownerOf(line: Line, main: string): SessionMemory {
    const agent = agentOf(name, line);
    if (agent === undefined) return sessionIn(memory, main);
    const id = agentSession(main, agent);
    const known = memory.sessions.get(id);
    return known ?? sessionIn(memory, id, { parent: fullId(main), relation: 'subagent', titles: agentDescription(name, file) });
  }

  function emit(session: SessionMemory, record: ImportedRecord): void {
    session.startedAt ??= record.time;
    session.hasRecords = true;
    records.push(record);
  }

  function take(): { records: readonly ImportedRecord[]; problems: readonly Problem[] } {
    const headers = [...memory.sessions.values()].flatMap(changedHeader);
    const reading = { records: [...records, ...headers], problems };
    records = [];
    problems = [];
    return reading;
  }

  function changedHeader(session: SessionMemory): ImportedRecord[] {
    if (!session.hasRecords || session.startedAt === undefined) return [];
    const ownsFile = session.id === memory.main || name.agent !== undefined;
    const data = headerOf(session, file.path, ownsFile ? memory.unreadable : 0);
    const mark = fingerprint(data);
    if (mark === session.emitted) return [];
    session.emitted = mark;
    return [{ kind: 'session', data, ...baseOf(session, session.startedAt) }];
  }

  return { push, take, state: () => (waiting.length > 0 ? undefined : save(memory)) };
}

function idOf(line: Line, unit: SourceUnit): string {
  return line.uuid ?? `line-${unit.offset}`;
}

/** A line of another session, or one a fork says it copied, was recorded there first. */
function isCopied(line: Line, main: string): boolean {
  return line.forkedFrom !== undefined || (line.sessionId !== undefined && line.sessionId !== main);
}

/** Notes the session that this one came from: replays stand at its beginning. */
function traceBack(session: SessionMemory, line: Line, main: string, copied: boolean): void {
  if (!copied) session.hasOwn = true;
  if (!copied || session.relation === 'subagent' || session.relation === 'fork') return;
  if (line.forkedFrom !== undefined && line.forkedFrom !== main) {
    session.parent = fullId(line.forkedFrom);
    session.relation = 'fork';
  } else if (!session.hasOwn && session.parent === undefined && line.sessionId !== undefined && line.sessionId !== main) {
    session.parent = fullId(line.sessionId);
    session.relation = 'continuation';
  }
}

/** An agent's first message is its task: nobody's prompt, but what it is about. */
function nameByPrompt(session: SessionMemory, message: ChatMessage): void {
  if (message.role !== 'user' || (message.synthetic && session.relation !== 'subagent')) return;
  const text = message.parts.find((part) => part.type === 'text');
  if (text) nameSession(session, 'prompt', text.content);
}

function baseOf(session: SessionMemory, time: string): { session: string; time: string; workspace?: string } {
  return { session: session.id, time, ...present('workspace', session.cwd === undefined ? undefined : workspaceUri(session.cwd)) };
}

function actorOf(message: ChatMessage): { actor?: string } {
  if (message.role === 'assistant') return { actor: 'agent:claude-code' };
  return message.role === 'user' && !message.synthetic ? { actor: 'user' } : {};
}
