/** One user entry of a task's history → what tools answered, what a person said, and what the tool put around it. */

import type { ChatMessage, Part, ToolCallResponsePart } from '../../../shared/session.ts';
import { present } from './fields.ts';
import { asString, type JsonObject } from './json.ts';
import { answerParts, blocksOf, isAnswer, partsOf } from './messageBlocks.ts';
import { answerIn, exitCodeOf, statusOf } from './taskCalls.ts';
import { takeWaiting, type Progress } from './taskProgress.ts';
import { feedbackIn, isElement, readTaskText, surroundingsIn } from './taskText.ts';

interface Found {
  readonly answers: Part[];
  readonly person: Part[];
  readonly injected: Part[];
}

/** The messages, each with its id. A first entry that has no element at all is the task itself. */
export function userMessages(
  entry: JsonObject, id: string, progress: Progress, isFirst: boolean,
): readonly { readonly id: string; readonly message: ChatMessage }[] {
  const { answers, person, injected } = read(entry, id, progress);
  const isBare = isFirst && person.length === 0 && answers.length === 0;
  const [words, around] = isBare ? [injected, person] : [person, injected];
  const isOwn = entry['isSummary'] !== true && entry['isTruncationMarker'] !== true;
  const messages: { id: string; message: ChatMessage }[] = [
    { id: `${id}#answers`, message: { role: 'tool', parts: answers } },
    { id, message: { role: 'user', parts: words, ...(isOwn ? {} : { synthetic: true }) } },
    { id: `${id}#context`, message: { role: 'user', parts: around, synthetic: true } },
  ];
  return messages.filter(({ message }) => message.parts.length > 0);
}

function read(entry: JsonObject, id: string, progress: Progress): Found {
  const found: Found = { answers: [], person: [], injected: [] };
  /** An answer in words, which the blocks after it belong to. */
  let open: { readonly call: string; readonly words: string[] } | undefined;
  const finish = (): void => {
    if (open) keepAnswer({ type: 'tool_call_response', id: open.call, status: 'unknown' }, open.words.join('\n').trim(), found, progress);
    open = undefined;
  };
  for (const [place, block] of blocksOf(entry['content']).entries()) {
    const text = block['type'] === 'text' ? asString(block['text']) : undefined;
    if (text === undefined) {
      readBlock(block, `${id}#${place}`, found, progress);
      continue;
    }
    Object.assign(progress, surroundingsIn(text, progress.cwd));
    const answer = answerIn(text);
    if (open && !answer && !isElement(text)) {
      open.words.push(text);
      continue;
    }
    finish();
    if (answer) open = { call: takeWaiting(progress, answer.name) ?? `${id}#${place}`, words: [answer.response] };
    else readWords(text, found);
    if (open && answer) progress.called.set(open.call, answer.name);
  }
  finish();
  return found;
}

function readBlock(block: JsonObject, fallbackId: string, found: Found, progress: Progress): void {
  if (!isAnswer(block)) return void found.person.push(...partsOf(block, fallbackId));
  for (const part of answerParts(block, fallbackId, statusOf)) {
    if (part.type === 'tool_call_response') keepAnswer(part, part.response, found, progress);
    else found.answers.push(part);
  }
}

function readWords(text: string, { person, injected }: Found): void {
  const words = readTaskText(text);
  person.push(...words.said.map((content) => ({ type: 'text' as const, content })));
  injected.push(...words.injected.map((content) => ({ type: 'text' as const, content })));
}

/** Keeps the answer with how it went, which commands say in their words, and what a person added to it. */
function keepAnswer(part: ToolCallResponsePart, response: unknown, { answers, person }: Found, { called }: Progress): void {
  const words = asString(response) ?? '';
  const exitCode = called.get(part.id) === 'execute_command' ? exitCodeOf(words) : undefined;
  const status = part.status === 'unknown' ? statusOf(words) : part.status;
  answers.push({
    ...part, ...present('response', response),
    status: status === 'succeeded' && exitCode !== undefined && exitCode !== 0 ? 'failed' : status,
    ...present('exitCode', exitCode),
  });
  const feedback = feedbackIn(words);
  if (feedback !== undefined) person.push({ type: 'text', content: feedback });
}
