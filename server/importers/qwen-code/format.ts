/**
 * Qwen Code's session files: JSON lines, appended to, one file per session at `projects/<project>/chats/<session>.jsonl`, one per agent
 * at `projects/<project>/subagents/<session>/agent-<agent>.jsonl`. The envelope is like Claude Code's, the content is the Gemini API's.
 * Learned from QwenLM/qwen-code `packages/core/src/services/chatRecordingService.ts` and `packages/core/src/agents/agent-transcript.ts`
 * (2026-10), and from files of release 0.18.
 */

import { asObject, asText, type JsonObject } from '../formats/json.ts';
import { fromText } from '../formats/moment.ts';
import { present } from '../formats/fields.ts';

/** The record's `source`. */
export const sourceName = 'qwen-code';

/** Name of the format in recognitions and session headers. */
export const formatName = 'qwen-code-jsonl';

/** Kinds of system line that say something of the session as a whole. */
export const sessionLines: ReadonlySet<string> = new Set(['system/custom_title', 'system/parent_session', 'system/rewind']);

/** Kinds of system line that are known and carry nothing to keep, as `system/<subtype>`. */
export const leftOut = {
  'system/ui_telemetry': 'Measures of a response or tool call that has a line of its own; its duration is kept, and a failed request.',
  'system/attribution_snapshot': 'Counts for the tool\'s own attribution of edits.',
  'system/file_history_snapshot': 'Names backups of files, which stay with the tool.',
  'system/session_model': 'A setting of the moment; replies name their model.',
  'system/session_approval_mode': 'A setting of the moment.',
  'system/session_source': 'Which program asked for the session.',
  'system/session_execution_engine': 'Internal to the tool.',
  'system/session_sources_snapshot': 'A list of what the session draws on, for the tool\'s own view.',
  'system/session_artifact_event': 'Points to files that tool calls name.',
  'system/session_artifact_snapshot': 'Points to files that tool calls name.',
  'system/session_notes': 'Notes the model keeps for its own next context.',
  'system/branch_checkpoint': 'Where the session may be forked.',
  'system/goal_state': 'State of the tool\'s own bookkeeping of goals.',
  'system/goal_turn_end': 'State of the tool\'s own bookkeeping of goals.',
  'system/turn_result': 'Sums up a turn whose messages have lines of their own.',
  'system/user_text_elements': 'Where the view draws marks in a prompt that has a line of its own.',
  'system/at_command': 'Names the files that the next prompt has in it.',
  'system/omni_recall': 'Hidden memories that the tool adds to the prompt.',
  'system/agent_bootstrap': 'Hidden instructions of an agent, and a copy of the conversation that it was started from.',
  'system/agent_launch_prompt': 'Repeats the task of an agent, which has a line of its own.',
  'system/agent_retry': 'Counts attempts.',
  'system/agent_session_ready': 'Internal to the tool.',
  thoughtSignature: 'Encrypted, for the model alone.',
} as const satisfies Record<string, string>;

/** The envelope that lines share; a field of the wrong type counts as absent. */
export interface Line {
  /** Empty when the line has no type. */
  readonly type: string;
  readonly subtype?: string;
  readonly uuid?: string;
  readonly parentUuid?: string;
  readonly sessionId?: string;
  /** RFC 3339 with milliseconds, UTC. */
  readonly timestamp?: string;
  readonly cwd?: string;
  readonly gitBranch?: string;
  readonly version?: string;
  /** The agent that wrote the line; absent in the main conversation. */
  readonly agentId?: string;
  /** Session id this line was copied from by a fork. */
  readonly forkedFrom?: string;
  /** `role` and `parts` as the Gemini API has them; else empty. */
  readonly message: JsonObject;
  readonly payload: JsonObject;
  /** The whole line. */
  readonly value: JsonObject;
}

const textFields = ['subtype', 'uuid', 'parentUuid', 'sessionId', 'cwd', 'gitBranch', 'version'] as const;
type Texts = { [Key in (typeof textFields)[number]]?: string };

/** The envelope of a parsed line. Never throws. */
export function readLine(value: JsonObject): Line {
  const texts = Object.assign({}, ...textFields.map((key) => present(key, asText(value[key])))) as Texts;
  return {
    type: asText(value['type']) ?? '',
    ...texts,
    ...present('timestamp', fromText(value['timestamp'])),
    ...present('agentId', value['isSidechain'] === true ? (asText(value['agentId']) ?? 'unnamed') : undefined),
    ...present('forkedFrom', asText(asObject(value['forkedFrom'])?.['sessionId'])),
    message: asObject(value['message']) ?? {},
    payload: asObject(value['systemPayload']) ?? {},
    value,
  };
}

/** What a line is called: `user`, `user/cron`, `system/rewind` … */
export function kindOf(line: Line): string {
  return [line.type || '(no type)', ...(line.subtype === undefined ? [] : [line.subtype])].join('/');
}
