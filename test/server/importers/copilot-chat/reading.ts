/** Reads files through the importer the way the follower does, in memory. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatMessage, ChatSessionHeader, Part } from '../../../../shared/session.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { copilotChat } from '../../../../server/importers/copilot-chat/index.ts';
import type { ImportedRecord, SourceFile } from '../../../../server/importers/importer.ts';
import { root, samples } from '../../../support/places.ts';

export interface Read {
  readonly records: readonly ImportedRecord[];
  readonly problems: readonly Problem[];
}

export interface Asked {
  readonly path?: string;
  /** Texts of neighbouring files by relative path. */
  readonly neighbours?: Readonly<Record<string, string>>;
  /** After which lines (from 1) to take; at the end it is always taken. */
  readonly splits?: ReadonlySet<number>;
}

export function fixture(name: string): string {
  return readFileSync(join(root, 'test/fixtures/copilot-chat', name), 'utf8');
}

/** Text of a sample file; undefined where the samples are not beside the repository. */
export function sample(name: string): string | undefined {
  const path = join(samplesFolder(), 'copilot-chat', name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

export function samplesFolder(): string {
  return samples;
}

export function sourceFile(format: string, asked: Asked = {}): SourceFile {
  return {
    path: asked.path ?? '/data/chatSessions/stem.jsonl',
    format,
    modifiedAt: '2026-06-01T00:00:00.000Z',
    neighbour: (relativePath) => asked.neighbours?.[relativePath],
  };
}

/** Reads lines, taking where the splits say. */
export function readLines(format: string, text: string, asked: Asked = {}): Read {
  const reader = copilotChat.open(sourceFile(format, asked));
  const readings: Read[] = [];
  let offset = 0;
  for (const [index, line] of text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined).entries()) {
    reader.push({ text: line, line: index + 1, offset });
    offset += Buffer.byteLength(line) + 1;
    if (asked.splits?.has(index + 1)) readings.push(reader.take());
  }
  readings.push(reader.take());
  return { records: readings.flatMap(({ records }) => records), problems: readings.flatMap(({ problems }) => problems) };
}

export function readDocument(format: string, text: string, asked: Asked = {}): Read {
  const reader = copilotChat.open(sourceFile(format, { path: '/data/chatSessions/stem.json', ...asked }));
  reader.push({ text, line: 1, offset: 0 });
  return reader.take();
}

export function header(read: Read): ChatSessionHeader {
  const found = read.records.findLast((record) => record.kind === 'session');
  if (!found) throw new Error('no session header was handed over');
  return found.data;
}

/** The latest version of a message. */
export function message(read: Read, id: string): ChatMessage {
  const found = read.records.findLast((record) => record.kind === 'message' && record.id === id);
  if (found?.kind !== 'message') throw new Error(`no message ${id} was handed over`);
  return found.data;
}

/** The latest version of every record, by what makes its identity. */
export function latest(read: Read): ReadonlyMap<string, ImportedRecord> {
  return new Map(read.records.map((record) => [`${record.session} ${record.kind === 'session' ? 'session' : record.id}`, record]));
}

export interface Counts {
  readonly sessions: number;
  readonly prompts: number;
  readonly replies: number;
  readonly toolCalls: number;
}

/** What a reading counts for, each thing once. */
export function counts(read: Read): Counts {
  const records = [...latest(read).values()];
  const all = records.flatMap((record) => (record.kind === 'message' ? [record.data] : []));
  const messages = all.filter((one) => !one.synthetic && !one.copied);
  const parts: readonly Part[] = messages.flatMap((one) => one.parts);
  return {
    sessions: new Set(records.map((record) => record.session)).size,
    prompts: messages.filter((one) => one.role === 'user').length,
    replies: new Set(messages.filter((one) => one.role === 'assistant').map((one) => one.responseId)).size,
    toolCalls: new Set(parts.flatMap((part) => (part.type === 'tool_call' ? [part.id] : []))).size,
  };
}
