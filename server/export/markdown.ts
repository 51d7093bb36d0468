/** A session as one Markdown document for people. What people and models wrote is content: it cannot load, run or hide anything. */

import { fileURLToPath } from 'node:url';
import { blobsIn } from '../../shared/attachment.ts';
import { parseType, type DaybookRecord, type EditorEdited, type TerminalCommand } from '../../shared/record.ts';
import type { SessionDocument, Turn } from '../../shared/results.ts';
import type { ChatMessage, Part, ToolCallPart, ToolCallResponsePart } from '../../shared/session.ts';
import { attachmentWords, type AttachmentMarkdown } from './attachedMarkdown.ts';
import { callSummary } from './callSummary.ts';
import { clockIn, type Clock } from './clock.ts';
import { code, fenced, html, inert, line } from './markdownText.ts';

/** Longer results of tools are cut in the document; the record keeps them whole. */
const maxToolText = 20_000;

/**
 * @param clock tells the times: those of this machine's time zone when absent
 * @param attached how images and documents are shown: in words when absent
 */
export function sessionMarkdown({ session, turns }: SessionDocument, clock: Clock = clockIn(), attached: AttachmentMarkdown = attachmentWords): string {
  const figures = [
    `${session.turns} ${session.turns === 1 ? 'turn' : 'turns'}`,
    `${session.replies} ${session.replies === 1 ? 'reply' : 'replies'}`,
    `${session.toolExecutions} tool ${session.toolExecutions === 1 ? 'use' : 'uses'}`,
  ];
  const tokens = (session.usage.outputTokens ?? 0) > 0 ? [`${(session.usage.outputTokens ?? 0).toLocaleString('en')} tokens written`] : [];
  const facts: [string, string | null | undefined][] = [
    ['Tool', line([session.agent?.name ?? session.source, session.agent?.version].filter((word) => word !== undefined).join(' '))],
    ['Branch', session.git?.branch && code(session.git.branch)],
    ['Workspace', session.workspace && code(pathOf(session.workspace))],
    ['Time', `${clock.minute(session.startedAt)} to ${clock.minute(session.endedAt)} ${clock.zone(session.endedAt)}`],
    ['Size', session.kind === 'chat' ? [...figures, ...tokens].join(', ') : `${turns.reduce((sum, turn) => sum + turn.records.length, 0)} records`],
    ['Started from', session.parent && code(session.parent)],
    ['Read from', session.origin && code(session.origin)],
    ['Complete', session.fidelity && `${session.fidelity}${session.fidelityReason === undefined ? '' : `: ${line(session.fidelityReason)}`}`],
    ['Kept', session.sourceGone && 'The source is gone; this copy is kept.'],
  ];
  const head = facts.filter(([, value]) => value).map(([name, value]) => `- **${name}**: ${value ?? ''}`);
  const body = session.kind === 'chat' ? turns.map((turn) => turnMarkdown(turn, clock, attached)) : turns.flatMap(({ records }) => records.map((record) => recordLine(record, clock, attached)));
  return `${[`# ${line(session.title)}`, head.join('\n'), ...body].join('\n\n')}\n`;
}

function turnMarkdown(turn: Turn, clock: Clock, attached: AttachmentMarkdown): string {
  const answers = new Map<string, ToolCallResponsePart>();
  for (const message of messagesOf(turn)) {
    for (const part of message.parts) if (part.type === 'tool_call_response') answers.set(part.id, part);
  }
  const called = new Set(messagesOf(turn).flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'tool_call' ? [part.id] : []))));
  const blocks = turn.records.flatMap((record) => recordBlocks(record, { answers, called, attached }));
  const milliseconds = Date.parse(turn.endedAt) - Date.parse(turn.startedAt);
  return [`## ${turn.index} · ${clock.minute(turn.startedAt)}${milliseconds >= 1000 ? ` · ${duration(milliseconds)}` : ''}`, ...blocks].join('\n\n');
}

function messagesOf(turn: Turn): ChatMessage[] {
  return turn.records.filter(isMessage).map(({ data }) => data);
}

function isMessage(record: DaybookRecord): record is DaybookRecord<ChatMessage> {
  return record.type === 'dev.daybook.chat.message';
}

/** What of its turn a part must know. */
interface Around {
  readonly answers: ReadonlyMap<string, ToolCallResponsePart>;
  readonly called: ReadonlySet<string>;
  readonly attached: AttachmentMarkdown;
}

function recordBlocks(record: DaybookRecord, around: Around): string[] {
  if (!isMessage(record)) return [folded('A record of a kind that Daybook does not know', fenced(JSON.stringify(record.data, null, 2), 'json'))];
  const { role, parts, synthetic, superseded } = record.data;
  const blocks = parts.flatMap((part) => partBlocks(part, around));
  if (blocks.length === 0) return [];
  if (synthetic) return [folded('Context added by the tool', blocks.join('\n\n'))];
  const note = superseded ? ['*Taken back later.*'] : [];
  return role === 'user' ? [...note, quote(blocks.join('\n\n'))] : [...note, ...blocks];
}

function partBlocks(part: Part, { answers, called, attached }: Around): string[] {
  switch (part.type) {
    case 'text':
      return part.content.trim() ? [inert(part.content)] : [];
    case 'reasoning':
      return part.content.trim() ? [folded('Thinking', inert(part.content))] : [];
    case 'tool_call':
      return [toolBlock(part, answers.get(part.id))];
    case 'tool_call_response':
      return called.has(part.id) ? [] : [toolBlock({ type: 'tool_call', id: part.id, name: 'tool' }, part)];
    case 'uri':
      return [link(part.name ?? pathOf(part.uri), part.uri, part.range?.start)];
    case 'blob':
      return [attached(part)];
    case 'edit':
      return [`Edited ${link(pathOf(part.uri), part.uri)}`];
    case 'notice':
      return [`*${line(part.content)}*`];
    default:
      return [folded(`A part of a kind that Daybook does not know`, fenced(JSON.stringify(part, null, 2), 'json'))];
  }
}

function toolBlock(call: ToolCallPart, answer: ToolCallResponsePart | undefined): string {
  const mark = answer === undefined ? '…' : answer.status === 'succeeded' ? '✓' : answer.status === 'unknown' ? '·' : '✗';
  const facts = [
    answer && !['succeeded', 'unknown'].includes(answer.status) ? answer.status : undefined,
    answer?.exitCode === undefined ? undefined : `exit ${answer.exitCode}`,
    answer?.durationMs === undefined ? undefined : duration(answer.durationMs),
  ].filter((fact) => fact !== undefined);
  const summary = callSummary(call.arguments);
  const title = `${mark} ${call.name}${summary && ` · ${summary}`}${facts.length ? ` · ${facts.join(' · ')}` : ''}`;
  const input = call.arguments === undefined ? [] : [editOf(call.arguments) ?? fenced(textOf(call.arguments), typeof call.arguments === 'string' ? '' : 'json')];
  const output = answer?.response === undefined ? [] : [fenced(textOf(answer.response), '')];
  return folded(title, [...input, ...output].join('\n\n') || '*No input and no output.*');
}

/** A replaced text as a diff: it reads better than the two as JSON. Undefined for the arguments of any other tool. */
function editOf(input: unknown): string | undefined {
  const { old_string: before, new_string: after } = (input ?? {}) as Record<string, unknown>;
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  const marked = (text: string, mark: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n').map((each) => mark + each));
  return fenced(textOf([...marked(before, '-'), ...marked(after, '+')].join('\n')), 'diff');
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return text.length > maxToolText ? `${text.slice(0, maxToolText).toWellFormed()}\n… ${text.length - maxToolText} more characters` : text;
}

/** A line of a coding session. Anybody may have recorded an event of any kind: what is not as it should be is left out. */
function recordLine(record: DaybookRecord, clock: Clock, attached: AttachmentMarkdown): string {
  const time = `**${clock.second(record.time)}**`;
  const kind = parseType(record.type)?.kind ?? record.type;
  const data = (typeof record.data === 'object' && record.data !== null ? record.data : {}) as Partial<TerminalCommand & EditorEdited>;
  if (kind === 'terminal.command' && typeof data.command === 'string') {
    const facts = [
      code(data.command),
      ...(isNumber(data.exitCode) ? [`exit ${data.exitCode}`] : []),
      ...(isNumber(data.durationMs) ? [duration(data.durationMs)] : []),
    ];
    return [withBlock(`${time} ${facts.join(' · ')}`, 'Output', data.output, ''), ...blobsIn(record).map((part) => `All output: ${attached(part)}`)].join('\n\n');
  }
  if (kind === 'editor.edited' && typeof data.uri === 'string') {
    const lines = isNumber(data.linesAdded) && isNumber(data.linesRemoved) ? ` · +${data.linesAdded} −${data.linesRemoved}` : '';
    return withBlock(`${time} Edited ${link(record.subject ?? pathOf(data.uri), data.uri)}${lines}`, 'Changes', data.diff, 'diff');
  }
  return `${time} ${line(kind)} ${line(record.subject ?? '')}`.trimEnd();
}

function withBlock(title: string, name: string, text: unknown, language: string): string {
  return typeof text === 'string' && text !== '' ? `${title}\n\n${folded(name, fenced(textOf(text), language))}` : title;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function folded(title: string, body: string): string {
  return `<details><summary>${html(title)}</summary>\n\n${body}\n\n</details>`;
}

function quote(text: string): string {
  return text.split('\n').map((each) => `> ${each}`.trimEnd()).join('\n');
}

function link(name: string, uri: string, startLine?: number): string {
  const isSafe = /^(file|https?|vscode-remote|untitled):/i.test(uri);
  if (!isSafe) return code(name);
  const unfit = /[\s<>()[\]\\\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
  const target = uri.toWellFormed().replace(unfit, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'));
  return `[${line(name)}](${target}${startLine === undefined ? '' : `#L${startLine}`})`;
}

function pathOf(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
  } catch {
    return uri; // a file URI of another platform is shown as it is
  }
}


function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
