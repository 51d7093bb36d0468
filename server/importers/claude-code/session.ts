/** What is known of one session so far, and the header it makes. */

import { createHash } from 'node:crypto';

import type { ChatSessionHeader } from '../../../shared/session.ts';
import { asObject, asText, type JsonObject } from '../formats/json.ts';
import { formatName, present, titleFields, type Line } from './format.ts';
import { sourceName } from './identity.ts';
import { titleFrom } from './title.ts';

/** Plain JSON: it is kept between two readers. */
export interface SessionMemory {
  readonly id: string;
  /** RFC 3339; the first timestamp of the session. */
  startedAt?: string;
  cwd?: string;
  branch?: string;
  version?: string;
  /** Session id with source. */
  parent?: string;
  relation?: 'fork' | 'subagent' | 'continuation';
  /** Titles by the kind of line they are from, and `prompt` for the first prompt. */
  titles: Readonly<Record<string, string>>;
  /** Whether a record was made of any line; a session that only has settings is none. */
  hasRecords: boolean;
  /** Whether a line of the conversation was the session's own, not a replay. */
  hasOwn: boolean;
  /** Hash of the header as it was last handed over. */
  emitted?: string;
}

/** Takes over what a line says of its session. */
export function takeOver(session: SessionMemory, line: Line): void {
  if (line.timestamp !== undefined) session.startedAt ??= line.timestamp;
  if (line.cwd !== undefined) session.cwd ??= line.cwd;
  if (line.version !== undefined) session.version = line.version;
  // A detached checkout is no branch.
  if (line.gitBranch !== undefined && line.gitBranch !== 'HEAD') session.branch = line.gitBranch;
}

/** Remembers a title; the first prompt stays the first, of every other kind the last counts. */
export function nameSession(session: SessionMemory, kind: string, text: string): void {
  if (kind === 'prompt' && Object.hasOwn(session.titles, kind)) return;
  const title = titleFrom(text);
  if (title !== undefined) session.titles = { ...session.titles, [kind]: title };
}

/** The header; `unreadable` is the number of lines of its file that could not be read. */
export function headerOf(session: SessionMemory, origin: string, unreadable: number): ChatSessionHeader {
  return {
    ...titleOf(session.titles),
    ...present('cwd', session.cwd),
    ...present('git', session.branch === undefined ? undefined : { branch: session.branch }),
    agent: { name: 'Claude Code', ...present('version', session.version) },
    ...present('parent', session.parent),
    ...present('relation', session.relation),
    ...(unreadable === 0 ? { fidelity: 'full' } : { fidelity: 'partial', fidelityReason: reasonFor(unreadable) }),
    format: formatName,
    origin,
  };
}

/** A short text that changes when the header does. */
export function fingerprint(header: ChatSessionHeader): string {
  return createHash('sha256').update(JSON.stringify(header)).digest('hex').slice(0, 16);
}

/** Session id with source, as `parent` names it. */
export function fullId(session: string): string {
  return `${sourceName}:${session}`;
}

/** A session as an earlier reader saved it; undefined when it is not one. */
export function restoreSession(value: unknown): SessionMemory | undefined {
  const saved = asObject(value);
  const id = asText(saved?.['id']);
  return saved && id !== undefined ? { ...(saved as JsonObject & SessionMemory), id, titles: stringsOf(saved['titles']) } : undefined;
}

function titleOf(titles: SessionMemory['titles']): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  const order = [...titleFields.keys(), 'prompt'];
  const kind = order.find((name) => Object.hasOwn(titles, name));
  const title = kind === undefined ? undefined : titles[kind];
  if (title === undefined) return {};
  return { title, titleSource: kind === 'prompt' ? 'first-prompt' : kind === 'ai-title' || kind === 'summary' ? 'ai' : 'user' };
}

function reasonFor(unreadable: number): string {
  return unreadable === 1 ? 'One line of the file could not be read.' : `${unreadable} lines of the file could not be read.`;
}

function stringsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(asObject(value) ?? {}).flatMap(([key, item]) => (asText(item) ? [[key, String(item)]] : [])));
}
