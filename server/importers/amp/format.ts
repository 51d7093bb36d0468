/**
 * Amp's threads: one JSON document per thread, rewritten whole. Amp's source is closed; learned from two readers of its files,
 * `src/providers/amp.rs` of https://github.com/jonathan-kellerai/cross_agent_session_resumer and
 * https://github.com/yigitkonur/cli-continues/pull/48, and from https://github.com/noamsto/houston/blob/main/docs/AMP_AGENT_SUPPORT.md.
 * Releases since May 2026 keep threads on a server (https://github.com/kenn-io/agentsview/issues/859): what is here is from before.
 */

import { asArray, asCount, asObject, asText, type JsonObject } from '../formats/json.ts';

/** Name of the format in recognitions and session headers. */
export const formatName = 'amp-thread-json';

/** The record's `source`. */
export const sourceName = 'amp';

/** What is known and carries nothing to keep. */
export const leftOut = {
  signature: 'Encrypted by the provider for itself.',
  userState: 'What was open in the editor, for the model.',
  trackFiles: 'Names of files that the call may change, which its arguments say too.',
} as const satisfies Record<string, string>;

/** One entry of a thread. */
export interface Entry {
  readonly value: JsonObject;
  readonly role: string;
  readonly blocks: readonly JsonObject[];
  /** Unique within the thread, and the same as long as what is before it stays. */
  readonly id: string;
}

/** The entries of a thread; undefined when the document is none. */
export function entriesOf(document: JsonObject): readonly Entry[] | undefined {
  const messages = asArray(document['messages']);
  if (!messages || asText(document['id']) === undefined) return undefined;
  const taken = new Set<string>();
  return messages.map((message, index) => {
    const value = asObject(message) ?? {};
    const number = asCount(value['messageId']);
    const own = number === undefined ? undefined : `message-${number}`;
    const id = own === undefined || taken.has(own) ? `item-${index}` : own;
    taken.add(id);
    return { value, role: asText(value['role']) ?? '', blocks: blocksIn(value['content']), id };
  });
}

function blocksIn(content: unknown): readonly JsonObject[] {
  const text = asText(content);
  if (text !== undefined) return [{ type: 'text', text }];
  return (asArray(content) ?? []).map((block) => asObject(block) ?? { raw: block });
}
