/** What is known of one session so far, and the header it makes. */

import { createHash } from 'node:crypto';
import type { ChatSessionHeader } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asObject, asText, type JsonObject } from '../formats/json.ts';
import { titleFrom } from '../formats/title.ts';
import { formatName, sourceName, type Line } from './format.ts';
import type { SessionName } from './workspaceFile.ts';

/** Plain JSON: it is kept between two readers. */
export interface SessionMemory {
  readonly id: string;
  /** RFC 3339; the first timestamp of the session. */
  startedAt?: string;
  cwd?: string;
  branch?: string;
  commit?: string;
  remote?: string;
  version?: string;
  /** The model that answers, as far as events say: older messages do not. */
  model?: string;
  /** Session id with source. */
  parent?: string;
  relation?: 'subagent' | 'continuation';
  /** What the tool calls a subagent's task. */
  task?: string;
  firstPrompt?: string;
  /** The response whose messages are being read. */
  response?: { readonly id: string; readonly message?: string; readonly reasoning?: string };
  hasRecords: boolean;
  /** Hash of the header as it was last handed over. */
  emitted?: string;
}

/** Takes over what an event says of its session. */
export function takeOver(session: SessionMemory, line: Line): void {
  if (line.timestamp !== undefined) session.startedAt ??= line.timestamp;
  const { type, data } = line;
  if (type === 'session.start' || type === 'session.resume') takeContext(session, asObject(data['context']) ?? {});
  if (type === 'session.context_changed') takeContext(session, data);
  const version = asText(data['copilotVersion']);
  if (type === 'session.start' && version !== undefined) session.version = version;
  const parent = asText(data['detachedFromSpawningParentSessionId']);
  if (type === 'session.start' && parent !== undefined) Object.assign(session, { parent: fullId(parent), relation: 'continuation' });
  const model = asText(data['chosenModel']) ?? asText(data['newModel']) ?? asText(data['selectedModel']);
  if (type.startsWith('session.') && model !== undefined && model !== 'auto') session.model = model;
}

/** The folder stays that of the start; branch and commit follow the work. */
function takeContext(session: SessionMemory, context: JsonObject): void {
  const { cwd, branch, commit, remote } = session;
  const host = asText(context['repositoryHost']);
  const repository = asText(context['repository']);
  const address = host !== undefined && repository !== undefined ? `https://${host}/${repository}` : repository;
  Object.assign(session, {
    ...present('cwd', cwd ?? asText(context['cwd'])),
    ...present('branch', asText(context['branch']) ?? branch),
    ...present('commit', asText(context['headCommit']) ?? commit),
    ...present('remote', address ?? remote),
  });
}

/** What a subagent shares with the session it works for. */
export function placeOf({ cwd, branch, commit, remote, version }: SessionMemory): Partial<SessionMemory> {
  return {
    ...present('cwd', cwd),
    ...present('branch', branch),
    ...present('commit', commit),
    ...present('remote', remote),
    ...present('version', version),
  };
}

/** Remembers the first prompt, and a subagent's task, as what the session may be called. */
export function nameByPrompt(session: SessionMemory, text: string): void {
  const title = titleFrom(text);
  if (title !== undefined) session.firstPrompt ??= title;
}

/** The header; `unreadable` is the number of lines of the file that could not be read. */
export function headerOf(session: SessionMemory, origin: string, unreadable: number, name: SessionName | undefined): ChatSessionHeader {
  const git = { ...present('branch', session.branch), ...present('commit', session.commit), ...present('remote', session.remote) };
  return {
    ...titleOf(session, name),
    ...present('cwd', session.cwd),
    ...present('git', Object.keys(git).length > 0 ? git : undefined),
    agent: { name: 'Copilot CLI', ...present('version', session.version) },
    ...present('parent', session.parent),
    ...present('relation', session.relation),
    ...(unreadable === 0 ? { fidelity: 'full' } : { fidelity: 'partial', fidelityReason: reasonFor(unreadable) }),
    format: formatName,
    origin,
  };
}

/** A short text that is the same for the same text. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Session id with source, as `parent` names it. */
export function fullId(session: string): string {
  return `${sourceName}:${session}`;
}

function titleOf({ task, firstPrompt }: SessionMemory, name: SessionName | undefined): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  if (name) return name;
  if (task !== undefined) return { title: task, titleSource: 'ai' };
  return firstPrompt === undefined ? {} : { title: firstPrompt, titleSource: 'first-prompt' };
}

function reasonFor(unreadable: number): string {
  return unreadable === 1 ? 'One line of the file could not be read.' : `${unreadable} lines of the file could not be read.`;
}
