/**
 * Codex's rollouts: JSON lines, appended to, one file per thread. Learned from files written by releases of 2025 to 0.147 and from the
 * producer's source: https://github.com/openai/codex (codex-rs/protocol/src/protocol.rs, codex-rs/rollout/src/policy.rs). Three eras:
 *   flat        until September 2025: a header, then bare response items without times and `record_type: state` lines
 *   enveloped   `{timestamp, type, payload}`; what a person typed is an event_msg user_message beside the response item
 *   paginated   since 0.144, `history_mode: paginated`: the events are item_completed with an item instead
 */

import { present } from '../formats/fields.ts';
import { asObject, asText, type JsonObject } from '../formats/json.ts';
import { fromText } from '../formats/moment.ts';

/** Names of the formats in recognitions and session headers. The paginated era differs from the enveloped one in its events only. */
export const formats = { flat: 'codex-flat', rollout: 'codex-rollout' } as const;

/** Kinds of line that have the envelope. */
export const envelopeTypes: ReadonlySet<string> = new Set([
  'session_meta', 'response_item', 'event_msg', 'turn_context', 'compacted', 'world_state', 'token_usage_record',
  'inter_agent_communication', 'inter_agent_communication_metadata',
]);

const repeatsResponse = 'Repeats a response item.';
const callIsKept = 'The call has a response item, which is kept.';
const hasOwnSession = 'The other agent has a session of its own.';

/** Kinds of line that are known and carry nothing to keep, written `<type>/<type of the payload>/<type of the item>`. */
export const leftOut = {
  state: 'Says only that the tool saved its state.',
  session_meta: 'The session header says it; the base instructions are the tool\'s own hidden prompt.',
  turn_context: 'Settings of a turn; the model and the working directory are kept.',
  world_state: 'What the tool tells the model of its surroundings.',
  token_usage_record: 'Repeats token_count.',
  inter_agent_communication_metadata: 'Internal to the tool.',
  'response_item/message/developer': 'Hidden instructions of the tool.',
  'response_item/message/system': 'Hidden instructions of the tool.',
  'response_item/additional_tools': 'Descriptions of tools.',
  'response_item/ghost_snapshot': 'Names a git commit that the tool made to undo its work.',
  'response_item/compaction': 'An encrypted summary; the compaction has a line of its own.',
  'response_item/context_compaction': 'An encrypted summary; the compaction has a line of its own.',
  'response_item/compaction_trigger': 'The compaction has a line of its own.',
  'event_msg/agent_message': repeatsResponse,
  'event_msg/agent_reasoning': repeatsResponse,
  'event_msg/agent_reasoning_raw_content': repeatsResponse,
  'event_msg/agent_reasoning_section_break': repeatsResponse,
  'event_msg/token_count': 'Becomes the usage of the response it counts.',
  'event_msg/task_started': 'The beginning of a turn; messages carry their own times.',
  'event_msg/turn_started': 'The beginning of a turn; messages carry their own times.',
  'event_msg/task_complete': 'The end of a turn; kept only when it tells of an error.',
  'event_msg/turn_complete': 'The end of a turn; kept only when it tells of an error.',
  'event_msg/thread_rolled_back': 'Marks messages as taken back.',
  'event_msg/thread_name_updated': 'Becomes the title.',
  'event_msg/thread_settings_applied': 'Settings of the moment.',
  'event_msg/thread_goal_updated': 'How far a goal is, repeated at every step.',
  'event_msg/context_compacted': 'The compaction has a line of its own.',
  'event_msg/session_configured': 'The session header says it.',
  'event_msg/web_search_end': callIsKept,
  'event_msg/image_generation_end': callIsKept,
  'event_msg/view_image_tool_call': callIsKept,
  'event_msg/dynamic_tool_call_request': callIsKept,
  'event_msg/dynamic_tool_call_response': callIsKept,
  'event_msg/guardian_assessment': 'A safety check before a tool call; what came of it is in the answer to the call.',
  'event_msg/sub_agent_activity': hasOwnSession,
  'event_msg/collab_agent_spawn_end': hasOwnSession,
  'event_msg/collab_agent_interaction_end': hasOwnSession,
  'event_msg/collab_waiting_end': hasOwnSession,
  'event_msg/collab_close_end': hasOwnSession,
  'event_msg/collab_resume_end': hasOwnSession,
  'event_msg/item_completed/AgentMessage': repeatsResponse,
  'event_msg/item_completed/Reasoning': repeatsResponse,
  'event_msg/item_completed/HookPrompt': repeatsResponse,
  'event_msg/item_completed/WebSearch': callIsKept,
  'event_msg/item_completed/ImageView': callIsKept,
  'event_msg/item_completed/ImageGeneration': callIsKept,
  'event_msg/item_completed/Extension': callIsKept,
  'event_msg/item_completed/DynamicToolCall': callIsKept,
  'event_msg/item_completed/Sleep': callIsKept,
  'event_msg/item_completed/CollabAgentToolCall': hasOwnSession,
  'event_msg/item_completed/SubAgentActivity': hasOwnSession,
  'event_msg/item_completed/ContextCompaction': 'The compaction has a line of its own.',
} as const satisfies Record<string, string>;

/** One line in the terms of the newer eras. */
export interface Line {
  /** Kind of envelope; a bare response item is a `response_item`. Empty when the line has none. */
  readonly type: string;
  /** Kind of the payload, for response items and events. */
  readonly kind: string;
  readonly payload: JsonObject;
  /** The item of an `item_completed` event. */
  readonly item?: JsonObject;
  /** RFC 3339 with milliseconds, UTC; absent in the flat era. */
  readonly timestamp?: string;
  /** The line's own name for what it is, as `leftOut` writes it. */
  readonly nativeType: string;
}

/** The envelope of a parsed line. Never throws. */
export function readLine(value: JsonObject): Line {
  const timestamp = present('timestamp', fromText(value['timestamp']));
  const type = asText(value['type']) ?? '';
  const enveloped = asObject(value['payload']);
  if (enveloped) return { ...named(type, enveloped), ...timestamp };
  if (asText(value['record_type']) === 'state') return { type: 'state', kind: '', payload: {}, nativeType: 'state' };
  if (isFlatHeader(value)) return { ...named('session_meta', value), ...timestamp };
  if (envelopeTypes.has(type) || type === '') return { type, kind: '', payload: value, nativeType: type || '(no type)', ...timestamp };
  return { ...named('response_item', value), ...timestamp };
}

/** The first line of the flat era. */
export function isFlatHeader(value: JsonObject): boolean {
  const identified = asText(value['id']) !== undefined && asText(value['timestamp']) !== undefined;
  return identified && Object.hasOwn(value, 'instructions') && value['type'] === undefined;
}

function named(type: string, payload: JsonObject): Line {
  if (type !== 'response_item' && type !== 'event_msg') return { type, kind: '', payload, nativeType: type || '(no type)' };
  const kind = asText(payload['type']) ?? '(no type)';
  const item = kind === 'item_completed' ? asObject(payload['item']) : undefined;
  const detail = kind === 'message' ? asText(payload['role']) : asText(item?.['type']);
  return { type, kind, payload, ...present('item', item), nativeType: [type, kind, ...(detail === undefined ? [] : [detail])].join('/') };
}
