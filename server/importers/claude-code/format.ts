/**
 * Claude Code's session files: JSON lines, appended to, one file per session below `projects/<folder>`. The producer publishes no
 * schema. Learned from files written by releases 1.0 to 2.1, from the typed parser in
 * https://github.com/microsoft/vscode-copilot-chat (src/extension/chatSessions/claude), and, for prompts sent while the agent works,
 * from https://github.com/anthropics/claude-code/issues/86980.
 */

import { asArray, asObject, asText, type JsonObject } from '../formats/json.ts';

/** Name of the format in recognitions and session headers. */
export const formatName = 'claude-code-jsonl';

/** Lines that are part of the conversation. */
export const messageTypes: ReadonlySet<string> = new Set(['user', 'assistant', 'system']);

/** Lines that name the session, and the field that holds the name. */
export const titleFields: ReadonlyMap<string, string> = new Map([
  ['custom-title', 'customTitle'],
  ['agent-name', 'agentName'],
  ['ai-title', 'aiTitle'],
  ['summary', 'summary'],
]);

/** Kinds of line that are known and carry nothing to keep. A kind of system line is written `system/<subtype>`. */
export const leftOut = {
  progress: 'Repeats what the subagent writes to its own file, or how far a running tool is.',
  'file-history-snapshot': 'Names backups of files, which stay with the tool.',
  'queue-operation': 'A prompt waits or stops waiting; it is kept when it is sent, as a user line or a queued_command attachment.',
  'last-prompt': 'Repeats a prompt that has a line of its own.',
  'permission-mode': 'A setting of the moment.',
  mode: 'A setting of the moment.',
  attachment: 'What the tool tells the model besides the conversation; a queued_command a person typed is kept as a prompt.',
  'worktree-state': 'Where the tool keeps a git worktree.',
  relocated: 'Where the tool moved its working directory.',
  'pr-link': 'Points to a pull request on a server.',
  'frame-link': 'Points to a preview page.',
  'bridge-session': 'Pairs the session with a remote one.',
  'atis-latch': 'Internal to the tool.',
  started: 'A background agent began; it has a file of its own.',
  result: 'A background agent ended; it has a file of its own.',
  'system/turn_duration': 'A sum over messages that carry their own times.',
  'system/stop_hook_summary': 'Which hooks ran at the end of a turn.',
  'system/session_start': 'The session header says it.',
} as const satisfies Record<string, string>;

/** The envelope that most lines share; a field of the wrong type counts as absent. */
export interface Line {
  /** Empty when the line has no type. */
  readonly type: string;
  readonly subtype?: string;
  readonly uuid?: string;
  readonly sessionId?: string;
  /** RFC 3339 with milliseconds, UTC. */
  readonly timestamp?: string;
  readonly cwd?: string;
  readonly gitBranch?: string;
  readonly version?: string;
  readonly agentId?: string;
  readonly requestId?: string;
  readonly isSidechain: boolean;
  /** Session id this line was copied from by a fork. */
  readonly forkedFrom?: string;
  /** An Anthropic Messages API message on user and assistant lines, else empty. */
  readonly message: JsonObject;
  /** The whole line. */
  readonly value: JsonObject;
}

/** The envelope of a parsed line. Never throws. */
export function readLine(value: JsonObject): Line {
  return {
    type: asText(value['type']) ?? '',
    ...texts(value, ['subtype', 'uuid', 'sessionId', 'cwd', 'gitBranch', 'version', 'agentId', 'requestId']),
    ...present('timestamp', instant(value['timestamp'])),
    ...present('forkedFrom', asText(asObject(value['forkedFrom'])?.['sessionId'])),
    isSidechain: value['isSidechain'] === true,
    message: asObject(value['message']) ?? {},
    value,
  };
}

/** The blocks of a message's content, plain text as one block; undefined when the content is neither text nor a list. */
export function blocksOf(content: unknown): readonly unknown[] | undefined {
  return typeof content === 'string' ? (content === '' ? [] : [{ type: 'text', text: content }]) : asArray(content);
}

/** An object with one field, or none when there is no value: for fields that are left out rather than undefined. */
export function present<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

function texts<Key extends string>(value: JsonObject, keys: readonly Key[]): { [K in Key]?: string } {
  return Object.assign({}, ...keys.map((key) => present(key, asText(value[key])))) as { [K in Key]?: string };
}

/** The moment as RFC 3339 with milliseconds, UTC; undefined for what is no RFC 3339 text. */
export function instant(value: unknown): string | undefined {
  const text = asText(value);
  const time = text !== undefined && /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
