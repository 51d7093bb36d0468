/** Parts of messages, and what else a session holds, as blocks of the session document. */

import { blobsIn, isPicture, parseAttachmentName, type BlobPart } from '../../../shared/attachment.ts';
import { fileURLToPath } from 'node:url';
import { parseType, type DaybookRecord, type EditorEdited, type TerminalCommand } from '../../../shared/record.ts';
import type { ChatMessage, Part, ToolCallPart, ToolCallResponsePart } from '../../../shared/session.ts';
import type { Block, WholeBlock } from '../../../shared/sessionView.ts';
import { callSummary } from '../../export/callSummary.ts';
import { fileEdit } from './fileEdit.ts';
import { asText, clipped, oneLine, plain } from './plain.ts';
import { patchEdits } from './patch.ts';
import { editsOf } from './toolEdits.ts';

/** Answers to tool calls by the id of the call. */
export type Answers = ReadonlyMap<string, ToolCallResponsePart>;

/** One thing to be shown: its block, and all of its text. */
export interface Shown {
  /** What stands in its line, beside its texts. */
  readonly label: string;
  block(): Block;
  whole(): WholeBlock;
}

/** What of a record is shown, in its order; the rest of a message has its place elsewhere, or nothing to say. */
export function shownOf(record: DaybookRecord, answers: Answers, called: ReadonlySet<string>): Shown[] {
  if (record.type !== 'dev.daybook.chat.message') return [eventOf(record), ...blobsIn(record).map((part) => just({ ...attachmentOf(part), isOutput: true }, ''))];
  return (record.data as ChatMessage).parts.flatMap((part) => partOf(part, answers, called));
}

function partOf(part: Part, answers: Answers, called: ReadonlySet<string>): Shown[] {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'notice':
      return part.content.trim() === '' ? [] : [textOf(part.type, part.content)];
    case 'tool_call':
      return [toolOf(part, answers.get(part.id))];
    case 'tool_call_response':
      return called.has(part.id) ? [] : [toolOf({ type: 'tool_call', id: part.id, name: 'tool' }, part)];
    case 'uri': {
      const name = oneLine(part.name ?? pathOf(part.uri), 200);
      return [just({ type: 'link', uri: part.uri, name, ...(part.range && { line: part.range.start }) }, name)];
    }
    case 'blob':
      return [just(attachmentOf(part), part.mimeType)];
    case 'edit':
      return [editOf(part.uri, part.edits)];
    default:
      return [rawOf(part.nativeType ?? '', 'raw' in part ? part.raw : part)];
  }
}

function attachmentOf({ mimeType, bytes, attachment, leftOut }: BlobPart): Extract<Block, { readonly type: 'attachment' }> {
  const known = parseAttachmentName(attachment);
  return {
    type: 'attachment', mimeType: oneLine(mimeType, 80), bytes, ...(known && { name: `${known.sha256}.${known.ending}` }),
    ...(known && isPicture(known.ending) && { isPicture: true }), ...(leftOut !== undefined && { left: leftOut }),
  };
}

function textOf(type: 'text' | 'reasoning' | 'notice', content: string): Shown {
  return { label: '', block: () => ({ type, text: clipped(content) }), whole: () => ({ text: plain(content), input: '', edits: [] }) };
}

function rawOf(nativeType: string, raw: unknown): Shown {
  const text = (): string => asText(raw);
  return {
    label: nativeType,
    block: () => ({ type: 'raw', nativeType: oneLine(nativeType, 80), text: clipped(text()) }),
    whole: () => ({ text: plain(text()), input: '', edits: [] }),
  };
}

function just(block: Block, label: string): Shown {
  return { label, block: () => block, whole: () => ({ text: '', input: '', edits: [] }) };
}

function toolOf(call: ToolCallPart, answer: ToolCallResponsePart | undefined): Shown {
  const edits = () => editsOf(call.name, call.arguments);
  const output = answer?.response === undefined ? '' : asText(answer.response);
  return {
    label: `${call.name} · ${callSummary(call.arguments)}`,
    block() {
      const found = edits();
      return {
        type: 'tool', name: oneLine(call.name, 80), summary: oneLine(callSummary(call.arguments), 200), status: answer?.status ?? 'running',
        ...(answer?.exitCode !== undefined && { exitCode: answer.exitCode }),
        ...(answer?.durationMs !== undefined && { durationMs: answer.durationMs }),
        ...(call.arguments !== undefined && found.length === 0 && { input: clipped(asText(call.arguments)) }),
        ...(output !== '' && { output: clipped(output) }),
        edits: found.map(fileEdit),
      };
    },
    whole: () => ({ text: plain(output), input: call.arguments === undefined ? '' : plain(asText(call.arguments)), edits: edits() }),
  };
}

function editOf(uri: string, edits: unknown): Shown {
  const path = pathOf(uri);
  const found = () => {
    const [first, ...more] = editsOf('edit', { edits: Array.isArray(edits) ? edits : [edits], path });
    return first ? [first, ...more] : [{ path, before: '', after: '' }];
  };
  return { label: path, block: () => ({ type: 'edit', edits: found().map(fileEdit) }), whole: () => ({ text: '', input: '', edits: found() }) };
}

/** Anybody may have recorded an event of any kind: what is not as it should be is left out. */
function eventOf(record: DaybookRecord): Shown {
  const kind = parseType(record.type)?.kind ?? record.type;
  const data = (typeof record.data === 'object' && record.data !== null ? record.data : {}) as Partial<TerminalCommand & EditorEdited>;
  if (kind === 'terminal.command' && typeof data.command === 'string') return commandOf(data.command, data);
  if (kind === 'editor.edited' && typeof data.diff === 'string') return burstOf(record.subject ?? '', data.diff);
  if (kind === 'unknown' && record.type.startsWith('dev.daybook.chat.')) return rawOf('', record.data);
  return just({ type: 'event', kind: oneLine(kind, 80), subject: oneLine(record.subject ?? '', 200) }, `${kind} ${record.subject ?? ''}`);
}

function commandOf(command: string, { status, exitCode, durationMs, output }: Partial<TerminalCommand>): Shown {
  const text = typeof output === 'string' ? output : '';
  return {
    label: command,
    block: () => ({
      type: 'tool', name: '$', summary: oneLine(command, 200), status: status === 'failed' || status === 'succeeded' ? status : 'unknown',
      ...(typeof exitCode === 'number' && { exitCode }),
      ...(typeof durationMs === 'number' && { durationMs }),
      ...(command.length > 200 && { input: clipped(command) }),
      ...(text !== '' && { output: clipped(text) }),
      edits: [],
    }),
    whole: () => ({ text: plain(text), input: plain(command), edits: [] }),
  };
}

function burstOf(path: string, diff: string): Shown {
  const edits = () => patchEdits(diff, path).map((edit) => ({ ...edit, path }));
  return { label: path, block: () => ({ type: 'edit', edits: edits().map(fileEdit) }), whole: () => ({ text: diff, input: '', edits: edits() }) };
}

function pathOf(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
  } catch {
    return uri; // a file URI of another platform is shown as it is
  }
}
