/** The conversation of one file: lines → messages, each of the session it belongs to. */

import { present } from '../formats/fields.ts';
import type { ImportedRecord, SourceUnit } from '../importer.ts';
import { asObject, asText } from '../formats/json.ts';
import { fileUri } from '../formats/place.ts';
import type { ChatMessage, Part } from '../../../shared/session.ts';
import { textOf } from './content.ts';
import type { Line } from './format.ts';
import { agentMessage, answerOf, compaction, responseParts } from './items.ts';
import { rememberAsked, rememberCall, takeTwin, type Memory } from './memory.ts';
import { noticeOf } from './notices.ts';
import { contextCwd, marksOf, tellApart } from './prompt.ts';
import { nameSession, type SessionMemory } from './session.ts';
import { endedCall, type EndedCall } from './toolEnds.ts';
import { answerParts, isRunning } from './toolOutput.ts';
import type { MessageRecord, Turns } from './turns.ts';
import { add, readTotals, toUsage, type Totals } from './usage.ts';
import { askedParts } from './asked.ts';

/** Where a line's messages go, and which session and time they are of. */
export interface Place {
  readonly session: SessionMemory;
  readonly time: string;
  readonly unit: SourceUnit;
}

export interface Conversation {
  /** Takes in a line; whether it was one of the conversation. */
  read(line: Line, place: Place): boolean;
  /** The turn is over, or the session. Gives the message it made of tokens that no message accounts for. */
  settle(place: Place): MessageRecord | undefined;
  /** Whether a response waits for the count of its tokens: it may have to be handed over again. */
  isWaiting(): boolean;
}

const turnEdges: ReadonlySet<string> = new Set(['task_started', 'turn_started', 'task_complete', 'turn_complete', 'turn_aborted']);

export function createConversation(memory: Memory, turns: () => Turns, emit: (record: ImportedRecord) => void): Conversation {
  let pending: { readonly record: MessageRecord; readonly place: Place; readonly counted: Totals | undefined } | undefined;

  function read(line: Line, place: Place): boolean {
    if (line.type === 'turn_context') return readContext(line, place);
    if (line.type === 'event_msg' && turnEdges.has(line.kind)) settle(place);
    if (line.nativeType === 'event_msg/token_count') return count(line);
    return readUser(line, place) || readTools(line, place) || readResponse(line, place) || readRest(line, place);
  }

  function readContext(line: Line, { session }: Place): boolean {
    const model = asText(line.payload['model']);
    if (model !== undefined) memory.flow.model = model;
    const cwd = asText(line.payload['cwd']);
    if (cwd !== undefined) session.cwd ??= cwd;
    return true;
  }

  /** A user message is written as a response item and as an event, in either order: the first is kept. */
  function readUser(line: Line, place: Place): boolean {
    const asked = askedParts(line);
    if (!asked) return false;
    const { by, parts } = asked;
    const marks = marksOf(parts);
    const twin = takeTwin(memory.flow, by, marks);
    // Only what a person typed has an event, whatever it looks like.
    if (twin) return by === 'event' && twin.injected ? hear(twin.id, parts, [], place) : true;
    const { person, injected } = tellApart(parts);
    const id = idOf(line, place.unit);
    rememberAsked(memory.flow, { id, by, marks, injected: person.length === 0 });
    return hear(id, person, injected, place);
  }

  function hear(id: string, person: readonly Part[], injected: readonly Part[], place: Place): true {
    const { session } = place;
    delete memory.flow.response;
    const cwd = contextCwd(injected);
    if (cwd !== undefined) session.cwd ??= cwd;
    if (person.length > 0) {
      pending = undefined;
      nameSession(session, memory.flow.replay?.active ? 'copied' : 'prompt', textOf(person));
      // What a subagent is asked, another agent asks.
      say(id, { role: 'user', parts: person, ...(session.relation === 'subagent' ? { synthetic: true } : {}) }, place);
    }
    if (injected.length > 0) say(person.length > 0 ? `${id}#1` : id, { role: 'user', parts: injected, synthetic: true }, place);
    return true;
  }

  function readTools(line: Line, place: Place): boolean {
    const ended = endedCall(line);
    if (ended) {
      if (memory.flow.calls.has(ended.id)) memory.flow.calls.set(ended.id, ended.end);
      else sayEnded(ended, line, place);
      return true;
    }
    const answer = line.type === 'response_item' ? answerOf(line.kind, line.payload) : undefined;
    if (!answer) return false;
    delete memory.flow.response;
    const recordId = idOf(line, place.unit);
    const id = answer.id ?? recordId;
    say(recordId, { role: 'tool', parts: answerParts(id, answer.output, memory.flow.calls.get(id)) }, place);
    if (isRunning(answer.output)) rememberCall(memory.flow, id, {});
    else memory.flow.calls.delete(id);
    return true;
  }

  /** A call that only its end tells of: it ran inside the code of another call, or a person typed it. */
  function sayEnded({ id, name, arguments: args, output, end }: EndedCall, line: Line, place: Place): void {
    const recordId = lineId(place.unit);
    const byPerson = line.payload['source'] === 'user_shell' || line.item?.['source'] === 'user_shell';
    const call: Part = { type: 'tool_call', id, name, ...present('arguments', args) };
    if (byPerson) say(recordId, { role: 'user', parts: [call], synthetic: true }, place);
    else sayFurther(recordId, call, place);
    say(`${recordId}#1`, { role: 'tool', parts: answerParts(id, output, end) }, place);
  }

  /** More of the latest response. */
  function sayFurther(id: string, part: Part, place: Place): void {
    say(id, { role: 'assistant', parts: [part], responseId: memory.flow.lastResponse ?? id, ...modelNow() }, place);
  }

  function readResponse(line: Line, place: Place): boolean {
    const id = idOf(line, place.unit);
    const parts = line.type === 'response_item' ? responseParts(line.kind, line.payload, id) : undefined;
    if (!parts) return false;
    const { flow } = memory;
    flow.asked = [];
    flow.response ??= id;
    flow.lastResponse = flow.response;
    for (const part of parts) {
      if (part.type === 'tool_call' && line.kind !== 'web_search_call' && line.kind !== 'image_generation_call') rememberCall(flow, part.id, {});
    }
    const { carried } = flow;
    delete flow.carried;
    const usage = present('usage', carried && toUsage(carried));
    const record = say(id, { role: 'assistant', parts, responseId: flow.response, ...modelNow(), ...usage }, place);
    pending = { record, place, counted: carried };
    return true;
  }

  function readRest(line: Line, place: Place): boolean {
    const plan = line.nativeType === 'event_msg/item_completed/Plan' ? asText(line.item?.['text']) : undefined;
    if (plan !== undefined) {
      sayFurther(idOf(line, place.unit), { type: 'text', content: plan }, place);
      return true;
    }
    const fromAgent = line.nativeType === 'response_item/agent_message' || line.type === 'inter_agent_communication';
    const message = fromAgent ? agentMessage(line.payload) : line.type === 'compacted' ? compaction(line.payload) : noticeOf(line);
    if (!message) return false;
    if (place.session.relation === 'subagent' && fromAgent) nameSession(place.session, 'prompt', textOf(message.parts));
    say(idOf(line, place.unit), message, place);
    return true;
  }

  /** The counters grow once per response, after its items or, in some releases, before them. */
  function count(line: Line): true {
    const { flow } = memory;
    const counted = readTotals(asObject(line.payload['info']), flow.total);
    if (!counted) return true;
    flow.total = counted.total;
    if (!counted.added) return true;
    delete flow.response;
    if (!pending) {
      flow.carried = add(flow.carried, counted.added);
      return true;
    }
    const { record, place } = pending;
    const usage = toUsage(add(pending.counted, counted.added));
    keep({ ...record, data: { ...record.data, usage } }, place);
    pending = undefined;
    return true;
  }

  function settle(place: Place): MessageRecord | undefined {
    const { flow } = memory;
    const settled = flow.carried && sayUsage(flow.carried, place);
    delete flow.carried;
    delete flow.response;
    pending = undefined;
    return settled;
  }

  /** A response that left no item: a compaction, most of the time. */
  function sayUsage(counted: Totals, place: Place): MessageRecord {
    const id = `${lineId(place.unit)}#usage`;
    return say(id, { role: 'assistant', parts: [], responseId: id, ...modelNow(), usage: toUsage(counted) }, place);
  }

  function modelNow(): { model?: string } {
    return present('model', memory.flow.model);
  }

  function say(id: string, message: ChatMessage, place: Place): MessageRecord {
    const { session, time } = place;
    const data: ChatMessage = memory.flow.replay?.active ? { ...message, copied: true } : message;
    return keep({ kind: 'message', id, data, session: session.id, time, ...workspaceOf(session), ...actorOf(message) }, place);
  }

  function keep(record: MessageRecord, place: Place): MessageRecord {
    turns().add(record, place.unit.text.length);
    emit(record);
    return record;
  }

  return { read, settle, isWaiting: () => pending !== undefined };
}

/** Workspace of a session's records. */
export function workspaceOf(session: SessionMemory): { workspace?: string } {
  return present('workspace', session.cwd === undefined ? undefined : fileUri(session.cwd));
}

/** Native id of a line where it has one, else its place in the file. */
export function idOf(line: Line, unit: SourceUnit): string {
  const id = asText((line.item ?? line.payload)['id']);
  const isItem = line.type === 'response_item' || line.item !== undefined;
  return isItem && id !== undefined && /^[\w-]{4,200}$/.test(id) ? id : lineId(unit);
}

function lineId(unit: SourceUnit): string {
  return `line-${unit.offset}`;
}

function actorOf(message: ChatMessage): { actor?: string } {
  if (message.role === 'assistant') return { actor: 'agent:codex' };
  return message.role === 'user' && !message.synthetic ? { actor: 'user' } : {};
}
