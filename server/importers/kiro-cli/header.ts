/** The header of a session. */

import { createHash } from 'node:crypto';
import type { ChatSessionHeader } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { formatName, sourceName } from './format.ts';
import type { Memory } from './memory.ts';
import type { Sidecar } from './sidecar.ts';

const nothingMore = 'Kiro writes down no token counts, and times of prompts only.';

export function headerOf(memory: Memory, { title, cwd, parent }: Sidecar, origin: string): ChatSessionHeader {
  return {
    ...titleOf(title, memory.firstPrompt),
    ...present('cwd', cwd),
    agent: { name: 'Kiro' },
    ...(parent === undefined ? {} : { parent: `${sourceName}:${parent}`, relation: 'subagent' }),
    fidelity: 'partial',
    fidelityReason: [nothingMore, ...reasonFor(memory.unreadable)].join(' '),
    format: formatName,
    origin,
  };
}

/** A short text that changes when the header does. */
export function fingerprint(header: ChatSessionHeader): string {
  return createHash('sha256').update(JSON.stringify(header)).digest('hex').slice(0, 16);
}

/** Kiro takes the first prompt for a title; whether another one is a person's or a model's, it does not say. */
function titleOf(given: string | undefined, firstPrompt: string | undefined): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  const start = given?.replace(/(?:…|\.{3})$/, '');
  const isPrompt = given === undefined || (firstPrompt !== undefined && start !== undefined && firstPrompt.startsWith(start));
  if (isPrompt) return firstPrompt === undefined ? {} : { title: firstPrompt, titleSource: 'first-prompt' };
  return { title: given };
}

function reasonFor(unreadable: number): readonly string[] {
  if (unreadable === 0) return [];
  return [unreadable === 1 ? 'One line of the file could not be read.' : `${unreadable} lines of the file could not be read.`];
}
