/** How a tool goes on with a session of its own. */

import type { SessionSummary } from '../shared/results.ts';

/** The command line before the session's id, by source: from each tool's own help. */
const resumes: Readonly<Record<string, readonly string[]>> = {
  'claude-code': ['claude', '--resume'],
  codex: ['codex', 'resume'],
  'copilot-cli': ['copilot', '--resume'],
  'gemini-cli': ['gemini', '--resume'],
  'qwen-code': ['qwen', '--resume'],
};

/** Ids come from files that others write: what could mean anything to a shell is none. */
const plainId = /^[A-Za-z0-9][A-Za-z0-9_-]{7,127}$/;

/** What to type in a terminal; undefined where the tool cannot, or the id is not one. */
export function resumeCommand({ id, source, relation }: Pick<SessionSummary, 'id' | 'source' | 'relation'>): string | undefined {
  const words = Object.hasOwn(resumes, source) ? resumes[source] : undefined;
  const own = id.startsWith(`${source}:`) ? id.slice(source.length + 1) : '';
  return words && relation === undefined && plainId.test(own) ? [...words, own].join(' ') : undefined;
}
