/**
 * What VS Code's chat leaves on disk, with the place where each fact was learned.
 *
 * - Where sessions are kept: microsoft/vscode `src/vs/workbench/contrib/chat/common/model/chatSessionStore.ts`.
 * - Op-log (`.jsonl`, VS Code 1.109 and later): `objectMutationLog.ts` and `chatSessionOperationLog.ts` beside it.
 * - Document (`.json` before, and what the op-log replays to): `chatModel.ts` beside it; version 3 is the newest seen.
 * - Export ("Chat: Export Chat…"): `IExportableChatData` in `chatModel.ts`; no session id, no dates.
 * - Transcript: microsoft/vscode-copilot-chat `src/extension/chat/vscode-node/sessionTranscriptService.ts`.
 *
 * The files are read through the careful accessors of `../json.ts`, never through a cast, so the shapes are described here in words:
 *
 * document   { version?, sessionId, creationDate, customTitle?, computedTitle?, requests[], repoData?, workingDirectory?, inputState? }
 * request    { requestId, timestamp, message: { text } | string, variableData: { variables[] }, response[], responseId, agent, modelId,
 *              modelState: { value, completedAt? }, result: { timings, metadata, errorDetails? }, promptTokens?, completionTokens?,
 *              modelTotals[]?, isSystemInitiated?, hiddenFromTranscript?, shouldBeRemovedOnSend? }
 * transcript { type, data, id, timestamp, parentId } a line
 */

/** Names of the formats, as `recognise` and session headers say them. */
export const formats = {
  oplog: 'copilot-chat-oplog',
  json: 'copilot-chat-json',
  export: 'copilot-chat-export',
  transcript: 'copilot-chat-transcript',
} as const;

/** `kind` of an op-log line. */
export const opKinds = { initial: 0, set: 1, push: 2, delete: 3 } as const;

/** `modelState.value` of a request. */
export const modelStates = { pending: 0, complete: 1, cancelled: 2, failed: 3, needsInput: 4 } as const;

/** `isConfirmed.type` of a tool invocation that a person did not let run. */
export const refusals: readonly unknown[] = [0 /* denied */, 5 /* skipped */];

/** Kinds of response part that say nothing of the conversation. */
export const leftOutParts: Readonly<Record<string, string>> = {
  undoStop: 'A mark for the undo button, without content.',
  codeblockUri: 'Names the file of a code block whose edit is recorded by itself.',
  prepareToolInvocation: 'Announces a tool call that is recorded by itself.',
  mcpServersStarting: 'Shows that servers start; says nothing of the conversation.',
  clearToPreviousToolInvocation: 'Tidies the view; what was written before it is kept.',
  disabledClaudeHooks: 'A hint about a setting.',
  command: 'A button of the view.',
};

/** Kinds of attachment that are not something a person pointed at. */
export const leftOutAttachments: Readonly<Record<string, string>> = {
  promptText: 'Hidden instructions that the tool adds to the prompt.',
  workspace: 'Hidden description of the workspace that the tool adds to the prompt.',
  tool: 'Switches a tool on; its use is recorded as a tool call.',
  toolset: 'Switches tools on; their use is recorded as tool calls.',
};

/** Types of transcript line that carry nothing of their own. */
export const leftOutLines: Readonly<Record<string, string>> = {
  'assistant.turn_start': 'Brackets model responses that are recorded by themselves.',
  'assistant.turn_end': 'Brackets model responses that are recorded by themselves.',
  'system.message': 'Hidden instructions of the tool.',
};

/** Fields that are never read. */
export const leftOutFields: Readonly<Record<string, string>> = {
  inputState: 'Holds the unsent draft, which nobody has said yet.',
  pendingRequests: 'Prompts that are queued and not sent.',
  renderedUserMessage: 'The hidden prompt, with whole files in it.',
  renderedGlobalContext: 'The hidden prompt, with the layout of the workspace in it.',
  requesterAvatarIconUri: 'A picture of a person.',
  responderAvatarIconUri: 'A picture.',
  contentReferences: 'Files the tool looked at; the tool calls name them.',
  followups: 'Suggested prompts that nobody wrote.',
};
