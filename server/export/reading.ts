/** A session as people read it, before it has a format: passages in order, each with who speaks and what is shown folded. */

import { blobsIn, type BlobPart } from '../../shared/attachment.ts';
import { parseType, type DaybookRecord, type EditorEdited, type TerminalCommand } from '../../shared/record.ts';
import type { SessionDocument, Turn } from '../../shared/results.ts';
import type { ChatMessage, Part, ToolCallPart, ToolCallResponsePart } from '../../shared/session.ts';
import { attachmentText } from './attached.ts';
import { valueText } from './conversation.ts';

export interface Passage {
  readonly kind: 'person' | 'model' | 'thinking' | 'tool' | 'context' | 'note' | 'event';
  /** RFC 3339. */
  readonly time: string;
  /** What stands above it; empty for what a person or a model said. */
  readonly title: string;
  readonly text: string;
  /** Name of the attachment it stands for. */
  readonly attachment?: string;
  /** Taken back later. */
  readonly superseded: boolean;
}

/** The passages of one turn. Answers of tools stand with their calls. */
export function passagesOf({ records }: Turn): Passage[] {
  const answers = new Map<string, ToolCallResponsePart>();
  const called = new Set<string>();
  for (const part of records.flatMap(partsOf)) {
    if (part.type === 'tool_call_response') answers.set(part.id, part);
    if (part.type === 'tool_call') called.add(part.id);
  }
  return records.flatMap((record) => {
    const message = messageOf(record);
    if (!message) return [eventOf(record), ...blobsIn(record).map((part) => ({ ...blobPassage(part), title: 'All output', time: record.time, superseded: false }))];
    return message.parts.flatMap((part) => partPassages(part, message, answers, called))
      .map((passage) => ({ ...passage, time: record.time, superseded: message.superseded === true }));
  });
}

type Bare = Pick<Passage, 'kind' | 'title' | 'text' | 'attachment'>;

function messageOf(record: DaybookRecord): ChatMessage | undefined {
  return record.type === 'dev.daybook.chat.message' && Array.isArray((record.data as Partial<ChatMessage> | null)?.parts) ? (record.data as ChatMessage) : undefined;
}

function partsOf(record: DaybookRecord): readonly Part[] {
  return messageOf(record)?.parts ?? [];
}

function partPassages(part: Part, { role, synthetic }: ChatMessage, answers: ReadonlyMap<string, ToolCallResponsePart>, called: ReadonlySet<string>): Bare[] {
  const speaker = synthetic === true || role === 'system' ? 'context' : role === 'user' ? 'person' : 'model';
  switch (part.type) {
    case 'text':
      return part.content.trim() === '' ? [] : [{ kind: speaker, title: '', text: part.content }];
    case 'reasoning':
      return part.content.trim() === '' ? [] : [{ kind: 'thinking', title: 'Thinking', text: part.content }];
    case 'tool_call':
      return [toolPassage(part, answers.get(part.id))];
    case 'tool_call_response':
      return called.has(part.id) ? [] : [toolPassage({ type: 'tool_call', id: part.id, name: 'tool' }, part)];
    case 'uri':
      return [{ kind: 'note', title: 'File', text: part.range ? `${part.uri}, lines ${part.range.start} to ${part.range.end}` : part.uri }];
    case 'blob':
      return [blobPassage(part)];
    case 'edit':
      return [{ kind: 'note', title: 'Edited', text: part.uri }];
    case 'notice':
      return [{ kind: 'note', title: 'Note', text: part.content }];
    default:
      return [{ kind: 'note', title: 'A part of a kind that Daybook does not know', text: JSON.stringify(part) }];
  }
}

function blobPassage(part: BlobPart): Bare {
  return { kind: 'note', title: 'Attachment', text: attachmentText(part), ...(part.attachment !== undefined && { attachment: part.attachment }) };
}

function toolPassage(call: ToolCallPart, answer: ToolCallResponsePart | undefined): Bare {
  const facts = [answer === undefined ? 'no answer' : answer.status, ...(answer?.exitCode === undefined ? [] : [`exit ${answer.exitCode}`])];
  const input = call.arguments === undefined ? [] : [typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments, null, 2)];
  const output = answer?.response === undefined ? [] : [valueText(answer.response)];
  return { kind: 'tool', title: `${call.name} (${facts.join(', ')})`, text: [...input, ...output].map((each) => each.trimEnd()).filter((each) => each !== '').join('\n\n') };
}

function eventOf(record: DaybookRecord): Passage {
  const { time, type, subject } = record;
  const kind = parseType(type)?.kind ?? type;
  const data = (typeof record.data === 'object' && record.data !== null ? record.data : {}) as Partial<TerminalCommand & EditorEdited>;
  const common = { kind: 'event', time, superseded: false } as const;
  if (kind === 'terminal.command') {
    const exit = data.exitCode === undefined ? '' : ` (exit ${data.exitCode})`;
    return { ...common, title: `$ ${String(data.command)}${exit}`, text: typeof data.output === 'string' ? data.output : '' };
  }
  if (kind === 'editor.edited') return { ...common, title: `Edited ${subject ?? String(data.uri)}`, text: typeof data.diff === 'string' ? data.diff : '' };
  return { ...common, title: subject === undefined ? kind : `${kind} ${subject}`, text: kind === 'unknown' ? JSON.stringify(record.data) : '' };
}

/** Facts about a session that stand above it, by name. */
export function factsOf({ session }: SessionDocument, time: string): [string, string][] {
  const tool = [session.agent?.name ?? session.source, session.agent?.version].filter((word) => word !== undefined).join(' ');
  const facts: [string, string | null | undefined][] = [
    ['Tool', tool], ['Time', time], ['Workspace', session.workspace], ['Branch', session.git?.branch], ['Session', session.id], ['Started from', session.parent],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
}
