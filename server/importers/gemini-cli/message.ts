/** One message of the file → messages of ours. */

import type { ChatMessage, Part } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { answerPart, callPart, editPart, itemsOf, partsOf, usageFrom, type Told } from '../formats/geminiContent.ts';
import { asArray, asObject, asText, type JsonObject } from '../formats/json.ts';
import { noticeTypes } from './format.ts';
import { sharesOf } from './userText.ts';

/** A message of the file. */
export interface Native {
  readonly id: string;
  readonly type: string;
  readonly value: JsonObject;
  /** What holds it. One that was only ever named in a list that replaces the model's history was made up by the tool. */
  readonly from: 'line' | 'list' | 'document';
}

/** What surrounds a message. */
export interface Setting {
  /** Whether the session is an agent's: then nobody types in it. */
  readonly inAgent: boolean;
  /** Whether a tool call is answered by the message that made it. */
  readonly isAnswered: (callId: string) => boolean;
}

/** What a message becomes: `main` bears its id, `context` is what the tool added to it. Both may be missing. */
interface Messages {
  readonly main?: ChatMessage;
  readonly context?: ChatMessage;
}

/** The messages of one; undefined when the kind is not known. */
export function messagesOf(native: Native, setting: Setting): Messages | undefined {
  if (native.type === 'gemini') return { main: reply(native) };
  if (native.type === 'user') return userMessages(native, setting);
  return noticeTypes.has(native.type) ? { main: notice(native) } : undefined;
}

/** Ids of the calls that the message itself answers. */
export function answeredCalls(native: Native): readonly string[] {
  return callsOf(native).flatMap(({ id, answers }) => (answers.length > 0 ? [id] : []));
}

function reply(native: Native): ChatMessage {
  const { id, value } = native;
  const items = itemsOf(value['content']);
  const said = items.flatMap((item, index) => partsOf(item, `${id}#${index}`));
  const named = new Set(said.flatMap((part) => (part.type === 'tool_call' ? [part.id] : [])));
  const thoughts = said.some((part) => part.type === 'reasoning') ? [] : thoughtParts(value);
  const calls = callsOf(native).flatMap((call) => (named.has(call.id) ? call.answers : [call.part, ...call.answers]));
  const usage = usageOf(value['tokens']);
  const model = asText(value['model']);
  // What the tool says in the model's name has neither model nor tokens; documents are older than that habit.
  const isAnswer = usage !== undefined || (native.from !== 'list' && (model !== undefined || calls.length > 0 || thoughts.length > 0));
  return {
    role: 'assistant',
    parts: [...thoughts, ...said, ...calls],
    responseId: id,
    ...present('model', model),
    ...present('usage', usage),
    ...(isAnswer || native.from === 'document' ? {} : { synthetic: true }),
  };
}

function thoughtParts(value: JsonObject): readonly Part[] {
  return (asArray(value['thoughts']) ?? []).flatMap((item): Part[] => {
    const thought = asObject(item);
    const words = [asText(thought?.['subject']), asText(thought?.['description'])].filter((text) => text !== undefined);
    return words.length > 0 ? [{ type: 'reasoning', content: words.join('\n') }] : [];
  });
}

interface Call {
  readonly id: string;
  readonly part: Part;
  /** The answer, and what came with it; empty while the tool runs. */
  readonly answers: readonly Part[];
}

function callsOf({ id, value }: Native): readonly Call[] {
  return (asArray(value['toolCalls']) ?? []).flatMap((item, index): Call[] => {
    const call = asObject(item);
    if (!call) return [];
    const part = callPart(call, `${id}#call-${index}`);
    const told: Told = { name: part.name, ...present('status', asText(call['status'])) };
    const edit = editPart(call['resultDisplay'], asText(asObject(call['args'])?.['file_path']));
    return [{ id: part.id, part, answers: [...answersOf(call['result'], part.id, told), ...(edit ? [edit] : [])] }];
  });
}

/** A result is text, one part or a list of parts, answers to other calls among them; without one the status alone tells the end. */
function answersOf(result: unknown, id: string, told: Told): readonly Part[] {
  const items = itemsOf(result);
  const hasEnded = told.status === 'success' || told.status === 'error' || told.status === 'cancelled';
  if (items.length === 0 && !hasEnded) return [];
  const parts = items.flatMap((item) => partsOf(item, id, told));
  const answers = parts.filter((part) => part.type === 'tool_call_response');
  const own = answers.find((part) => part.id === id) ?? answers[0];
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.content] : []));
  const rest = parts.filter((part) => part.type !== 'tool_call_response' && (own !== undefined || part.type !== 'text'));
  return [own ? { ...own, id } : answerPart(id, texts.length > 0 ? texts.join('\n') : undefined, told), ...rest];
}

function usageOf(tokens: unknown): ChatMessage['usage'] {
  const { input, output, cached, thoughts, tool, total } = asObject(tokens) ?? {};
  return usageFrom({ prompt: input, output, cached, thoughts, tool, total });
}

function userMessages(native: Native, setting: Setting): Messages {
  const { id, value } = native;
  const items = itemsOf(value['content']);
  const answers = items.filter(isAnswer);
  const rest = items.filter((item) => !isAnswer(item));
  if (answers.length > 0) {
    const parts = answers.flatMap((item, index) => partsOf(item, `${id}#${index}`)).filter((part) => {
      return part.type !== 'tool_call_response' || !setting.isAnswered(part.id);
    });
    const isNews = parts.some((part) => part.type === 'tool_call_response');
    return { ...(isNews ? { main: { role: 'tool', parts } } : {}), ...contextOf(id, rest) };
  }
  const { person, injected } = sharesOf(rest, value['displayContent']);
  const synthetic = setting.inAgent || native.from === 'list';
  if (person.length === 0) return { main: userMessage(id, injected, true) };
  return { main: userMessage(id, person, synthetic), ...contextOf(id, injected) };
}

function isAnswer(item: unknown): boolean {
  return asObject(asObject(item)?.['functionResponse']) !== undefined;
}

function contextOf(id: string, items: readonly unknown[]): { readonly context?: ChatMessage } {
  return items.length === 0 ? {} : { context: userMessage(id, items, true) };
}

function userMessage(id: string, items: readonly unknown[], synthetic: boolean): ChatMessage {
  const parts = items.flatMap((item, index) => partsOf(item, `${id}#${index}`));
  return { role: 'user', parts: joined(parts), ...(synthetic ? { synthetic: true } : {}) };
}

/** A prompt is cut into pieces where it names files: they are one text. */
function joined(parts: readonly Part[]): readonly Part[] {
  const whole: Part[] = [];
  let words: string[] = [];
  const flush = (): void => {
    if (words.length > 0) whole.push({ type: 'text', content: words.join('') });
    words = [];
  };
  for (const part of parts) {
    if (part.type === 'text') words.push(part.content);
    else {
      flush();
      whole.push(part);
    }
  }
  flush();
  return whole;
}

function notice({ id, type, value }: Native): ChatMessage {
  const parts = itemsOf(value['content']).flatMap((item, index) => partsOf(item, `${id}#${index}`)).map((part): Part => {
    return part.type === 'text' ? { type: 'notice', content: part.content } : part;
  });
  const isStop = parts.some((part) => part.type === 'notice' && /^Request cancelled\.?$/.test(part.content));
  return {
    role: 'system',
    parts,
    synthetic: true,
    ...(type === 'error' ? { outcome: 'failed' } : isStop ? { outcome: 'cancelled' } : {}),
  };
}
