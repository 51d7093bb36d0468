/** Reads session files through the importer as the engine does, and counts what came out. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { codex } from '../../../../server/importers/codex/index.ts';
import type { ImportedRecord, ReaderState, SourceFile, SourceReader, SourceUnit } from '../../../../server/importers/importer.ts';
import type { ChatMessage, ChatSessionHeader, Part } from '../../../../shared/session.ts';
import { isPrompt, isReply } from '../../../../shared/session.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { samples } from '../../../support/places.ts';

export { samples };

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, '..', '..', '..', '..');
const fixtures = join(repository, 'test', 'fixtures', 'codex');
const day = join(fixtures, 'sessions', '2026', '03', '02');
/** Session files in the shapes of each era, and of sessions that come from another. */
export const files = {
  main: join(day, 'rollout-2026-03-02T10-00-00-019cadc6-9a80-7a01-8b01-0000000000a1.jsonl'),
  fork: join(day, 'rollout-2026-03-02T10-05-00-019cadcb-2e60-7a01-8b01-0000000000f0.jsonl'),
  subagent: join(day, 'rollout-2026-03-02T10-06-40-019cadcc-b500-7a01-8b01-0000000000a9.jsonl'),
  paginated: join(day, 'rollout-2026-03-02T10-08-20-019cadce-3ba0-7a01-8b01-0000000000b0.jsonl'),
  flat: join(fixtures, 'sessions', '2025', '08', '18', 'rollout-2025-08-18T03-16-13-c3c4b301-27c8-4c70-b6e4-46b99fdf0236.jsonl'),
} as const;

export type MessageRecord = Extract<ImportedRecord, { kind: 'message' }>;

export interface Read {
  readonly records: readonly ImportedRecord[];
  readonly problems: readonly Problem[];
}

/** `text` stands in for the file where there is none. */
export function sourceFile(path: string, text?: string): SourceFile {
  const neighbour = (name: string): string | undefined => text ?? textOf(join(dirname(path), name));
  const format = codex.recognise({ path, head: (text ?? textOf(path) ?? '').slice(0, 65_536) })?.format ?? 'codex-rollout';
  return { path, format, modifiedAt: '2026-10-01T00:00:00.000Z', neighbour };
}

export function readPath(path: string): Read {
  return readText(readFileSync(path, 'utf8'), sourceFile(path));
}

export function readLines(lines: readonly unknown[], path = '/home/ada/.codex/sessions/2026/03/02/rollout-x.jsonl'): Read {
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  return readText(text, sourceFile(path, text));
}

export function readText(text: string, file: SourceFile): Read {
  const reader = codex.open(file);
  for (const unit of unitsOf(text)) reader.push(unit);
  return reader.take();
}

/** Reads with `take` after each of the given lines, and goes on there with a new reader that only has the saved state. */
export function readInPieces(text: string, file: SourceFile, stops: ReadonlySet<number>): Read {
  let reader: SourceReader = codex.open(file);
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
    if (state) reader = codex.open(file, JSON.parse(JSON.stringify(state)) as ReaderState);
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

/** The messages, each as it was handed over last, in the order in which they were first. */
export function messages(read: Read, session?: string): MessageRecord[] {
  const latest = new Map<string, MessageRecord>();
  for (const record of read.records) if (record.kind === 'message') latest.set(`${record.session} ${record.id}`, record);
  return [...latest.values()].filter((record) => session === undefined || record.session === session);
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
