import type { ImportedRecord, ReaderState, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { asCount, asText, parseObject } from '../formats/json.ts';
import { modified } from '../formats/moment.ts';
import { fileStem, segments } from '../formats/place.ts';
import { keepRaw } from '../formats/raw.ts';
import type { Problem } from '../../../shared/problem.ts';
import { createConversation, idOf, workspaceOf, type Place } from './conversation.ts';
import { formats, leftOut, readLine, type Line } from './format.ts';
import { namedSession } from './identity.ts';
import { newFlow, newMemory, restore, save, type Memory } from './memory.ts';
import { meetAncestor, newReplay, passTurn } from './replay.ts';
import { ancestorsOf, describe, fingerprint, headerOf, nameSession, newSession, type SessionMemory } from './session.ts';
import { createTurns, type MessageRecord, type Turns } from './turns.ts';

/** Reads one file. See `open` of the contract. */
export function openReader(file: SourceFile, state?: ReaderState): SourceReader {
  const { push, take, state: saved } = openRollout(file, state);
  return { push, take, state: saved };
}

function openRollout(file: SourceFile, state?: ReaderState): SourceReader & { readonly turns: () => Turns } {
  const named = namedSession(file.path);
  const memory: Memory = state === undefined ? newMemory() : restore(state);
  let turns = createTurns(state === undefined);
  let records: ImportedRecord[] = [];
  let problems: Problem[] = [];
  const conversation = createConversation(memory, () => turns, emit);

  function push(unit: SourceUnit): void {
    const text = unit.text.replace(/^\uFEFF/, '');
    if (text.trim() === '') return;
    const value = parseObject(text);
    if (!value) return reportUnreadable(unit);
    const line = readLine(value);
    if (line.timestamp !== undefined) memory.lastTime = line.timestamp;
    if (line.type === 'session_meta') meetSession(line, unit);
    else readRecord(line, unit);
  }

  function reportUnreadable(unit: SourceUnit): void {
    memory.unreadable += 1;
    report('malformed-line', `Line ${unit.line} of ${file.path} is not a JSON object and was skipped.`, unit);
  }

  function report(code: string, message: string, { line, offset }: SourceUnit): void {
    problems.push({ code, message, where: { file: file.path, line, offset } });
  }

  /** A header begins the file's session, adds to it, or is that of a session it comes from, whose lines follow as copies. */
  function meetSession(line: Line, unit: SourceUnit): void {
    const id = asText(line.payload['id']) ?? memory.current ?? named ?? fileStem(file.path);
    const { current, flow } = memory;
    const ancestors = ancestorsOf(line.payload);
    const isOwnFile = current !== undefined && current.toLowerCase() === named;
    if (id === current) {
      describe(sessionIn(memory, id), line.payload);
    } else if (current !== undefined && (isOwnFile || flow.replay?.ancestors.includes(id))) {
      flow.replay = meetAncestor(flow.replay ?? newReplay(current, line, [], now()), [id, ...ancestors]);
    } else {
      begin(id, line, ancestors, unit);
    }
  }

  function begin(id: string, line: Line, ancestors: readonly string[], unit: SourceUnit): void {
    if (memory.current !== undefined) conversation.settle(placeOf(unit));
    memory.current = id;
    describe(sessionIn(memory, id), line.payload);
    memory.flow = { ...newFlow(), replay: newReplay(id, line, ancestors, now()) };
    turns = createTurns(true);
  }

  function readRecord(line: Line, unit: SourceUnit): void {
    const place = placeOf(unit);
    if (memory.flow.replay) passTurn(memory.flow.replay, line);
    if (line.nativeType === 'event_msg/thread_rolled_back') return takeBack(asCount(line.payload['num_turns']) ?? 0, unit);
    const name = line.nativeType === 'event_msg/thread_name_updated' ? asText(line.payload['thread_name']) : undefined;
    // A copied name is the parent's.
    if (name !== undefined && !memory.flow.replay?.active) nameSession(place.session, 'name', name);
    if (conversation.read(line, place) || Object.hasOwn(leftOut, line.nativeType)) return;
    const { session, time } = place;
    const data = { nativeType: line.nativeType, raw: keepRaw(line.payload) };
    emit({ kind: 'unknown', id: idOf(line, unit), data, session: session.id, time, ...workspaceOf(session) });
  }

  /** Hands the messages of the last turns over again, as taken back. */
  function takeBack(count: number, unit: SourceUnit): void {
    const settled = conversation.settle(placeOf(unit));
    const taken = turns.takeBack(count) ?? readTurnsAgain(unit, settled)?.takeBack(count);
    if (!taken) {
      report('rewind-not-marked', `Line ${unit.line} of ${file.path} takes messages back that could not be read again. They are not marked.`, unit);
    }
    for (const record of taken ?? []) emit({ ...record, data: { ...record.data, superseded: true } });
  }

  /** The turns before a line, from the file itself, and what the line settled: a reader that goes on from a saved state has not seen them. */
  function readTurnsAgain(unit: SourceUnit, settled: MessageRecord | undefined): Turns | undefined {
    const text = file.neighbour(segments(file.path).at(-1) ?? '');
    const units = text === undefined ? [] : unitsBefore(text, unit.line);
    if (units.at(-1)?.line !== unit.line - 1) return undefined;
    const reader = openRollout(file);
    for (const each of units) reader.push(each);
    turns = reader.turns();
    if (settled) turns.add(settled, unit.text.length);
    return turns;
  }

  /** Session and time of a line; what the file does not tell, its name and its own time do. */
  function placeOf(unit: SourceUnit): Place {
    memory.current ??= named ?? fileStem(file.path);
    return { session: sessionIn(memory, memory.current), time: now(), unit };
  }

  function now(): string {
    memory.lastTime ??= modified(file);
    return memory.lastTime;
  }

  function emit(record: ImportedRecord): void {
    const session = sessionIn(memory, record.session);
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
    const data = headerOf(session, file.format, file.path, incompleteness());
    const mark = fingerprint(data);
    if (mark === session.emitted) return [];
    session.emitted = mark;
    return [{ kind: 'session', data, session: session.id, time: session.startedAt, ...workspaceOf(session) }];
  }

  function incompleteness(): string | undefined {
    const { unreadable } = memory;
    if (unreadable > 0) return unreadable === 1 ? 'One line of the file could not be read.' : `${unreadable} lines of the file could not be read.`;
    return file.format === formats.flat ? 'Releases before September 2025 wrote no times.' : undefined;
  }

  return { push, take, state: () => (conversation.isWaiting() ? undefined : save(memory)), turns: () => turns };
}

function sessionIn(memory: Memory, id: string): SessionMemory {
  const session = memory.sessions.get(id) ?? newSession(id);
  memory.sessions.set(id, session);
  return session;
}

/** The lines of a text before the one of this number. */
function unitsBefore(text: string, end: number): readonly SourceUnit[] {
  let offset = 0;
  return text.split('\n', end - 1).map((line, index) => {
    const unit = { text: line.replace(/\r$/, ''), line: index + 1, offset };
    offset += Buffer.byteLength(line) + 1;
    return unit;
  });
}
