/**
 * Continue's sessions: one JSON document per session, rewritten whole. Learned from `Session`, `ChatHistoryItem`, `ToolCallState` and
 * `ChatMessage` in https://github.com/continuedev/continue/blob/main/core/index.d.ts, from core/util/history.ts and
 * extensions/cli/src/session.ts there, and from a file of its command line.
 */

import { asArray, asObject, asText, type JsonObject } from '../formats/json.ts';

/** Name of the format in recognitions and session headers. */
export const formatName = 'continue-json';

/** The record's `source`. */
export const sourceName = 'continue';

/** What is known and carries nothing to keep. */
export const leftOut = {
  system: 'Instructions that the tool gives the model, the same in every session.',
  editorState: 'The prompt again, as the input box keeps it.',
  promptLogs: 'The conversation again, as it was sent to the model.',
  appliedRules: 'Instructions that the tool gives the model.',
  checkpoint: 'Copies of files, which stay with the tool.',
} as const satisfies Record<string, string>;

// Names that a session has before it is named.
const unnamed: ReadonlySet<string> = new Set(['New Session', 'Untitled Session']);

/** One entry of a session's history. */
export interface Item {
  readonly value: JsonObject;
  readonly message: JsonObject;
  readonly role: string;
  /** Unique within the session, and the same as long as what is before it stays. */
  readonly id: string;
}

/** The entries of a document's history; undefined when it is not a session. */
export function itemsOf(document: JsonObject): readonly Item[] | undefined {
  const history = asArray(document['history']);
  if (!history || asText(document['sessionId']) === undefined) return undefined;
  const taken = new Set<string>();
  return history.map((entry, index) => {
    const value = asObject(entry) ?? {};
    const message = asObject(value['message']) ?? {};
    const own = asText(message['id']);
    const id = own === undefined || taken.has(own) ? `item-${index}` : own;
    taken.add(id);
    return { value, message, role: asText(message['role']) ?? '', id };
  });
}

/** The title a session was given; undefined for the one it has before. */
export function givenTitle(document: JsonObject): string | undefined {
  const title = asText(document['title']);
  return title === undefined || unnamed.has(title) ? undefined : title;
}
