/**
 * Reads the transcripts that the Copilot Chat extension writes when hooks are on.
 *
 * A transcript tells the same conversation as the session file VS Code keeps beside it, under the same session id but with ids of
 * its own for every message, so the two cannot be matched message by message. Therefore:
 * - where the session file is there and has requests, the messages of the transcript are `copied`: kept, and counted there;
 * - where it is not (VS Code lost or trimmed the session, only the transcript was handed in), the transcript is the session.
 * The session file may come later than the first lines of the transcript: it is looked for at every `take`, and when it turns up
 * the messages handed over before are handed over again as copies. Of one larger than what `neighbour` reads, twins.ts knows.
 */

import type { ChatSessionHeader } from '../../../shared/session.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { ImportedRecord, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { asObject, asText, parseObject } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { leftOutLines } from './format.ts';
import { promptTitle } from './header.ts';
import { fileStem, workspaceOf } from './place.ts';
import { bounded } from './raw.ts';
import { fromText } from './time.ts';
import { createLineMessages } from './transcriptLine.ts';

type Message = Extract<ImportedRecord, { kind: 'message' }>;

/** A reader for one transcript. */
export function openTranscript(file: SourceFile): SourceReader {
  const lines = createLineMessages();
  const start = { data: {} as JsonObject, session: fileStem(file.path), time: '' };
  let messages: Message[] = [];
  let unknown: ImportedRecord[] = [];
  let problems: Problem[] = [];
  let handedOver = 0;
  let copied = false;
  let lastHeader = '';
  let lastTime = fromText(file.modifiedAt) ?? file.modifiedAt;

  function push(unit: SourceUnit): void {
    if (unit.text.trim() === '') return;
    const line = parseObject(unit.text);
    const type = asText(line?.['type']);
    const data = asObject(line?.['data']);
    if (!line || type === undefined || !data) {
      const message = 'The line of the transcript is not a record with a type.';
      problems.push({ code: 'malformed-line', message, where: { file: file.path, line: unit.line, offset: unit.offset } });
      return;
    }
    lastTime = fromText(line['timestamp']) ?? lastTime;
    if (type === 'session.start') begin(data);
    else if (!Object.hasOwn(leftOutLines, type)) keep(line, type, data, unit.line);
  }

  function begin(data: JsonObject): void {
    // The session id is settled by the first record: what was handed over before cannot move to another session.
    if (start.time !== '' || messages.length > 0) return;
    Object.assign(start, { data, session: asText(data['sessionId']) ?? start.session, time: fromText(data['startTime']) ?? lastTime });
  }

  function keep(line: JsonObject, type: string, data: JsonObject, number: number): void {
    const id = asText(line['id']) ?? `line-${number}`;
    const base = { session: start.session, id, time: lastTime };
    const message = lines.message(type, data, lastTime);
    if (message === 'unknown') unknown.push({ ...base, kind: 'unknown', data: { nativeType: type, raw: bounded(line) } });
    else if (message) messages.push({ ...base, kind: 'message', ...actorOf(message.role), data: message });
  }

  function take(): { records: readonly ImportedRecord[]; problems: readonly Problem[] } {
    const found = problems;
    problems = [];
    return { records: records(), problems: found };
  }

  function records(): readonly ImportedRecord[] {
    if (messages.length === 0) return [];
    if (!copied && hasSessionFile(file, start.session)) {
      copied = true;
      handedOver = 0;
      messages = messages.map((message) => ({ ...message, data: { ...message.data, copied: true, twin: true } }));
    }
    const workspace = workspaceOf(file, '../../workspace.json');
    const place = workspace.uri === undefined ? {} : { workspace: workspace.uri };
    const fresh = [...messages.slice(handedOver), ...unknown].map((record) => ({ ...record, ...place }));
    handedOver = messages.length;
    unknown = [];
    return [...header(place, workspace.folder), ...fresh];
  }

  /** None where the session file has a fuller one. */
  function header(place: { readonly workspace?: string }, folder: string | undefined): readonly ImportedRecord[] {
    const data = headerOf(start.data, messages, file, folder);
    const time = start.time === '' ? (messages[0]?.time ?? lastTime) : start.time;
    const record: ImportedRecord = { kind: 'session', session: start.session, time, ...place, data };
    const text = JSON.stringify(record);
    if (copied || text === lastHeader) return [];
    lastHeader = text;
    return [record];
  }

  return { push, take, state: () => undefined };
}

function headerOf(data: JsonObject, messages: readonly Message[], file: SourceFile, folder: string | undefined): ChatSessionHeader {
  const version = asText(data['copilotVersion']);
  const cwd = asText(asObject(data['context'])?.['cwd']) ?? folder;
  const prompts = messages.filter((message) => message.data.role === 'user').flatMap((message) => message.data.parts);
  const title = prompts.map((part) => (part.type === 'text' ? promptTitle(part.content) : undefined)).find((text) => text !== undefined);
  return {
    ...(title === undefined ? {} : { title, titleSource: 'first-prompt' }),
    ...(cwd === undefined ? {} : { cwd }),
    agent: { name: 'Copilot Chat', ...(version === undefined ? {} : { version }) },
    fidelity: 'partial',
    fidelityReason: 'The transcript carries no models, token counts or edits.',
    format: file.format,
    origin: file.path,
  };
}

function hasSessionFile(file: SourceFile, session: string): boolean {
  // The id becomes part of a path: one with a slash or dots in it is not VS Code's.
  if (!/^[\w-]+$/.test(session)) return false;
  const candidates = ['jsonl', 'json'].map((extension) => file.neighbour(`../../chatSessions/${session}.${extension}`));
  return candidates.some((text) => text?.includes('"requestId"') === true);
}

function actorOf(role: string): { readonly actor?: string } {
  return role === 'user' ? { actor: 'user' } : { actor: 'agent:copilot-chat' };
}
