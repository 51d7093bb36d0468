/** Which session a line belongs to. */

import type { SourceFile } from '../importer.ts';
import type { Line } from './format.ts';

/** The record's `source`. */
export const sourceName = 'claude-code';

/** What a path says: `<session>.jsonl`, `<session>/subagents/…/agent-<agent>.jsonl`, or `agent-<agent>.jsonl` beside the sessions. */
export interface FileName {
  /** The file's own name. */
  readonly base: string;
  /** The session, where the path names one. */
  readonly session?: string;
  /** The subagent the whole file belongs to. */
  readonly agent?: string;
}

export function fileName(path: string): FileName {
  const segments = path.split(/[\\/]/);
  const base = segments.at(-1) ?? path;
  const stem = base.replace(/\.[^.]*$/, '');
  const agent = /^agent-(.+)$/.exec(stem)?.[1];
  if (agent === undefined) return { base, session: stem };
  const owner = segments[segments.lastIndexOf('subagents') - 1];
  return owner ? { base, session: owner, agent } : { base, agent };
}

/**
 * The session of a file whose first line with a session id says `first`. It is the one in the file's name when lines say so; a file
 * that begins with lines of another session (a resumed or forked one, replayed) says so later. A file that was copied under another
 * name never does.
 */
export function mainSession(name: FileName, first: string, file: SourceFile): string {
  if (name.session === undefined || name.session === first || !isUuid(name.session)) return first;
  const text = file.neighbour(name.base);
  return text !== undefined && !text.includes(`"${name.session}"`) ? first : name.session;
}

/** The agent a line belongs to, `undefined` for a line of the main conversation and '' for an agent without an id. */
export function agentOf(name: FileName, line: Line): string | undefined {
  if (name.agent !== undefined) return name.agent;
  return line.isSidechain ? (line.agentId ?? '') : undefined;
}

/** Native session id of an agent of a session. */
export function agentSession(main: string, agent: string): string {
  return agent === '' ? `${main}:sidechain` : `${main}:agent-${agent}`;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
