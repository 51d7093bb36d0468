/** Which words of a user message a person wrote, and which the tool put there. */

import { createHash } from 'node:crypto';

import type { Part } from '../../../shared/session.ts';
import { textOf } from './content.ts';

export interface Said {
  readonly person: readonly Part[];
  readonly injected: readonly Part[];
}

const injectedStarts = [
  '# AGENTS.md instructions', '<environment_context>', '<user_instructions>', '<permissions instructions>', '<collaboration_mode>',
  '<turn_aborted>', '<skill>', '<INSTRUCTIONS>', '<hook_prompt', '<codex_internal_context', '<user_shell_command>', '<user_action>',
  '<subagent_notification>', '<goal_context>', '<model_switch>',
];
// Editor extensions put what is open there before what was asked.
const contextStart = '# Context from my IDE setup:';
const requestStart = '\n## My request for Codex:';

/** The parts of a user message, told apart. Text that cannot be told to be the tool's is the person's. */
export function tellApart(parts: readonly Part[]): Said {
  const person: Part[] = [];
  const injected: Part[] = [];
  for (const part of parts) {
    const [before, own] = part.type === 'text' ? splitText(part.content) : [undefined, part];
    if (before !== undefined) injected.push({ type: 'text', content: before });
    if (own !== undefined) person.push(typeof own === 'string' ? { type: 'text', content: own } : own);
  }
  return { person, injected };
}

/** Short marks by which two lines that say the same words are known: of the whole text, and of each piece. */
export function marksOf(parts: readonly Part[]): readonly string[] {
  const texts = [textOf(parts), ...parts.flatMap((part) => (part.type === 'text' ? [part.content] : []))];
  return [...new Set(texts.map((text) => createHash('sha256').update(text.trim()).digest('base64url').slice(0, 12)))];
}

/** The working directory that the injected context names. */
export function contextCwd(parts: readonly Part[]): string | undefined {
  const text = textOf(parts);
  const context = text.indexOf('<environment_context>');
  const start = context === -1 ? -1 : text.indexOf('<cwd>', context);
  const end = text.indexOf('</cwd>', start);
  return start === -1 || end === -1 ? undefined : text.slice(start + '<cwd>'.length, end).trim();
}

/** What the tool put before the person's words, and these. */
function splitText(text: string): readonly [string | undefined, string | undefined] {
  const trimmed = text.trimStart();
  if (injectedStarts.some((start) => trimmed.startsWith(start)) || isElement(trimmed.trimEnd())) return [text, undefined];
  const request = trimmed.startsWith(contextStart) ? trimmed.indexOf(requestStart) : -1;
  if (request === -1) return [undefined, text];
  return [trimmed.slice(0, request), trimmed.slice(request + requestStart.length).trim()];
}

/** Whether the text is one element whose name has words joined by `_`: nobody but the tool names elements so. */
function isElement(text: string): boolean {
  const name = /^<([a-z]+(?:_[a-z]+)+)[ >]/.exec(text.slice(0, 100))?.[1];
  return name !== undefined && text.endsWith(`</${name}>`);
}
