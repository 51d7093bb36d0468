/** Events of the conversation → messages. */

import type { ChatMessage, Part } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asCount, asObject, asText, type JsonObject } from '../formats/json.ts';
import { attachmentPart } from './attachments.ts';
import { callPart, finishCall, rememberCall, startedCall, type OpenCalls } from './calls.ts';
import { plainId, type Line } from './format.ts';
import { noticeOf } from './notices.ts';
import { fingerprint, type SessionMemory } from './session.ts';
import { answerParts } from './toolAnswer.ts';

/** What is known around an event. */
export interface Context {
  /** The conversation the event belongs to. */
  readonly session: SessionMemory;
  readonly calls: OpenCalls;
  /** RFC 3339. */
  readonly time: string;
  /** Stands in for missing ids. */
  readonly id: string;
}

/** The message of an event; `repeated` when it says nothing new, undefined when the event is of no kind that is known. */
export function messageOf(line: Line, context: Context): ChatMessage | 'repeated' | undefined {
  switch (line.type) {
    case 'user.message':
      return prompt(line.data, context.session);
    case 'assistant.message':
      return reply(line.data, context);
    case 'assistant.reasoning':
      return reasoning(line.data, context);
    case 'tool.user_requested':
    case 'tool.execution_start':
      return toolMessage(startedCall(context.calls, line, context.time, context.id));
    case 'tool.execution_complete':
      return answer(line.data, context);
    default:
      return noticeOf(line);
  }
}

/** A task given by another agent and what autopilot, schedules and skills inject are not a person's. */
function prompt(data: JsonObject, session: SessionMemory): ChatMessage {
  const source = asText(data['source']) ?? 'user';
  const byPerson = source === 'user' || source.startsWith('command');
  const synthetic = session.relation === 'subagent' || data['isAutopilotContinuation'] === true || !byPerson;
  const text = asText(data['content']);
  const attached = (asArray(data['attachments']) ?? []).map(attachmentPart);
  const parts: Part[] = [...(text === undefined ? [] : [{ type: 'text', content: text } as const]), ...attached];
  return { role: 'user', parts, ...(synthetic ? { synthetic: true } : {}) };
}

function reply(data: JsonObject, context: Context): ChatMessage {
  const { session } = context;
  const thoughts = asText(data['reasoningText']);
  const mark = thoughts === undefined ? undefined : fingerprint(thoughts);
  const message = nativeResponse(data) ?? context.id;
  const known = session.response;
  // An event of its own tells the reasoning first; a response that is split goes on.
  const isPart = known !== undefined && (known.message ?? message) === message;
  const id = isPart ? known.id : message;
  const parts: Part[] = [];
  if (thoughts !== undefined && !(isPart && known.reasoning === mark)) parts.push({ type: 'reasoning', content: thoughts });
  const text = asText(data['content']);
  if (text !== undefined) parts.push({ type: 'text', content: text });
  parts.push(...toolRequests(data, context));
  session.response = { id, message, ...present('reasoning', mark) };
  const outputTokens = asCount(data['outputTokens']);
  return {
    role: 'assistant',
    parts,
    responseId: id,
    ...present('model', asText(data['model']) ?? session.model),
    ...present('usage', outputTokens === undefined ? undefined : { outputTokens }),
  };
}

function toolRequests(data: JsonObject, { calls, id }: Context): readonly Part[] {
  const requests = (asArray(data['toolRequests']) ?? []).map(asObject).filter((request) => request !== undefined);
  return requests.map((request, index) => {
    const part = callPart(request, request['name'], `${id}#${index}`);
    rememberCall(calls, part);
    return part;
  });
}

/** What the messages of one response share. The service's id for it is long and opaque; it is only needed where there are several. */
function nativeResponse(data: JsonObject): string | undefined {
  const call = asText(data['apiCallId']);
  const isSplit = (asCount(data['chunkCount']) ?? 1) > 1;
  return isSplit && call !== undefined ? fingerprint(call) : plainId(data['messageId']);
}

/** The response that a reasoning belongs to comes after it, and then takes over its id. */
function reasoning(data: JsonObject, { session, id }: Context): ChatMessage | 'repeated' {
  const content = asText(data['content']);
  if (content === undefined) return 'repeated';
  const mark = fingerprint(content);
  const known = session.response;
  if (known?.reasoning === mark) return 'repeated';
  const responseId = known && known.message === undefined ? known.id : (plainId(data['reasoningId']) ?? id);
  session.response = { id: responseId, reasoning: mark };
  return { role: 'assistant', parts: [{ type: 'reasoning', content }], responseId, ...present('model', session.model) };
}

function answer(data: JsonObject, { calls, time, id }: Context): ChatMessage {
  const call = plainId(data['toolCallId']) ?? id;
  return { role: 'tool', parts: answerParts(data, call, finishCall(calls, call, time)) };
}

function toolMessage(parts: readonly Part[]): ChatMessage | 'repeated' {
  return parts.length === 0 ? 'repeated' : { role: 'tool', parts };
}
