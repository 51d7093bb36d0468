import type { ChatMessage, ChatSessionHeader, Part } from '../../../shared/session.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { ImportedRecord, ReaderState, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { present } from '../formats/fields.ts';
import { asObject, asString, asText, parseObject, type JsonObject } from '../formats/json.ts';
import { fromMs, fromText, modified } from '../formats/moment.ts';
import { fileUri } from '../formats/place.ts';
import { keepRaw } from '../formats/raw.ts';
import { titleFrom } from '../formats/title.ts';
import { formatName, leftOut, lineOf, sourceName, type Line } from './format.ts';
import { replyParts } from './parts.ts';
import { placeOf, workspaceIn } from './place.ts';
import { readUserText } from './userText.ts';

/** What is remembered from line to line. Plain JSON. */
interface Memory {
  /** RFC 3339; of the last line that had a time. */
  time?: string;
  /** RFC 3339. */
  startedAt?: string;
  title?: string;
  cwd?: string;
  unreadable: number;
  /** The header as it was last handed over. */
  emitted?: string;
}

/** Reads one transcript. See `open` of the contract. */
export function openReader(file: SourceFile, state?: ReaderState): SourceReader {
  const { session, parent, project } = placeOf(file.path);
  const memory = restore(state);
  let records: ImportedRecord[] = [];
  let problems: Problem[] = [];

  function push(unit: SourceUnit): void {
    const text = unit.text.replace(/^\uFEFF/, '');
    if (text.trim() === '') return;
    const value = parseObject(text);
    if (!value) return reportUnreadable(unit);
    const line = lineOf(value);
    const id = `at-${unit.offset}`;
    if (line.kind === 'message') readMessage(line, id);
    else if (line.kind === 'end') readEnd(line, id);
    else emit({ kind: 'unknown', id, data: { nativeType: line.nativeType, raw: keepRaw(value) }, ...base() });
  }

  function reportUnreadable({ line, offset }: SourceUnit): void {
    memory.unreadable += 1;
    const message = `Line ${line} of ${file.path} is not a JSON object and was skipped.`;
    problems.push({ code: 'malformed-line', message, where: { file: file.path, line, offset } });
  }

  function readMessage(line: Line & { kind: 'message' }, id: string): void {
    const time = fromText(line.at) ?? fromMs(line.at);
    if (time !== undefined) memory.time = time;
    if (line.role === 'user') return readUser(line.blocks, id);
    const parts = line.blocks.flatMap((block, index) => replyParts(block, `${id}#${index}`));
    if (project !== undefined) Object.assign(memory, present('cwd', memory.cwd ?? workspaceIn(parts, project)));
    const answers = parts.filter((part) => part.type === 'tool_call_response');
    emitMessage(id, { role: 'assistant', parts: parts.filter((part) => part.type !== 'tool_call_response'), responseId: id });
    if (answers.length > 0) emitMessage(`${id}#answers`, { role: 'tool', parts: answers });
  }

  function readUser(blocks: readonly unknown[], id: string): void {
    const said: Part[] = [];
    const injected: Part[] = [];
    const answers: Part[] = [];
    for (const [index, block] of blocks.entries()) {
      const value = asObject(block);
      const words = value?.['type'] === 'text' ? asString(value['text']) : undefined;
      const read = words === undefined ? undefined : readUserText(words);
      if (read?.time !== undefined) memory.time = read.time;
      if (read?.said !== undefined && read.said !== '') said.push({ type: 'text', content: read.said });
      injected.push(...(read?.injected ?? []).map((content) => ({ type: 'text' as const, content })));
      const others = words === undefined ? replyParts(block, `${id}#${index}`) : [];
      for (const part of others) (part.type === 'tool_call_response' ? answers : said).push(part);
    }
    if (answers.length > 0) emitMessage(`${id}#answers`, { role: 'tool', parts: answers });
    // An agent's task is its parent's words, not a person's.
    if (said.length > 0) emitMessage(id, { role: 'user', parts: said, ...(parent === undefined ? {} : { synthetic: true }) });
    if (injected.length > 0) emitMessage(`${id}#context`, { role: 'user', parts: injected, synthetic: true });
    const words = said.find((part) => part.type === 'text');
    if (words) Object.assign(memory, present('title', memory.title ?? titleFrom(words.content)));
  }

  function readEnd({ status, error }: Line & { kind: 'end' }, id: string): void {
    if (Object.hasOwn(leftOut, `turn_ended/${status}`)) return;
    const outcome = /abort|cancel/i.test(`${status} ${error ?? ''}`) ? 'cancelled' : 'failed';
    const content = error ?? `The turn ended: ${status}.`;
    emitMessage(id, { role: 'system', parts: [{ type: 'notice', content }], synthetic: true, outcome });
  }

  function emitMessage(id: string, data: ChatMessage): void {
    const actor = data.role === 'assistant' ? `agent:${sourceName}` : data.role === 'user' && !data.synthetic ? 'user' : undefined;
    emit({ kind: 'message', id, data, ...base(), ...present('actor', actor) });
  }

  function base(): { session: string; time: string; workspace?: string } {
    const time = (memory.time ??= modified(file));
    return { session, time, ...present('workspace', memory.cwd === undefined ? undefined : fileUri(memory.cwd)) };
  }

  function emit(record: ImportedRecord): void {
    memory.startedAt ??= record.time;
    records.push(record);
  }

  function take(): { records: readonly ImportedRecord[]; problems: readonly Problem[] } {
    const data = headerOf(memory, file.path, parent);
    const text = JSON.stringify(data);
    if (memory.startedAt !== undefined && text !== memory.emitted) {
      memory.emitted = text;
      records.push({ kind: 'session', data, ...base(), time: memory.startedAt });
    }
    const reading = { records, problems };
    records = [];
    problems = [];
    return reading;
  }

  return { push, take, state: () => ({ ...memory }) };
}

function headerOf(memory: Memory, origin: string, parent: string | undefined): ChatSessionHeader {
  return {
    ...(memory.title === undefined ? {} : { title: memory.title, titleSource: 'first-prompt' }),
    ...present('cwd', memory.cwd),
    agent: { name: 'Cursor' },
    ...(parent === undefined ? {} : { parent: `${sourceName}:${parent}`, relation: 'subagent' }),
    fidelity: 'partial',
    fidelityReason: reason(memory.unreadable),
    format: formatName,
    origin,
  };
}

function reason(unreadable: number): string {
  const missing = 'Cursor writes neither what tools answered nor token counts, and times of prompts only.';
  if (unreadable === 0) return missing;
  return `${missing} ${unreadable === 1 ? 'One line' : `${unreadable} lines`} of the file could not be read.`;
}

function restore(state: ReaderState | undefined): Memory {
  const saved: JsonObject = state ?? {};
  const unreadable = saved['unreadable'];
  return {
    unreadable: typeof unreadable === 'number' ? unreadable : 0,
    ...present('time', asText(saved['time'])),
    ...present('startedAt', asText(saved['startedAt'])),
    ...present('title', asText(saved['title'])),
    ...present('cwd', asText(saved['cwd'])),
    ...present('emitted', asText(saved['emitted'])),
  };
}
