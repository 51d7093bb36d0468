/** Reads session files through the importer as the engine does, and counts what came out. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { claudeCode } from '../../../../server/importers/claude-code/index.ts';
import type { ImportedRecord, ReaderState, SourceFile, SourceReader, SourceUnit } from '../../../../server/importers/importer.ts';
import type { ChatMessage, ChatSessionHeader, Part } from '../../../../shared/session.ts';
import { isPrompt, isReply } from '../../../../shared/session.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { samples } from '../../../support/places.ts';

export { samples };

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, '..', '..', '..', '..');
export const fixtures = join(repository, 'test', 'fixtures', 'claude-code');

export type MessageRecord = Extract<ImportedRecord, { kind: 'message' }>;

export interface Read {
  readonly records: readonly ImportedRecord[];
  readonly problems: readonly Problem[];
}

export function sourceFile(path: string): SourceFile {
  const neighbour = (name: string): string | undefined => textOf(join(dirname(path), name));
  return { path, format: 'claude-code-jsonl', modifiedAt: '2026-10-01T00:00:00.000Z', neighbour };
}

export function readPath(path: string): Read {
  return readText(readFileSync(path, 'utf8'), sourceFile(path));
}

export function readLines(lines: readonly unknown[], path = '/home/ada/.claude/projects/-x/s.jsonl'): Read {
  return readText(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n') + '\n', sourceFile(path));
}

export function readText(text: string, file: SourceFile): Read {
  const reader = claudeCode.open(file);
  for (const unit of unitsOf(text)) reader.push(unit);
  return reader.take();
}

/** Reads with `take` after each of the given lines, and goes on there with a new reader that only has the saved state. */
export function readInPieces(text: string, file: SourceFile, stops: ReadonlySet<number>): Read {
  let reader: SourceReader = claudeCode.open(file);
  const records: ImportedRecord[] = [];
  const problems: Problem[] = [];
  const collect = (): void => {
    const reading = reader.take();
    records.push(...reading.records);
    problems.push(...reading.problems);
  };
  for (const unit of unitsOf(text)) {
    reader.push(unit);
    if (!stops.has(unit.line)) continue;
    collect();
    const state = reader.state();
    // Without a state the engine would begin again; to go on with the same reader gives the same records.
    if (state) reader = claudeCode.open(file, JSON.parse(JSON.stringify(state)) as ReaderState);
  }
  collect();
  return { records, problems };
}

export function unitsOf(text: string): SourceUnit[] {
  let offset = 0;
  return text.split('\n').slice(0, -1).map((line, index) => {
    const unit = { text: line, line: index + 1, offset };
    offset += Buffer.byteLength(line) + 1;
    return unit;
  });
}

export interface Counts {
  readonly prompts: number;
  readonly replies: number;
  readonly toolCalls: number;
  /** Input, cache read, cache write and output tokens. */
  readonly usage: readonly [number, number, number, number];
}

/** What one session holds, counted as the index does: copies left out, usage once per response at its highest. */
export function count(read: Read, session: string): Counts {
  const own = messages(read, session).filter((record) => !record.data.copied);
  const replies = own.filter((record) => isReply(record.data));
  const responses = Map.groupBy(replies, (record) => record.data.responseId ?? record.id);
  const highest = (key: 'inputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'outputTokens'): number =>
    [...responses.values()].reduce((sum, group) => sum + Math.max(0, ...group.map((record) => record.data.usage?.[key] ?? 0)), 0);
  return {
    prompts: own.filter((record) => isPrompt(record.data)).length,
    replies: responses.size,
    toolCalls: new Set(own.flatMap((record) => partsOf(record.data, 'tool_call').map((part) => part.id))).size,
    usage: [highest('inputTokens'), highest('cacheReadTokens'), highest('cacheWriteTokens'), highest('outputTokens')],
  };
}

export function messages(read: Read, session?: string): MessageRecord[] {
  return read.records.filter((record) => record.kind === 'message').filter((record) => session === undefined || record.session === session);
}

export function message(read: Read, id: string): MessageRecord {
  const found = messages(read).find((record) => record.id === id);
  if (!found) throw new Error(`There is no message ${id}.`);
  return found;
}

/** The last header of a session: the one that counts. */
export function header(read: Read, session: string): (ChatSessionHeader & { readonly time: string }) | undefined {
  const found = read.records.findLast((record) => record.kind === 'session' && record.session === session);
  return found?.kind === 'session' ? { ...found.data, time: found.time } : undefined;
}

export function sessionIds(read: Read): string[] {
  return [...new Set(read.records.map((record) => record.session))].sort();
}

export function partsOf<Type extends Part['type']>(data: ChatMessage, type: Type): Extract<Part, { type: Type }>[] {
  return data.parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);
}

function textOf(path: string): string | undefined {
  return existsSync(path) && statSync(path).size <= 1024 * 1024 ? readFileSync(path, 'utf8') : undefined;
}
