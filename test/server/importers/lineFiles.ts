/** Reads files of JSON lines through an importer as the engine does, and says what came out. */

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportedRecord, Importer, ReaderState, SourceFile, SourceReader, SourceUnit } from '../../../server/importers/importer.ts';
import type { Problem } from '../../../shared/problem.ts';
import { samples } from '../../support/places.ts';
import { isPrompt, isReply, type ChatMessage, type ChatSessionHeader, type Part } from '../../../shared/session.ts';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const fixtures = join(repository, 'test', 'fixtures');
export { samples };

type MessageRecord = Extract<ImportedRecord, { kind: 'message' }>;

export interface Read {
  readonly records: readonly ImportedRecord[];
  readonly problems: readonly Problem[];
}

export function sourceFile(path: string, neighbour?: SourceFile['neighbour']): SourceFile {
  const beside = (name: string): string | undefined => textOf(join(dirname(path), name));
  return { path, format: 'any', modifiedAt: '2026-10-01T00:00:00.000Z', neighbour: neighbour ?? beside };
}

export function readText(importer: Importer, text: string, file: SourceFile): Read {
  return readInPieces(importer, text, file, new Set());
}

export function readPath(importer: Importer, path: string): Read {
  return readText(importer, readFileSync(path, 'utf8'), sourceFile(path));
}

/** Reads with `take` after each of the given lines, and goes on there with a new reader that only has the saved state. */
export function readInPieces(importer: Importer, text: string, file: SourceFile, stops: ReadonlySet<number>): Read {
  let reader: SourceReader = importer.open(file);
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
    if (state) reader = importer.open(file, JSON.parse(JSON.stringify(state)) as ReaderState);
  }
  collect();
  return { records, problems };
}

/** The lines of a text; one that does not end with a line break counts when it says something. */
export function unitsOf(text: string): SourceUnit[] {
  let offset = 0;
  const lines = text.split('\n').map((line, index) => {
    const unit = { text: line, line: index + 1, offset };
    offset += Buffer.byteLength(line) + 1;
    return unit;
  });
  return lines.at(-1)?.text === '' ? lines.slice(0, -1) : lines;
}

export interface Counts {
  readonly prompts: number;
  readonly replies: number;
  readonly toolCalls: number;
  /** Input, cache read, cache write, output and reasoning tokens. */
  readonly usage: readonly [number, number, number, number, number];
}

/** What one session holds, counted as the index does: usage once per response at its highest. */
export function count(read: Read, session: string): Counts {
  const own = messages(read, session).filter((record) => !record.data.copied);
  const replies = own.filter((record) => isReply(record.data));
  const responses = [...Map.groupBy(replies, (record) => record.data.responseId ?? record.id).values()];
  const highest = (key: 'inputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'outputTokens' | 'reasoningTokens'): number =>
    responses.reduce((sum, group) => sum + Math.max(0, ...group.map((record) => record.data.usage?.[key] ?? 0)), 0);
  return {
    prompts: own.filter((record) => isPrompt(record.data)).length,
    replies: responses.length,
    toolCalls: new Set(own.flatMap((record) => partsOf(record.data, 'tool_call').map((part) => part.id))).size,
    usage: [
      highest('inputTokens'), highest('cacheReadTokens'), highest('cacheWriteTokens'), highest('outputTokens'), highest('reasoningTokens'),
    ],
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

/** Kind and id of the records of kinds that the importer does not know. */
export function unknowns(read: Read): string[] {
  return read.records.flatMap((record) => (record.kind === 'unknown' ? [`${record.data.nativeType} ${record.id}`] : []));
}

export function partsOf<Type extends Part['type']>(data: ChatMessage, type: Type): Extract<Part, { type: Type }>[] {
  return data.parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);
}

/** All samples that an importer takes for its own, by path below the samples. */
export function recognisedSamples(importer: Importer): string[] {
  const files = readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const headOf = (path: string): string => readFileSync(path).subarray(0, 64 << 10).toString('utf8');
  const own = paths.filter((path) => importer.recognise({ path, head: headOf(path) }) !== undefined);
  return own.map((path) => relative(samples, path).split(sep).join('/')).sort();
}

function textOf(path: string): string | undefined {
  return existsSync(path) && statSync(path).size <= 1 << 20 ? readFileSync(path, 'utf8') : undefined;
}
