/**
 * Kiro CLI's sessions: `sessions/cli/<session>.jsonl`, JSON lines, appended to, and beside it `<session>.json`, rewritten at every
 * turn, with what the session is. The producer publishes no schema. Learned from files written in June and July 2026, release 2.5.1
 * and later (https://github.com/ingo-eichhorst/Irrlicht, replaydata/agents/kiro-cli), and from readers that others wrote for
 * releases up to 2.14.
 * A line of kind `ResetTo` takes the conversation back to an index; what it counts is not known, so such a line is kept as it is.
 */

import { present } from '../formats/fields.ts';
import { asArray, asNumber, asObject, asText, type JsonObject } from '../formats/json.ts';
import { fromMs } from '../formats/moment.ts';

/** Name of the format in recognitions and session headers. */
export const formatName = 'kiro-cli-jsonl';

/** The record's `source`. */
export const sourceName = 'kiro-cli';

/** Kinds of line. Others are kept as they are. */
export const messageKinds: ReadonlySet<string> = new Set(['Prompt', 'AssistantMessage', 'ToolResults', 'Compaction']);

/** Fields of lines that are kept, which are known and carry nothing to keep. */
export const leftOut = {
  'AssistantMessage/thinking/redactedContent': 'Encrypted for the service.',
  'AssistantMessage/thinking/signature': 'Signed for the service.',
  'Compaction/messages_snapshot': 'Repeats messages that have lines of their own.',
  'ToolResults/results': 'Repeats the tool calls and their answers.',
} as const satisfies Record<string, string>;

/** The envelope that all lines share; a field of the wrong type counts as absent. */
export interface Line {
  /** Empty when the line has no kind. */
  readonly kind: string;
  readonly id?: string;
  /** RFC 3339 with milliseconds, UTC; on prompts, and on other lines of newer releases. */
  readonly timestamp?: string;
  /** What the kind says it is; empty when it is no object. */
  readonly data: JsonObject;
  /** Pieces of the content, each `{ kind, data }`; undefined when there is no list of them. */
  readonly content?: readonly unknown[];
  /** The whole line. */
  readonly value: JsonObject;
}

/** The envelope of a parsed line. Never throws. */
export function readLine(value: JsonObject): Line {
  const data = asObject(value['data']) ?? {};
  const seconds = asNumber(asObject(data['meta'])?.['timestamp']);
  return {
    kind: asText(value['kind']) ?? '',
    ...present('id', plainId(data['message_id'])),
    ...present('timestamp', seconds === undefined ? undefined : fromMs(seconds * 1000)),
    data,
    ...present('content', asArray(data['content'])),
    value,
  };
}

/** An id as the tool makes them; undefined for any other text, which may not be unique. */
export function plainId(value: unknown): string | undefined {
  const text = asText(value);
  return text !== undefined && /^[\w.:-]{1,200}$/.test(text) ? text : undefined;
}
