/** Reads files of Gemini CLI and its relatives through their importers as the follower does, in memory, and counts what came out. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import fc from 'fast-check';

import type { ImportedRecord, Importer, SourceFile, SourceReader, SourceUnit } from '../../../server/importers/importer.ts';
import type { Problem } from '../../../shared/problem.ts';
import { isPrompt, isReply, type ChatMessage, type ChatSessionHeader, type Part } from '../../../shared/session.ts';
import { samples } from '../../support/places.ts';

export { samples };

const repository = join(import.meta.dirname, '..', '..', '..');
export const fixtures = join(repository, 'test', 'fixtures');

export interface Read {
  readonly records: readonly ImportedRecord[];
  readonly problems: readonly Problem[];
}

/** A file as the follower would hand it over; its neighbours are read from disk. */
export function sourceFile(importer: Importer, path: string): SourceFile {
  const head = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const format = importer.recognise({ path, head })?.format ?? importer.capabilities.formats[0] ?? '';
  const neighbour = (name: string): string | undefined => {
    const file = join(dirname(path), name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  return { path, format, modifiedAt: '2026-10-01T00:00:00.000Z', neighbour };
}

export function readPath(importer: Importer, path: string): Read {
  return readText(importer, readFileSync(path, 'utf8'), sourceFile(importer, path));
}

export function readLines(importer: Importer, lines: readonly unknown[], path = '/home/ada/x/chats/s.jsonl'): Read {
  return readText(importer, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), sourceFile(importer, path));
}

/** Takes after each of the lines `stops`, and at the end. */
export function readText(importer: Importer, text: string, file: SourceFile, stops: ReadonlySet<number> = new Set()): Read {
  const reader: SourceReader = importer.open(file);
  const readings: Read[] = [];
  for (const unit of file.path.endsWith('.json') ? [{ text, line: 1, offset: 0 }] : unitsOf(text)) {
    reader.push(unit);
    if (stops.has(unit.line)) readings.push(reader.take());
  }
  readings.push(reader.take());
  return { records: readings.flatMap(({ records }) => records), problems: readings.flatMap(({ problems }) => problems) };
}

/** Lines, a last one without its line break too. */
function unitsOf(text: string): SourceUnit[] {
  let offset = 0;
  return text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined).map((line, index) => {
    const unit = { text: line, line: index + 1, offset };
    offset += Buffer.byteLength(line) + 1;
    return unit;
  });
}

/** The latest version of every record, by what makes its identity. */
export function latest(read: Read): ReadonlyMap<string, ImportedRecord> {
  return new Map(read.records.map((record) => [`${record.session} ${record.kind === 'session' ? 'session' : record.id}`, record]));
}

export interface Counts {
  readonly prompts: number;
  readonly replies: number;
  readonly toolCalls: number;
  /** Input, cache read and output tokens, and reasoning as a part of the output. */
  readonly usage: readonly [number, number, number, number];
}

/** What a session holds, counted as the index does: copies left out, usage once per response. */
export function count(read: Read, session: string): Counts {
  const own = [...latest(read).values()].flatMap((record) => {
    return record.kind === 'message' && record.session === session && !record.data.copied ? [record.data] : [];
  });
  const replies = own.filter(isReply);
  const responses = [...Map.groupBy(replies, (reply) => reply.responseId).values()];
  const sum = (key: 'inputTokens' | 'cacheReadTokens' | 'outputTokens' | 'reasoningTokens'): number =>
    responses.reduce((total, group) => total + Math.max(0, ...group.map((reply) => reply.usage?.[key] ?? 0)), 0);
  return {
    prompts: own.filter(isPrompt).length,
    replies: responses.length,
    toolCalls: new Set(own.flatMap((data) => partsOf(data, 'tool_call').map((part) => part.id))).size,
    usage: [sum('inputTokens'), sum('cacheReadTokens'), sum('outputTokens'), sum('reasoningTokens')],
  };
}

/** The latest version of a message. */
export function message(read: Read, id: string): ChatMessage {
  const found = read.records.findLast((record) => record.kind === 'message' && record.id === id);
  if (found?.kind !== 'message') throw new Error(`There is no message ${id}.`);
  return found.data;
}

export function messageIds(read: Read, such: (data: ChatMessage) => boolean = () => true): string[] {
  return [...latest(read).values()].flatMap((record) => (record.kind === 'message' && such(record.data) ? [record.id] : []));
}

/** The last header of a session: the one that counts. */
export function header(read: Read, session: string): ChatSessionHeader {
  const found = read.records.findLast((record) => record.kind === 'session' && record.session === session);
  if (found?.kind !== 'session') throw new Error(`There is no session ${session}.`);
  return found.data;
}

export function partsOf<Type extends Part['type']>(data: ChatMessage, type: Type): Extract<Part, { type: Type }>[] {
  return data.parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);
}

/** All sample files that the importer claims, relative to the samples. */
export function claimed(importer: Importer): string[] {
  const files = readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const head = (path: string): string => readFileSync(path).subarray(0, 64 * 1024).toString('utf8');
  const own = paths.filter((path) => importer.recognise({ path, head: head(path) }) !== undefined);
  return own.map((path) => path.slice(samples.length + 1)).sort();
}

/** Values that a field may have when it is not what it should be. */
export const wrong: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null, true, 0, -1, 1e308, '', 'user', [], {}, [null], [[]], '__proto__', 'constructor', 'A'.repeat(2000), '/x',
    { functionResponse: {} }, { functionCall: {} }, [{ text: '<session_context>' }], { id: 'u1', type: 'user' }, '9999-99-99T',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The value with one of its places, at any depth, replaced by something wrong. */
export function disturbed(value: unknown): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...placesIn(value)), wrong).map(([place, by]) => replaced(value, place, by));
}

function placesIn(value: unknown, place: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [place, ...inner.flatMap(([key, item]) => placesIn(item, [...place, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? replaced(item, rest, by) : item));
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item]));
}
