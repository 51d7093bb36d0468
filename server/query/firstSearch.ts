/** A first search for a person who does not know yet what to look for: something of their own that is found. */

import type { SearchSuggestion, SessionDocument } from '../../shared/results.ts';
import type { ChatMessage } from '../../shared/session.ts';
import { pathNames } from './document/toolEdits.ts';

export interface FirstSearchWorld {
  readonly read: (id: string) => SessionDocument | null;
  /** Whether a search has any result. */
  readonly finds: (query: string) => boolean;
}

/** Shorter ones say little, in any language. */
const shortestWord = 4;

/**
 * The file that the tools of the newest session were busy with most, or else the first words of its title; undefined where neither is found.
 * @param ids of sessions, the newest first; no more of them are read than have to be
 */
export function firstSearch(ids: readonly string[], { read, finds }: FirstSearchWorld): SearchSuggestion | undefined {
  for (const id of ids) {
    const document = read(id);
    if (!document) continue;
    const query = [...filesOf(document), ...phrasesOf(document.session.title)].find(finds);
    if (query !== undefined) return { query, session: document.session.id, title: document.session.title };
  }
  return undefined;
}

/** Names of files in calls, the most frequent first. */
function filesOf({ turns }: SessionDocument): string[] {
  const counts = new Map<string, number>();
  const messages = turns.flatMap(({ records }) => records).filter(({ type }) => type === 'dev.daybook.chat.message');
  for (const part of messages.flatMap(({ data }) => (data as ChatMessage).parts)) {
    if (part.type !== 'tool_call' || typeof part.arguments !== 'object' || part.arguments === null) continue;
    const fields = part.arguments as Readonly<Record<string, unknown>>;
    const path = pathNames.map((name) => fields[name]).find((value) => typeof value === 'string');
    const name = typeof path === 'string' ? path.split(/[\\/]/).at(-1) ?? '' : '';
    // Such a name needs no quotes, whatever the language of queries is.
    if (/^[\p{L}\p{N}][\p{L}\p{N}._-]{2,38}\.[a-z0-9]{1,8}$/iu.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

function phrasesOf(title: string): string[] {
  const words = (title.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length >= shortestWord && word !== 'OR');
  return words.length === 0 ? [] : [words.slice(-2).join(' '), words.slice(0, 2).join(' '), ...words];
}
