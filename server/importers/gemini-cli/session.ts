/** What is known of a session so far, and the header it makes. */

import { createHash } from 'node:crypto';
import type { ChatSessionHeader } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import type { SourceFile } from '../importer.ts';
import { asObject, asText, parseObject, type JsonObject } from '../formats/json.ts';
import { fromText, modified } from '../formats/moment.ts';
import { fileStem, fileUri, segments } from '../formats/place.ts';
import { titleFrom } from '../formats/title.ts';
import { formats, sourceName } from './format.ts';

/** Facts of one session; what is set first stays, where records depend on it. */
export interface Session {
  /** Native id; set by the first line that needs or tells it. */
  id?: string | undefined;
  /** RFC 3339. */
  startedAt?: string | undefined;
  /** RFC 3339; the time of the message before. */
  lastTime?: string;
  /** Absolute path. */
  cwd?: string | undefined;
  isAgent: boolean;
  /** The tool's own summary in a sentence. */
  summary?: string | undefined;
  firstPrompt?: string;
  /** Lines that could not be read. */
  unreadable: number;
  hasMessages: boolean;
}

/** A session of which nothing is known but where its file lies. */
export function newSession(file: SourceFile): Session {
  const cwd = projectRoot(file);
  return { isAgent: parentFolder(file.path) !== undefined, unreadable: 0, hasMessages: false, ...present('cwd', cwd) };
}

/** Takes over what a first line, a change or a document says of the session. */
export function learn(session: Session, fields: JsonObject, file: SourceFile): void {
  session.id ??= asText(fields['sessionId']);
  session.startedAt ??= fromText(fields['startTime']);
  if (fields['kind'] === 'subagent') session.isAgent = true;
  session.summary = asText(fields['summary']) ?? session.summary;
  session.cwd ??= rootByHash(asText(fields['projectHash']), file);
}

/** Session id and time of what was said just now. */
export function settle(session: Session, timestamp: unknown, file: SourceFile): { readonly session: string; readonly time: string } {
  session.id ??= fileStem(file.path);
  const time = fromText(timestamp) ?? session.lastTime ?? session.startedAt ?? modified(file);
  session.startedAt ??= time;
  session.lastTime = time;
  return { session: session.id, time };
}

export function headerOf(session: Session, file: SourceFile): ChatSessionHeader {
  const parent = session.isAgent ? parentFolder(file.path) : undefined;
  return {
    ...titleOf(session),
    ...present('cwd', session.cwd),
    agent: { name: 'Gemini CLI' },
    ...(parent === undefined ? {} : { parent: `${sourceName}:${parent}` }),
    ...(session.isAgent ? { relation: 'subagent' } : {}),
    ...(session.unreadable === 0 ? { fidelity: 'full' } : { fidelity: 'partial', fidelityReason: reasonFor(session.unreadable) }),
    format: file.format,
    origin: file.path,
  };
}

function titleOf(session: Session): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  const summary = session.summary === undefined ? undefined : titleFrom(session.summary);
  if (summary !== undefined) return { title: summary, titleSource: 'ai' };
  return session.firstPrompt === undefined ? {} : { title: session.firstPrompt, titleSource: 'first-prompt' };
}

function reasonFor(unreadable: number): string {
  return unreadable === 1 ? 'One line of the file could not be read.' : `${unreadable} lines of the file could not be read.`;
}

/** `chats/<session>.jsonl` is a person's session, `chats/<session>/<agent>.jsonl` one of an agent that it started. */
function parentFolder(path: string): string | undefined {
  const names = segments(path);
  return names.at(-3) === 'chats' ? names.at(-2) : undefined;
}

/** The project's folder, as the tool marks it beside `chats`. */
function projectRoot(file: SourceFile): string | undefined {
  const up = parentFolder(file.path) === undefined ? '../' : '../../';
  const path = file.neighbour(`${up}.project_root`)?.trim();
  return path !== undefined && fileUri(path) !== undefined ? path : undefined;
}

/** Older releases only tell a hash of the project's folder; a list of all folders lies at the top. */
function rootByHash(hash: string | undefined, file: SourceFile): string | undefined {
  const up = parentFolder(file.path) === undefined ? '../../../' : '../../../../';
  const list = hash === undefined ? undefined : file.neighbour(`${up}projects.json`);
  const paths = Object.keys(asObject(parseObject(list ?? '')?.['projects']) ?? {});
  return paths.find((path) => createHash('sha256').update(path).digest('hex') === hash);
}

/** Whether the file holds one document. */
export function isDocument(file: SourceFile): boolean {
  return file.format === formats.document;
}
