/** What a model can learn from a session, told from its records alone, in another way than the exporters do. */

import type { SessionDocument } from '../../../shared/results.ts';

/** A message of a record, or of a format that is like it. */
export interface Message {
  readonly role?: string;
  readonly content?: string | null;
  readonly tool_calls?: readonly { readonly id: string }[];
  readonly tool_call_id?: string;
  readonly parts?: readonly { readonly type: string; readonly content?: string; readonly id?: string }[];
  readonly synthetic?: boolean;
  readonly superseded?: boolean;
  readonly copied?: boolean;
}

/** Questions between the first one and the last words of an answer; none when all answers are another session's. */
export function questionsOf({ turns }: SessionDocument): string[] {
  const said = turns.flatMap(({ records }) => records).map(({ data }) => data as Message).filter(({ parts, synthetic, superseded }) => Array.isArray(parts) && !synthetic && !superseded);
  const answered = new Set(turns.flatMap(({ records }) => records).flatMap(({ data }) => (data as Message).parts ?? []).flatMap((part) => (part.type === 'tool_call_response' ? [part.id] : [])));
  const words = (message: Message): string => (message.parts ?? []).flatMap((part) => (part.type === 'text' && part.content?.trim() ? [part.content] : [])).join('\n\n');
  const isUse = (message: Message): boolean => words(message) !== '' || (message.parts ?? []).some((part) => part.type === 'tool_call' && answered.has(part.id));
  const first = said.findIndex((message) => message.role === 'user' && words(message) !== '');
  const last = said.findLastIndex((message) => message.role === 'assistant' && words(message) !== '');
  if (first === -1 || last < first || !said.slice(first, last + 1).some((message) => message.role === 'assistant' && !message.copied && isUse(message))) return [];
  return said.slice(first, last).filter(({ role }) => role === 'user').map(words).filter((text) => text !== '');
}
