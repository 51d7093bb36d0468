/**
 * What Gemini CLI leaves on disk, with the place where it was learned: google-gemini/gemini-cli
 * `packages/core/src/services/chatRecordingService.ts` and `chatRecordingTypes.ts` beside it (2026-08), files of releases of 2026.
 *
 * Lines, one JSON object each, appended:
 *   { sessionId, projectHash, startTime, lastUpdated, kind?, directories?, summary? }       what the session is; the first line
 *   { id, timestamp, type, content, displayContent?, toolCalls?, thoughts?, tokens?, model? }  a message; written again when it changes
 *   { $set: { … } }          fields of the session; a list of messages replaces the history that the model sees
 *   { $rewindTo: id }        takes back this message and all after it
 * Before them a document: { sessionId, projectHash, startTime, lastUpdated, messages[], summary? }, rewritten whole.
 */

/** The record's `source`. */
export const sourceName = 'gemini-cli';

/** Names of the formats, as `recognise` and session headers say them. */
export const formats = { lines: 'gemini-cli-jsonl', document: 'gemini-cli-json' } as const;

/** Kinds of message that are the conversation, and those that are remarks of the tool. */
export const noticeTypes: ReadonlySet<string> = new Set(['info', 'error', 'warning']);

/** Fields of a session that are known. */
export const sessionFields: ReadonlySet<string> = new Set([
  'sessionId', 'projectHash', 'startTime', 'lastUpdated', 'kind', 'directories', 'summary', 'messages', 'memoryScratchpad',
]);

/** Kinds of message and fields that are known and left out on purpose. */
export const leftOut = {
  'user/functionResponse': 'Repeats the result that the tool call carries; one without a call is kept.',
  '$set/lastUpdated': 'When the file was last written.',
  '$set/messages': 'What the model sees from then on: messages that were recorded stay as they were, new ones are kept.',
  memoryScratchpad: 'What the tool notes for its own memory about the session.',
  'toolCalls/resultDisplay': 'What the terminal showed of a result that is kept; the difference of an edit is kept.',
  'toolCalls/description': 'Says in words what the arguments say.',
  thoughtSignature: 'Encrypted, for the model alone.',
  'logs.json': 'Repeats the prompts of all sessions.',
} as const satisfies Record<string, string>;
