/** What is known of one session so far, and the header it makes. */

import { createHash } from 'node:crypto';

import type { ChatSessionHeader } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asObject, asText, type JsonObject } from '../formats/json.ts';
import { fromText } from '../formats/moment.ts';
import { titleFrom } from '../formats/title.ts';
import { fullId } from './identity.ts';

/** Plain JSON: it is kept between two readers. */
export interface SessionMemory {
  readonly id: string;
  /** RFC 3339. */
  startedAt?: string;
  cwd?: string;
  version?: string;
  git?: { readonly branch?: string; readonly commit?: string; readonly remote?: string };
  /** Session id with source. */
  parent?: string;
  relation?: 'fork' | 'subagent';
  /** Titles by where they are from: the name a person gave, the first prompt, the first prompt of the copied part. */
  titles: Readonly<Record<string, string>>;
  /** Whether a record was made of any line; a file that only has settings holds no session. */
  hasRecords: boolean;
  /** Hash of the header as it was last handed over. */
  emitted?: string;
}

type TitleOrigin = 'name' | 'prompt' | 'copied';
const titleOrder: readonly TitleOrigin[] = ['name', 'prompt', 'copied'];

export function newSession(id: string): SessionMemory {
  return { id, titles: {}, hasRecords: false };
}

/** Takes over what a session_meta says. A later one of the same session, written when it is resumed, adds to an earlier one. */
export function describe(session: SessionMemory, meta: JsonObject): void {
  const git = asObject(meta['git']);
  const parent = parentOf(meta);
  Object.assign(session, {
    ...present('startedAt', session.startedAt ?? fromText(meta['timestamp'])),
    ...present('cwd', session.cwd ?? asText(meta['cwd'])),
    ...present('version', asText(meta['cli_version'])),
    ...present('git', git ? gitOf(git) : undefined),
    ...present('parent', session.parent ?? (parent === undefined || parent === session.id ? undefined : fullId(parent))),
    ...present('relation', session.relation ?? relationOf(meta)),
  });
}

/** Ids of the sessions that a session_meta names as where it comes from. */
export function ancestorsOf(meta: JsonObject): readonly string[] {
  const named = [meta['forked_from_id'], meta['parent_thread_id'], spawn(meta)?.['parent_thread_id']];
  return named.flatMap((id) => present('id', asText(id)).id ?? []).filter((id) => id !== meta['id']);
}

/** Remembers a title; of names the last counts, of prompts the first. */
export function nameSession(session: SessionMemory, origin: TitleOrigin, text: string): void {
  if (origin !== 'name' && Object.hasOwn(session.titles, origin)) return;
  const title = titleFrom(text);
  if (title !== undefined) session.titles = { ...session.titles, [origin]: title };
}

/** The header; `reason` says why the session is not complete. */
export function headerOf(session: SessionMemory, format: string, origin: string, reason: string | undefined): ChatSessionHeader {
  return {
    ...titleOf(session.titles),
    ...present('cwd', session.cwd),
    ...present('git', session.git),
    agent: { name: 'Codex', ...present('version', session.version) },
    ...present('parent', session.parent),
    ...present('relation', session.relation),
    ...(reason === undefined ? { fidelity: 'full' } : { fidelity: 'partial', fidelityReason: reason }),
    format,
    origin,
  };
}

/** A short text that changes when the header does. */
export function fingerprint(header: ChatSessionHeader): string {
  return createHash('sha256').update(JSON.stringify(header)).digest('hex').slice(0, 16);
}

/** A session as an earlier reader saved it; undefined when it is not one. */
export function restoreSession(value: unknown): SessionMemory | undefined {
  const saved = asObject(value);
  const id = asText(saved?.['id']);
  if (!saved || id === undefined) return undefined;
  return { ...(saved as JsonObject & SessionMemory), id, titles: { ...(asObject(saved['titles']) as Record<string, string> | undefined) } };
}

function relationOf(meta: JsonObject): SessionMemory['relation'] {
  const source = asObject(meta['source']);
  if (source?.['subagent'] !== undefined || meta['thread_source'] === 'subagent') return 'subagent';
  return asText(meta['forked_from_id']) === undefined ? undefined : 'fork';
}

function parentOf(meta: JsonObject): string | undefined {
  const forkedFrom = asText(meta['forked_from_id']);
  if (relationOf(meta) !== 'subagent') return forkedFrom;
  return asText(meta['parent_thread_id']) ?? asText(spawn(meta)?.['parent_thread_id']) ?? forkedFrom;
}

function spawn(meta: JsonObject): JsonObject | undefined {
  return asObject(asObject(asObject(meta['source'])?.['subagent'])?.['thread_spawn']);
}

function gitOf(git: JsonObject): NonNullable<SessionMemory['git']> {
  return {
    ...present('branch', asText(git['branch'])),
    ...present('commit', asText(git['commit_hash'])),
    // An address may hold the name and password with which it was cloned.
    ...present('remote', asText(git['repository_url'])?.replace(/^([a-z+]{1,20}:\/\/)[^/@]{1,500}@/i, '$1')),
  };
}

function titleOf(titles: SessionMemory['titles']): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  const origin = titleOrder.find((name) => Object.hasOwn(titles, name));
  const title = origin === undefined ? undefined : titles[origin];
  return title === undefined ? {} : { title, titleSource: origin === 'name' ? 'user' : 'first-prompt' };
}
