/** One line of the conversation → messages. */

import type { ChatMessage, Part, ToolCallResponsePart } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { answerPart, editPart, itemsOf, partsOf, plainText, usageFrom, type Told } from '../formats/geminiContent.ts';
import { asArray, asCount, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { kindOf, leftOut, sessionLines, type Line } from './format.ts';
import { sharesOf } from './userText.ts';

/** What lines before tell of this one. */
export interface Known {
  /** Id of the model response that an assistant line belongs to. */
  readonly responseId: string;
  /** Milliseconds the response or the tool call took, where a measure before tells. */
  readonly durationMs?: number;
  /** Absolute path of the file that a tool call names. */
  readonly pathOf: (callId: string) => string | undefined;
}

// Lines of a user that are a person's words; all other kinds are the tool's.
const spoken: ReadonlySet<string> = new Set(['user', 'user/mid_turn_user_message', 'user/realtime_message']);

/**
 * The messages of a line, the first of them bearing the line's id. Empty when the line is left out on purpose; undefined when it is of
 * a kind that is not known. `id` stands in for missing ids of calls.
 */
export function messagesOf(line: Line, known: Known, id: string): readonly ChatMessage[] | undefined {
  if (line.type === 'assistant') return [reply(line, known, id)];
  if (line.type === 'user') return userMessages(line, id);
  if (line.type === 'tool_result') return [toolMessage(line, known, id)];
  return line.type === 'system' ? systemMessages(line) : undefined;
}

/** Ids of the calls that an assistant line makes, with the file that each names. */
export function calledFiles(message: ChatMessage): readonly (readonly [id: string, path: string])[] {
  return message.parts.flatMap((part) => {
    const values = part.type === 'tool_call' ? asObject(part.arguments) : undefined;
    const path = asText(values?.['file_path']) ?? asText(values?.['absolute_path']);
    return part.type === 'tool_call' && path !== undefined ? [[part.id, path] as const] : [];
  });
}

function contentParts(message: JsonObject, id: string, told?: Told): readonly Part[] {
  return itemsOf(message['parts']).flatMap((item, index) => partsOf(item, `${id}#${index}`, told));
}

function reply(line: Line, known: Known, id: string): ChatMessage {
  return {
    role: 'assistant',
    parts: contentParts(line.message, id),
    responseId: known.responseId,
    ...present('model', asText(line.value['model'])),
    ...present('usage', usageOf(asObject(line.value['usageMetadata']))),
    ...present('durationMs', known.durationMs),
  };
}

function usageOf(counts: JsonObject | undefined): ChatMessage['usage'] {
  return usageFrom({
    prompt: counts?.['promptTokenCount'], output: counts?.['candidatesTokenCount'], cached: counts?.['cachedContentTokenCount'],
    thoughts: counts?.['thoughtsTokenCount'], tool: counts?.['toolUsePromptTokenCount'], total: counts?.['totalTokenCount'],
  });
}

function userMessages(line: Line, id: string): readonly ChatMessage[] {
  const isSpoken = spoken.has(kindOf(line)) && line.agentId === undefined && line.value['externalInputKind'] === undefined;
  const provenance = asText(line.value['provenance']) ?? 'real_user';
  const items = itemsOf(line.message['parts']);
  const { person, injected } = sharesOf(items, asString(line.payload['displayText']));
  const [first, ...rest] = person.length > 0 ? [person, injected] : [injected];
  const synthetic = !isSpoken || provenance !== 'real_user' || person.length === 0;
  const said = userMessage(first ?? [], synthetic, id);
  return [said, ...rest.flatMap((more) => (more.length > 0 ? [userMessage(more, true, id)] : []))];
}

function userMessage(items: readonly unknown[], synthetic: boolean, id: string): ChatMessage {
  return { role: 'user', parts: contentParts({ parts: items }, id), ...(synthetic ? { synthetic: true } : {}) };
}

function toolMessage(line: Line, known: Known, id: string): ChatMessage {
  const result = asObject(line.value['toolCallResult']) ?? {};
  const told: Told = {
    ...present('status', asText(result['status'])),
    ...present('durationMs', asCount(result['durationMs']) ?? known.durationMs),
  };
  const callId = asText(result['callId']);
  const parts = contentParts(line.message, callId ?? id, told);
  const answers = parts.filter((part): part is ToolCallResponsePart => part.type === 'tool_call_response');
  const edit = editPart(result['resultDisplay'], known.pathOf(callId ?? answers[0]?.id ?? ''));
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.content] : []));
  // A line without a response in it tells the answer in words, or nowhere but in what the person saw.
  const words = texts.length > 0 ? texts.join('\n') : asString(result['resultDisplay']);
  const missing = answers.length > 0 ? [] : [answerPart(callId ?? id, words, told)];
  const kept = answers.length > 0 ? parts : parts.filter((part) => part.type !== 'text');
  return { role: 'tool', parts: [...missing, ...kept, ...(edit ? [edit] : [])] };
}

function systemMessages(line: Line): readonly ChatMessage[] | undefined {
  if (line.subtype === 'ui_telemetry') return failedRequest(asObject(line.payload['uiEvent']) ?? {});
  if (line.subtype === 'chat_compression') return [noticeOf('Conversation compressed')];
  if (line.subtype === 'slash_command') return commandMessages(line.payload);
  if (line.subtype === 'background_task_completed') return [noticeOf(asText(line.payload['displayText']) ?? 'Background task completed')];
  return sessionLines.has(kindOf(line)) || Object.hasOwn(leftOut, kindOf(line)) ? [] : undefined;
}

/** A request that the server refused has no other line. */
function failedRequest(event: JsonObject): readonly ChatMessage[] {
  if (event['event.name'] !== 'qwen-code.api_error') return [];
  const words = asText(event['error_message']) ?? asText(event['error']) ?? asText(event['error_type']) ?? 'The request failed.';
  return [{ ...noticeOf(words), outcome: event['error_type'] === 'APIUserAbortError' ? 'cancelled' : 'failed' }];
}

/** A command that the tool carries out by itself, and what it showed. One that asks the model has a user line too. */
function commandMessages(payload: JsonObject): readonly ChatMessage[] {
  const command = asText(payload['rawCommand']);
  if (payload['phase'] === 'invocation') {
    return command === undefined ? [] : [{ role: 'user', parts: [{ type: 'text', content: command }], synthetic: true }];
  }
  const shown = (asArray(payload['outputHistoryItems']) ?? []).flatMap((item) => plainText(item) ?? []);
  return shown.length === 0 ? [] : [noticeOf(shown.join('\n'))];
}

function noticeOf(content: string): ChatMessage {
  return { role: 'system', parts: [{ type: 'notice', content }], synthetic: true };
}
