import { parseType } from '../../shared/record.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { sourceLook } from '../sources.ts';
import { plainLabel } from '../text/label.ts';
import { duration } from '../text/time.ts';
import type { Translate } from '../text/translate.ts';
import { activityLines } from './activityText.ts';

/** One record as one line. */
export interface RecordLine {
  readonly label: string;
  /** Id of a codicon. */
  readonly icon: string;
  readonly opens: Opens;
}

/** What a click on the line opens. */
export type Opens =
  | { readonly what: 'file'; readonly uri: string }
  | { readonly what: 'session'; readonly id: string }
  | { readonly what: 'record'; readonly id: string };

/** Payloads come from many producers, so every field is looked at before it is believed. */
type Fields = Readonly<Record<string, unknown>>;
type Line = Omit<RecordLine, 'opens'> & { readonly file?: boolean };
type Describe = (t: Translate, fields: Fields, record: DaybookRecord) => Line;

const describe: Readonly<Record<string, Describe>> = {
  'editor.opened': (t, fields, record) => ({ label: t('Opened {0}', subject(fields, record)), icon: 'go-to-file', file: true }),
  'editor.edited': (t, fields, record) => ({ label: t('Edited {0}', subject(fields, record)) + changes(fields), icon: 'edit', file: true }),
  'editor.saved': (t, fields, record) => ({ label: t('Saved {0}', subject(fields, record)), icon: 'save', file: true }),
  'editor.closed': (t, fields, record) => ({ label: t('Closed {0}', subject(fields, record)), icon: 'close', file: true }),
  'file.created': (t, fields, record) => ({ label: t('Created {0}', subject(fields, record)), icon: 'new-file', file: true }),
  'file.renamed': (t, fields, record) => ({ label: t('Renamed to {0}', subject(fields, record)), icon: 'arrow-right', file: true }),
  'file.deleted': (t, fields, record) => ({ label: t('Deleted {0}', subject(fields, record)), icon: 'trash' }),
  'source.problem': (t, fields) => ({ label: t('Not read: {0}', text(fields['message'])), icon: 'warning' }),
  'source.gap': (t, fields) => ({ label: t('Not seen: {0}', text(fields['message'])), icon: 'eye-closed' }),
  'terminal.command': (t, fields) => ({ label: commandLabel(t, fields), icon: fields['status'] === 'failed' ? 'error' : 'terminal' }),
  session: (t, fields, record) => ({ label: t('Session: {0}', text(fields['title'])), icon: sourceLook(record.source).icon }),
  message: (t, fields) => messageLine(t, fields),
  unknown: (t, fields) => ({ label: t('Kept as it is: {0}', text(fields['nativeType'])), icon: 'question' }),
};

/** The line of a record; of a kind that is not known here, its kind and subject. */
export function recordLine(t: Translate, record: DaybookRecord): RecordLine {
  const kind = parseType(record.type)?.kind ?? record.type;
  const fields = isFields(record.data) ? record.data : {};
  const known = Object.hasOwn(describe, kind) ? describe[kind] : undefined;
  const activity = Object.hasOwn(activityLines, kind) ? activityLines[kind] : undefined;
  const line = known?.(t, fields, record) ?? activity?.(t, fields, subject(fields, record)) ?? { label: [kind, record.subject ?? ''].join(' ').trim(), icon: 'circle-small' };
  return { label: plainLabel(line.label), icon: line.icon, opens: opensOf(record, line.file ? fields['uri'] : undefined) };
}

function opensOf(record: DaybookRecord, uri: unknown): Opens {
  // Only files: a record may say anything, and opening another scheme could do anything.
  if (typeof uri === 'string' && uri.startsWith('file://')) return { what: 'file', uri };
  const ofChat = parseType(record.type)?.family === 'chats';
  return ofChat && record.sessionid !== undefined ? { what: 'session', id: record.sessionid } : { what: 'record', id: record.id };
}

/** `npm test · exit 1 · 3.2 s` */
function commandLabel(t: Translate, fields: Fields): string {
  const { exitCode, durationMs } = fields;
  const parts = [
    plainLabel(text(fields['command']), 80),
    typeof exitCode === 'number' && exitCode !== 0 ? t('exit {0}', exitCode) : '',
    typeof durationMs === 'number' ? duration(t, durationMs) : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/**
 * Whether a record has a line of its own. What a tool gave back has one only when something went wrong, for the line of its use is
 * there already; what a model thought is in the session, and what a session says of itself is under *Sessions*.
 */
export function hasLine(record: DaybookRecord): boolean {
  const { family, kind } = parseType(record.type) ?? {};
  if (family !== 'chats' || !isFields(record.data)) return true;
  if (kind !== 'message') return kind !== 'session';
  const parts = partsOf(record.data);
  return parts.length === 0 || !parts.every((part) => part['type'] === 'reasoning' || (isResult(part) && !wentWrong(part)));
}

function messageLine(t: Translate, fields: Fields): Line {
  const parts = partsOf(fields);
  const words = withoutMarks(parts.filter((part) => part['type'] === 'text').map((part) => text(part['content']).slice(0, 400)).join(' '));
  const tools = parts.filter((part) => part['type'] === 'tool_call').map(toolWords).join(', ');
  if (fields['role'] === 'user' && fields['synthetic'] !== true) return { label: t('Asked: {0}', words), icon: 'account' };
  if (fields['role'] === 'assistant' && words.trim() !== '') return { label: t('Answered: {0}', words), icon: 'comment' };
  if (tools !== '') return { label: t('Used {0}', tools), icon: 'tools' };
  const wrong = parts.find(wentWrong);
  if (wrong) return { label: failureLabel(t, wrong), icon: 'error' };
  if (parts.some(isResult)) return { label: t('Result of a tool'), icon: 'output' };
  if (parts.some((part) => part['type'] === 'reasoning')) return { label: t('Thought'), icon: 'lightbulb' };
  return { label: words.trim() === '' ? t('Message') : t('Message: {0}', words), icon: 'comment' };
}

function partsOf(fields: Fields): readonly Fields[] {
  return Array.isArray(fields['parts']) ? fields['parts'].filter(isFields) : [];
}

function isResult(part: Fields): boolean {
  return part['type'] === 'tool_call_response';
}

function wentWrong(part: Fields): boolean {
  return isResult(part) && ['failed', 'denied', 'cancelled'].includes(text(part['status']));
}

function failureLabel(t: Translate, part: Fields): string {
  if (part['status'] === 'denied') return t('A tool was not allowed');
  if (part['status'] === 'cancelled') return t('A tool was cancelled');
  return typeof part['exitCode'] === 'number' ? t('A tool failed · exit {0}', part['exitCode']) : t('A tool failed: {0}', text(part['response']));
}

/** `Bash · npm test`, `Edit · basket.js`: the tool, and the argument by which a person knows what it was for. */
function toolWords(part: Fields): string {
  const input = isFields(part['arguments']) ? part['arguments'] : {};
  const path = ['file_path', 'filePath', 'path'].map((name) => text(input[name])).find((value) => value !== '');
  const other = ['command', 'query', 'pattern', 'url', 'description'].map((name) => text(input[name])).find((value) => value !== '');
  const what = path?.split(/[\\/]/).at(-1) ?? other ?? '';
  return what === '' ? text(part['name']) : `${text(part['name'])} · ${plainLabel(what, 60)}`;
}

/** A line has no bold and no code. */
function withoutMarks(markdown: string): string {
  return markdown.replace(/`|\*\*/g, '');
}

/** ` · +12 −3`, where the counts are there. */
function changes(fields: Fields): string {
  const { linesAdded, linesRemoved } = fields;
  return typeof linesAdded === 'number' && typeof linesRemoved === 'number' ? ` · +${linesAdded} −${linesRemoved}` : '';
}

/** The record's subject; without one, the file name in its URI. */
function subject(fields: Fields, record: DaybookRecord): string {
  return plainLabel(record.subject ?? text(fields['uri']).split('/').at(-1) ?? '', 80);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
