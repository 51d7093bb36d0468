/** What the agent answered and did, as the parts of one reply. */

import type { Part } from '../../../shared/session.ts';
import { asArray, asObject, asText } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { leftOutParts } from './format.ts';
import { failureText, outcomeOf } from './outcome.ts';
import { createProse, markdownOf, thoughtsOf } from './prose.ts';
import { bounded } from './raw.ts';
import { joinCalls, plainCallId, rounds } from './toolCalls.ts';
import type { JoinedCalls } from './toolCalls.ts';
import { invocationParts, roundCallParts } from './toolParts.ts';
import { markdownText } from './toolOutput.ts';
import { uriText } from './uri.ts';

/** Parts of the reply in the order of the response; none when there is no answer. */
export function replyParts(request: JsonObject): readonly Part[] {
  const response = withoutRepeatedCalls(responseOf(request));
  const calls = joinCalls(request, response.map(asObject).filter((part) => part !== undefined && isInvocation(part)) as JsonObject[]);
  const parts = shownParts(request, response, calls);
  const failure = failureText(request);
  return [
    ...hiddenThoughts(request, parts),
    ...beforeLastText(parts, calls.alone.flatMap(roundCallParts)),
    ...(failure === undefined ? [] : [{ type: 'notice', content: failure } as const]),
  ];
}

/** Whether there is an answer in a request. */
export function hasReply(request: JsonObject): boolean {
  return replyParts(request).length > 0;
}

function responseOf(request: JsonObject): readonly unknown[] {
  const response = request['response'];
  return typeof response === 'string' ? [response] : (asArray(response) ?? []);
}

function shownParts(request: JsonObject, response: readonly unknown[], calls: JoinedCalls): readonly Part[] {
  const parts: Part[] = [];
  const prose = createProse();
  const flush = (): void => {
    const text = prose.take();
    if (text !== undefined) parts.push({ type: 'text', content: text });
  };
  for (const [index, value] of response.entries()) {
    const markdown = markdownOf(value);
    const part = asObject(value) ?? {};
    if (markdown !== undefined) prose.add(markdown);
    else if (part['kind'] === 'codeblockUri' && part['isEdit'] === true) prose.emptyBlock();
    else if (!isLeftOut(value)) {
      flush();
      // Not spread into `push`: a list of a hundred thousand arguments would exhaust the stack.
      for (const shown of isInvocation(part) ? callParts(request, part, calls, index) : plainParts(value)) parts.push(shown);
    }
  }
  flush();
  return parts;
}

function isInvocation(part: JsonObject): boolean {
  return part['kind'] === 'toolInvocationSerialized' || part['kind'] === 'toolInvocation';
}

function isLeftOut(value: unknown): boolean {
  const kind = asText(asObject(value)?.['kind']);
  return value === null || value === undefined || (kind !== undefined && Object.hasOwn(leftOutParts, kind));
}

function callParts(request: JsonObject, part: JsonObject, calls: JoinedCalls, index: number): readonly Part[] {
  // The oldest invocations have no id: their place in the response stands in for it.
  const id = asText(part['toolCallId']) ?? `${asText(request['requestId']) ?? 'request'}:tool-${index + 1}`;
  return invocationParts(plainCallId(id), part, calls.byInvocation.get(part), outcomeOf(request) === 'cancelled');
}

/** Parts that stand for themselves. */
function plainParts(value: unknown): readonly Part[] {
  const part = asObject(value);
  const kind = asText(part?.['kind']) ?? 'response-part';
  if (!part) return [unknownPart(kind, value)];
  switch (kind) {
    case 'thinking':
      return thoughts(part['value']);
    case 'textEditGroup':
    case 'notebookEditGroup':
      return [editPart(part['uri'], (asArray(part['edits']) ?? []).flat()) ?? unknownPart(kind, part)];
    case 'workspaceEdit':
      return (asArray(part['edits']) ?? []).map((edit) => fileEdit(asObject(edit)) ?? unknownPart(kind, edit));
    case 'progressMessage':
    case 'progressTaskSerialized':
    case 'progressTask':
    case 'warning':
    case 'confirmation':
    case 'elicitationSerialized':
      return [noticePart(part) ?? unknownPart(kind, part)];
    default:
      return [unknownPart(kind, part)];
  }
}

function unknownPart(nativeType: string, value: unknown): Part {
  return { type: 'unknown', nativeType, raw: bounded(value) };
}

function thoughts(value: unknown): readonly Part[] {
  const content = thoughtsOf(value);
  return content === undefined ? [] : [{ type: 'reasoning', content }];
}

function editPart(uri: unknown, edits: unknown): Part | undefined {
  const text = uriText(uri);
  return text === undefined ? undefined : { type: 'edit', uri: text, edits: bounded(edits) };
}

/** A file created, renamed or deleted. */
function fileEdit(edit: JsonObject | undefined): Part | undefined {
  return edit && editPart(edit['newResource'] ?? edit['oldResource'] ?? edit['resource'], [edit]);
}

function noticePart(part: JsonObject): Part | undefined {
  const pieces = [part['title'], part['content'] ?? part['message'] ?? part['value']].map(markdownText);
  const content = pieces.filter((piece) => piece !== undefined).join(': ');
  return content === '' ? undefined : { type: 'notice', content };
}

/** Thoughts that only the model's side of the request kept. */
function hiddenThoughts(request: JsonObject, shown: readonly Part[]): readonly Part[] {
  if (shown.some((part) => part.type === 'reasoning')) return [];
  return rounds(request).flatMap((round) => thoughts(asObject(round['thinking'])?.['text']));
}

/** Calls without a place of their own stand before the closing words, which answer them. */
function beforeLastText(parts: readonly Part[], calls: readonly Part[]): readonly Part[] {
  const end = parts.at(-1)?.type === 'text' ? parts.length - 1 : parts.length;
  return [...parts.slice(0, end), ...calls, ...parts.slice(end)];
}

/** A call may be written again when it goes on: its last version counts, at its first place. */
function withoutRepeatedCalls(response: readonly unknown[]): readonly unknown[] {
  const latest = new Map<string, unknown>();
  for (const value of response) {
    const id = callId(value);
    if (id !== undefined) latest.set(id, value);
  }
  const seen = new Set<string>();
  return response.flatMap((value) => {
    const id = callId(value);
    if (id === undefined) return [value];
    if (seen.has(id)) return [];
    seen.add(id);
    return [latest.get(id)];
  });
}

function callId(value: unknown): string | undefined {
  const part = asObject(value);
  const id = part && isInvocation(part) ? asText(part['toolCallId']) : undefined;
  return id === undefined ? undefined : plainCallId(id);
}
