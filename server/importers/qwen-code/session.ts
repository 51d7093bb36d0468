/** What is known of one session so far, and the header it makes. */

import type { ChatSessionHeader } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import type { SourceFile } from '../importer.ts';
import { asText, parseObject } from '../formats/json.ts';
import { segments } from '../formats/place.ts';
import { titleFrom } from '../formats/title.ts';
import { formatName, sourceName, type Line } from './format.ts';

export interface Session {
  /** Native id: the session's own, or `<session>:agent-<agent>`. */
  readonly id: string;
  /** RFC 3339. */
  readonly startedAt: string;
  cwd?: string;
  branch?: string;
  version?: string;
  /** Session id with source. */
  parent?: string;
  relation?: 'fork' | 'subagent';
  readonly titles: { user?: string; ai?: string; prompt?: string };
  hasMessages: boolean;
}

/** The session a line begins: that of `main`, or of its agent. */
export function newSession(line: Line, main: string, time: string, file: SourceFile): Session {
  const base = { startedAt: time, titles: {}, hasMessages: false };
  if (line.agentId === undefined) return { ...base, id: main };
  const title = agentTitle(file);
  return { ...base, id: sessionOf(line, main), parent: `${sourceName}:${main}`, relation: 'subagent', titles: present('ai', title) };
}

/** Native id of the session that a line belongs to. */
export function sessionOf(line: Line, main: string): string {
  return line.agentId === undefined ? main : `${main}:agent-${line.agentId}`;
}

/** Takes over what a line says of its session. */
export function takeOver(session: Session, line: Line): void {
  if (line.cwd !== undefined) session.cwd ??= line.cwd;
  if (line.version !== undefined) session.version = line.version;
  // A detached checkout is no branch.
  if (line.gitBranch !== undefined && line.gitBranch !== 'HEAD') session.branch = line.gitBranch;
  if (line.forkedFrom !== undefined && line.forkedFrom !== session.id && session.relation !== 'subagent') {
    session.parent = `${sourceName}:${line.forkedFrom}`;
    session.relation = 'fork';
  }
  if (line.subtype === 'parent_session') adopt(session, asText(line.payload['parentSessionId']));
  if (line.subtype === 'custom_title') rename(session, line);
}

function adopt(session: Session, parent: string | undefined): void {
  if (parent === undefined || session.parent !== undefined) return;
  session.parent = `${sourceName}:${parent}`;
  session.relation = 'subagent';
}

/** A title without a source is from before the tool made titles itself. */
function rename(session: Session, line: Line): void {
  const title = titleFrom(asText(line.payload['customTitle']) ?? '');
  const source = asText(line.payload['titleSource']) ?? 'manual';
  if (title !== undefined) session.titles[source === 'manual' ? 'user' : 'ai'] = title;
}

/** The first prompt, for want of a better title. */
export function nameByPrompt(session: Session, text: string): void {
  const title = titleFrom(text);
  if (title !== undefined) session.titles.prompt ??= title;
}

/** The header; `unreadable` is the number of lines of the file that could not be read. */
export function headerOf(session: Session, origin: string, unreadable: number): ChatSessionHeader {
  return {
    ...titleOf(session.titles),
    ...present('cwd', session.cwd),
    ...present('git', session.branch === undefined ? undefined : { branch: session.branch }),
    agent: { name: 'Qwen Code', ...present('version', session.version) },
    ...present('parent', session.parent),
    ...present('relation', session.relation),
    ...(unreadable === 0 ? { fidelity: 'full' } : { fidelity: 'partial', fidelityReason: reasonFor(unreadable) }),
    format: formatName,
    origin,
  };
}

function titleOf({ user, ai, prompt }: Session['titles']): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  if (user !== undefined) return { title: user, titleSource: 'user' };
  if (ai !== undefined) return { title: ai, titleSource: 'ai' };
  return prompt === undefined ? {} : { title: prompt, titleSource: 'first-prompt' };
}

/** What the agent was started for, from the small file beside its own. */
function agentTitle(file: SourceFile): string | undefined {
  const name = segments(file.path).at(-1)?.replace(/\.jsonl$/, '.meta.json');
  const text = name?.endsWith('.meta.json') ? file.neighbour(name) : undefined;
  return titleFrom(asText(parseObject(text ?? '')?.['description']) ?? '');
}

function reasonFor(unreadable: number): string {
  return unreadable === 1 ? 'One line of the file could not be read.' : `${unreadable} lines of the file could not be read.`;
}
