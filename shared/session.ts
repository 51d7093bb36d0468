/**
 * Chat and agent sessions, in the vocabulary of the OpenTelemetry GenAI semantic conventions
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/): a session holds turns, a turn holds messages, a message has parts.
 */

/** `kind: session` of the family chats: what a session says of itself. A later revision replaces an earlier one. */
export interface ChatSessionHeader {
  readonly title?: string;
  readonly titleSource?: 'user' | 'ai' | 'first-prompt';
  /** Working directory the session ran in, absolute path. */
  readonly cwd?: string;
  readonly git?: { readonly branch?: string; readonly commit?: string; readonly remote?: string };
  readonly agent?: { readonly name: string; readonly version?: string };
  /** Session id (`<source>:<native id>`) of the session this one came from. */
  readonly parent?: string;
  readonly relation?: 'fork' | 'subagent' | 'continuation' | 'compaction';
  /** How complete the source's own record is. */
  readonly fidelity: 'full' | 'partial' | 'summary';
  /** Why it is not `full`, in a sentence. */
  readonly fidelityReason?: string;
  /** Format the session was read from, e.g. `claude-code-jsonl`. */
  readonly format: string;
  /** File it was read from, absolute path. */
  readonly origin?: string;
}

/** `kind: message` of the family chats. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly parts: readonly Part[];
  /** One model response may be written as several messages; they share this id and count as one reply. */
  readonly responseId?: string;
  readonly model?: string;
  /** Repeated on every message of one response; count it once per `responseId`. */
  readonly usage?: Usage;
  readonly finishReason?: string;
  /** Injected by the tool, not written by a person or a model: reminders, command output, compaction summaries. */
  readonly synthetic?: true;
  /** Replayed from another session by a fork, a resume or a compaction; counted there, not here. */
  readonly copied?: true;
  /** With `copied`: this session has the same words from a fuller source of it. Kept and found, not shown. */
  readonly twin?: true;
  /** Taken back by the user (rewind, rollback); kept, not counted as part of the conversation. */
  readonly superseded?: true;
  /** How the turn ended, where the source says so on this message. */
  readonly outcome?: 'completed' | 'cancelled' | 'failed' | 'pending';
  /** Milliseconds the response took, where the source says so. */
  readonly durationMs?: number;
}

export type Part =
  | { readonly type: 'text'; readonly content: string }
  | { readonly type: 'reasoning'; readonly content: string }
  | ToolCallPart
  | ToolCallResponsePart
  /** A pointer to a file or page; `range` is in lines, from 1, both ends inclusive. */
  | { readonly type: 'uri'; readonly uri: string; readonly name?: string; readonly range?: { readonly start: number; readonly end: number } }
  /**
   * Bytes that are not kept inline. `attachment` is the name of the file that holds them, see attachment.ts: of documents that are text, as
   * they are after redaction, and so are size and hash. `leftOut` says why there is no such file: it was larger than the setting allows, of
   * no kind that is kept, or a secret was readable in it. Neither stands where the source had no bytes.
   */
  | {
      readonly type: 'blob'; readonly mimeType: string; readonly bytes: number; readonly sha256?: string;
      readonly attachment?: string; readonly leftOut?: 'too-large' | 'kind' | 'secret';
    }
  /** An edit the agent made to a file. */
  | { readonly type: 'edit'; readonly uri: string; readonly edits?: unknown }
  /** A remark of the tool itself: progress, warning, error. */
  | { readonly type: 'notice'; readonly content: string }
  | { readonly type: 'unknown'; readonly nativeType: string; readonly raw: unknown };

export interface ToolCallPart {
  readonly type: 'tool_call';
  /** Unique within the session. */
  readonly id: string;
  readonly name: string;
  /** Decoded JSON where it is JSON, else the text. */
  readonly arguments?: unknown;
}

export interface ToolCallResponsePart {
  readonly type: 'tool_call_response';
  /** Id of the tool call it answers. */
  readonly id: string;
  readonly response?: unknown;
  readonly status: ToolStatus;
  readonly exitCode?: number;
  readonly durationMs?: number;
}

export type ToolStatus = 'succeeded' | 'failed' | 'denied' | 'cancelled' | 'unknown';

/** Tokens. `inputTokens` is what was neither read from nor written to a cache. */
export interface Usage {
  readonly inputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly outputTokens?: number;
  /** Part of `outputTokens`. */
  readonly reasoningTokens?: number;
}

/** Whether a message is what a person asked: it opens a turn and counts as a prompt. */
export function isPrompt(message: ChatMessage): boolean {
  return message.role === 'user' && !message.synthetic && !message.copied;
}

/** Whether a message belongs to a model response; together with others of its `responseId` it counts as one reply. */
export function isReply(message: ChatMessage): boolean {
  return message.role === 'assistant' && !message.synthetic && !message.copied;
}
