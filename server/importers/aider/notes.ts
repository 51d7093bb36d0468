/** What Aider says of itself, line by line, in its notes. */

import type { Usage } from '../../../shared/session.ts';

/** What one line of a note tells. */
export interface Fact {
  readonly version?: string;
  readonly model?: string;
  readonly usage?: Usage;
  /** Path of a file that was edited, relative to the repository. */
  readonly edited?: string;
}

export function factOf(note: string): Fact {
  const version = /^Aider v(\S+)$/.exec(note)?.[1];
  if (version !== undefined) return { version };
  const model = /^(?:Main model|Model): (\S+) with /.exec(note)?.[1];
  if (model !== undefined) return { model };
  const edited = /^Applied edit to (.+)$/.exec(note)?.[1];
  if (edited !== undefined) return { edited };
  const usage = note.startsWith('Tokens: ') ? usageOf(note) : undefined;
  return usage === undefined ? {} : { usage };
}

/**
 * Tokens of one response, rounded as Aider prints them: `Tokens: 12k sent, 1.5k cache write, 9k cache hit, 1.2k received.`
 * What is sent includes what is written to the cache, and with most providers what is read from it.
 */
function usageOf(note: string): Usage | undefined {
  const sent = amount(note, 'sent');
  const received = amount(note, 'received');
  if (sent === undefined || received === undefined) return undefined;
  const written = amount(note, 'cache write');
  const hit = amount(note, 'cache hit');
  const cached = (written ?? 0) + (hit ?? 0);
  return {
    inputTokens: Math.max(0, sent >= cached ? sent - cached : sent - (written ?? 0)),
    ...(hit === undefined ? {} : { cacheReadTokens: hit }),
    ...(written === undefined ? {} : { cacheWriteTokens: written }),
    outputTokens: received,
  };
}

function amount(note: string, what: string): number | undefined {
  const match = new RegExp(`[ ,]([\\d.]{1,12})([kM]?) ${what}\\b`).exec(note);
  const count = match ? Number(match[1]) * (match[2] === 'k' ? 1e3 : match[2] === 'M' ? 1e6 : 1) : NaN;
  return Number.isFinite(count) ? Math.round(count) : undefined;
}
