/**
 * The task folders of Cline and its fork Roo Code: `api_conversation_history.json`, a list of messages of the Anthropic Messages API,
 * beside `ui_messages.json`, what the person saw. Learned from https://github.com/cline/cline/blob/main/src/shared/messages/content.ts,
 * and from src/core/task-persistence in https://github.com/RooCodeInc/Roo-Code.
 */

import { asArray, asObject, type JsonObject } from './json.ts';
import { segments } from './place.ts';

/** Name of the file a task's conversation is in. */
export const historyName = 'api_conversation_history.json';

/** What is known of task folders and left out, with the reason. */
export const leftOutOfTasks = {
  'ui_messages.json': 'The conversation again, as it was shown; its times and token counts are used.',
  thoughtSignature: 'What a provider signs for itself.',
  reasoning_details: 'The thoughts again, encrypted or signed by the provider.',
} as const satisfies Record<string, string>;

/** The entries of a history; undefined when the document is none. One release wrapped them in an object with a version. */
export function entriesOf(document: unknown): readonly JsonObject[] | undefined {
  const list = asArray(document) ?? asArray(asObject(document)?.['messages']);
  return list?.map((entry) => asObject(entry) ?? {});
}

/** Whether a file is the conversation of a task folder, by its name and its first bytes. */
export function isHistory(path: string, head: string): boolean {
  return segments(path).at(-1) === historyName && /^\uFEFF?\s*(?:\{\s*"version"\s*:\s*\d+\s*,\s*"messages"\s*:\s*)?\[\s*\{\s*"/.test(head);
}

/** The name of the folder a task's files are in: its id. */
export function taskId(path: string): string {
  return segments(path).at(-2) ?? 'task';
}

/** Whether a file below a folder of tasks is a conversation. */
export function mayHoldTask(relativePath: string): boolean {
  return /^[^/]+\/api_conversation_history\.json$/.test(relativePath);
}

/** A folder of tasks has one level; what tasks keep in theirs are checkpoints. */
export function mayEnterTask(relativePath: string): boolean {
  return !relativePath.includes('/');
}
