/**
 * Copilot CLI's event logs: JSON lines, appended to, `session-state/<session>/events.jsonl`; releases of 2025 wrote
 * `session-state/<session>.jsonl`. Learned from the event types its SDK publishes (https://github.com/github/copilot-sdk,
 * nodejs/src/generated/session-events.ts, August 2026) and from files written by releases 1.0.77 and 1.0.78.
 */

import { fromText } from '../formats/moment.ts';
import { present } from '../formats/fields.ts';
import { asObject, asText, type JsonObject } from '../formats/json.ts';

/** Name of the format in recognitions and session headers. */
export const formatName = 'copilot-cli-events';

/** Name of the format of the first releases. */
export const historyFormat = 'copilot-cli-history';

/** The record's `source`. */
export const sourceName = 'copilot-cli';

const setting = 'A setting of the moment.';
const answered = 'The answer of the tool call says how it went.';
const opaque = 'Encrypted for the service.';

/** Kinds of event, and fields of events that are kept, which are known and carry nothing to keep. */
export const leftOut = {
  'assistant.turn_end': 'A model call ended; its messages carry their own times.',
  'assistant.turn_start': 'A model call began; its messages carry their own times.',
  'external_tool.requested': answered,
  'hook.end': 'How a hook of the user ended.',
  'hook.start': 'Repeats a prompt or tool call for a hook of the user.',
  'permission.completed': answered,
  'permission.requested': answered,
  'session.autopilot_objective_changed': setting,
  'session.binary_asset': 'Bytes; their size is kept where they are used.',
  'session.canvas.recorded': 'What a view of an extension shows.',
  'session.canvas.removed': 'What a view of an extension shows.',
  'session.compaction_start': 'The compaction is kept when it is complete.',
  'session.mode_changed': setting,
  'session.permissions_changed': setting,
  'session.plan_changed': 'The plan is a file of its own.',
  'session.remote_steerable_changed': setting,
  'session.schedule_cancelled': setting,
  'session.schedule_created': setting,
  'session.schedule_rearmed': setting,
  'session.session_limits_changed': setting,
  'session.task_complete': 'Repeats the tool call that ended the task.',
  'session.truncation': 'How many messages the model no longer sees.',
  'session.usage_checkpoint': 'Credits; tokens are counted from the replies and from session.shutdown.',
  'session.workspace_file_changed': 'The tool call that wrote the file is kept.',
  'subagent.completed': answered,
  'subagent.deselected': setting,
  'subagent.failed': answered,
  'subagent.selected': setting,
  'system.message': 'The hidden system prompt.',
  'tool_search.activated': 'Which tools the model may see.',
  'assistant.message/encryptedContent': opaque,
  'assistant.message/reasoningOpaque': opaque,
  'role: system': 'The hidden system prompt.',
  'user.message/transformedContent': 'The prompt once more, with what the tool adds to each.',
} as const satisfies Record<string, string>;

/** The envelope that all events share; a field of the wrong type counts as absent. */
export interface Line {
  /** Empty when the event has no type. */
  readonly type: string;
  readonly id?: string;
  /** RFC 3339 with milliseconds, UTC. */
  readonly timestamp?: string;
  /** The subagent the event belongs to. */
  readonly agent?: string;
  /** What the type says it is; empty when it is no object. */
  readonly data: JsonObject;
  /** The whole event. */
  readonly value: JsonObject;
}

/** The envelope of a parsed line. Never throws. */
export function readLine(value: JsonObject): Line {
  const data = asObject(value['data']) ?? {};
  return {
    type: asText(value['type']) ?? '',
    ...present('id', plainId(value['id'])),
    ...present('timestamp', fromText(value['timestamp'])),
    // Older releases only name the tool call that started the agent; it is what later ones took for the agent's id.
    ...present('agent', plainId(value['agentId']) ?? plainId(data['parentToolCallId'])),
    data,
    value,
  };
}

/** An id as the tool makes them; undefined for any other text, which may not be unique. */
export function plainId(value: unknown): string | undefined {
  const text = asText(value);
  return text !== undefined && /^[\w.:-]{1,200}$/.test(text) ? text : undefined;
}
