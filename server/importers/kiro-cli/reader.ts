import type { ChatMessage } from '../../../shared/session.ts';
import type { Problem } from '../../../shared/problem.ts';
import { present } from '../formats/fields.ts';
import type { ImportedRecord, Reading, ReaderState, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { parseObject } from '../formats/json.ts';
import { modified } from '../formats/moment.ts';
import { fileStem, fileUri } from '../formats/place.ts';
import { keepRaw } from '../formats/raw.ts';
import { titleFrom } from '../formats/title.ts';
import { readLine, sourceName, type Line } from './format.ts';
import { fingerprint, headerOf } from './header.ts';
import { restore, type Memory } from './memory.ts';
import { messageOf } from './messages.ts';
import { readSidecar } from './sidecar.ts';

/** Reads one file. See `open` of the contract. */
export function openReader(file: SourceFile, state?: ReaderState): SourceReader {
  const memory: Memory = state === undefined ? { unreadable: 0 } : restore(state);
  const sidecar = readSidecar(file);
  const workspace = sidecar.cwd === undefined ? undefined : fileUri(sidecar.cwd);
  let records: ImportedRecord[] = [];
  let problems: Problem[] = [];

  function push(unit: SourceUnit): void {
    const text = unit.text.replace(/^\uFEFF/, '');
    if (text.trim() === '') return;
    const value = parseObject(text);
    if (value) keep(readLine(value), unit);
    else reportUnreadable(unit);
  }

  function reportUnreadable(unit: SourceUnit): void {
    memory.unreadable += 1;
    const message = `Line ${unit.line} of ${file.path} is not a JSON object and was skipped.`;
    problems.push({ code: 'malformed-line', message, where: { file: file.path, line: unit.line, offset: unit.offset } });
  }

  /** A line without a time has that of the line before: for an answer, the time of its prompt. */
  function keep(line: Line, unit: SourceUnit): void {
    memory.session ??= sessionOf(file.path, line);
    memory.lastTime = line.timestamp ?? memory.lastTime ?? sidecar.createdAt ?? modified(file);
    memory.startedAt ??= memory.lastTime;
    const id = line.id ?? `line-${unit.offset}`;
    const base = { ...baseOf(memory.session, memory.lastTime), id };
    const data = messageOf(line, sidecar.parent !== undefined, id);
    if (data) {
      nameByPrompt(data);
      records.push({ ...base, kind: 'message', data, ...actorOf(data) });
    } else {
      records.push({ ...base, kind: 'unknown', data: { nativeType: line.kind || '(no kind)', raw: keepRaw(line.value) } });
    }
  }

  /** A subagent's first message is its task: nobody's prompt, but what it is about. */
  function nameByPrompt(message: ChatMessage): void {
    const text = message.role === 'user' ? message.parts.find((part) => part.type === 'text') : undefined;
    const title = text && titleFrom(text.content);
    if (title !== undefined) memory.firstPrompt ??= title;
  }

  function take(): Reading {
    const reading = { records: [...records, ...changedHeader()], problems };
    records = [];
    problems = [];
    return reading;
  }

  function changedHeader(): readonly ImportedRecord[] {
    if (memory.session === undefined || memory.startedAt === undefined) return [];
    const data = headerOf(memory, sidecar, file.path);
    const mark = fingerprint(data);
    if (mark === memory.emitted) return [];
    memory.emitted = mark;
    return [{ ...baseOf(memory.session, memory.startedAt), kind: 'session', data }];
  }

  function baseOf(session: string, time: string): { session: string; time: string; workspace?: string } {
    return { session, time, ...present('workspace', workspace) };
  }

  return { push, take, state: () => ({ ...memory }) };
}

/** Files are named after their session; a copy under another name is told by its first message. */
function sessionOf(path: string, first: Line): string {
  const stem = fileStem(path);
  const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(stem);
  return isUuid ? stem : (first.id ?? stem);
}

function actorOf(message: ChatMessage): { actor?: string } {
  if (message.role === 'assistant') return { actor: `agent:${sourceName}` };
  return message.role === 'user' && !message.synthetic ? { actor: 'user' } : {};
}
