/** Reads files through an importer as the engine does, counts what came out, and tries what every importer must stand. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import type { ImportedRecord, Importer, Reading, ReaderState, SourceFile, SourceUnit } from '../../../server/importers/importer.ts';
import { root, samples } from '../../support/places.ts';
import { isPrompt, isReply, type ChatMessage, type ChatSessionHeader, type Part } from '../../../shared/session.ts';

export { samples };

export function fixture(name: string): string {
  return readFileSync(join(root, 'test/fixtures', name), 'utf8');
}

/** Text of a sample; undefined where the samples are not beside the repository. */
export function sample(name: string): string | undefined {
  return existsSync(join(samples, name)) ? readFileSync(join(samples, name), 'utf8') : undefined;
}

/** The samples an importer claims, by their path below all samples. */
export function claimedSamples(importer: Importer): string[] {
  const files = readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const claimed = paths.filter((path) => importer.recognise({ path, head: readFileSync(path).subarray(0, 65_536).toString() }) !== undefined);
  return claimed.map((path) => relative(samples, path).split(sep).join('/')).sort();
}

export interface Place {
  readonly path: string;
  readonly format: string;
  /** Texts of neighbouring files by relative path. */
  readonly neighbours?: Readonly<Record<string, string>>;
}

function sourceFile({ path, format, neighbours = {} }: Place): SourceFile {
  const neighbour = (name: string): string | undefined => (Object.hasOwn(neighbours, name) ? neighbours[name] : undefined);
  return { path, format, modifiedAt: '2026-10-01T00:00:00.000Z', neighbour };
}

export function unitsOf(text: string): SourceUnit[] {
  let offset = 0;
  return text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined).map((line, index) => {
    const unit = { text: line, line: index + 1, offset };
    offset += Buffer.byteLength(line) + 1;
    return unit;
  });
}

/** Reads lines; after the given ones a new reader goes on that only has the saved state. */
export function readLines(importer: Importer, text: string, place: Place, stops: ReadonlySet<number> = new Set()): Reading {
  const file = sourceFile(place);
  let reader = importer.open(file);
  const readings: Reading[] = [];
  for (const unit of unitsOf(text)) {
    reader.push(unit);
    if (!stops.has(unit.line)) continue;
    readings.push(reader.take());
    const state = reader.state();
    // Without a state the engine would begin again; to go on with the same reader gives the same records.
    if (state) reader = importer.open(file, JSON.parse(JSON.stringify(state)) as ReaderState);
  }
  readings.push(reader.take());
  return { records: readings.flatMap(({ records }) => records), problems: readings.flatMap(({ problems }) => problems) };
}

export function readDocument(importer: Importer, text: string, place: Place): Reading {
  const reader = importer.open(sourceFile(place));
  reader.push({ text, line: 1, offset: 0 });
  const reading = reader.take();
  assert.equal(reader.state(), undefined);
  return reading;
}

/** The latest version of every record, by what makes its identity. */
export function latest(reading: Reading): ReadonlyMap<string, ImportedRecord> {
  return new Map(reading.records.map((record) => [`${record.session} ${record.kind === 'session' ? 'session' : record.id}`, record]));
}

export function messages(reading: Reading, session?: string): ChatMessage[] {
  const records = [...latest(reading).values()].filter((record) => session === undefined || record.session === session);
  return records.flatMap((record) => (record.kind === 'message' ? [record.data] : []));
}

export function message(reading: Reading, id: string): ChatMessage {
  const found = reading.records.findLast((record) => record.kind === 'message' && record.id === id);
  assert.ok(found?.kind === 'message', `There is no message ${id}.`);
  return found.data;
}

export function header(reading: Reading, session?: string): ChatSessionHeader {
  const found = reading.records.findLast((record) => record.kind === 'session' && (session === undefined || record.session === session));
  assert.ok(found?.kind === 'session', 'There is no session.');
  return found.data;
}

export function partsOf<Type extends Part['type']>(all: readonly ChatMessage[], type: Type): Extract<Part, { type: Type }>[] {
  return all.flatMap(({ parts }) => parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type));
}

/** What a person asked, in order. */
export function prompts(reading: Reading): string[] {
  return messages(reading).filter(isPrompt).map(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.content] : [])).join('\n'));
}

export interface Counts {
  readonly sessions: number;
  readonly prompts: number;
  readonly replies: number;
  readonly toolCalls: number;
  /** Input, cache read, cache write and output tokens. */
  readonly usage: readonly [number, number, number, number];
}

/** What a reading holds, counted as the index does: each thing once, usage once per response. */
export function counts(reading: Reading): Counts {
  const own = messages(reading).filter((one) => !one.copied);
  const responses = Map.groupBy(own.filter(isReply), (one) => one.responseId);
  const sum = (key: 'inputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'outputTokens'): number =>
    [...responses.values()].reduce((all, group) => all + Math.max(0, ...group.map((one) => one.usage?.[key] ?? 0)), 0);
  return {
    sessions: new Set(reading.records.map(({ session }) => session)).size,
    prompts: own.filter(isPrompt).length,
    replies: responses.size,
    toolCalls: new Set(partsOf(own, 'tool_call').map(({ id }) => id)).size,
    usage: [sum('inputTokens'), sum('cacheReadTokens'), sum('cacheWriteTokens'), sum('outputTokens')],
  };
}

/** What every reading must be, whatever was read. */
export function assertSound(reading: Reading): void {
  for (const record of reading.records) {
    assert.match(record.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.notEqual(record.session, '');
    assert.doesNotThrow(() => JSON.stringify(record));
    if (record.kind === 'session') assert.ok((record.data.title?.length ?? 0) <= 120);
    else assert.notEqual(record.id, '');
  }
  for (const { message: text, where } of reading.problems) {
    assert.match(text, /\.$/);
    assert.notEqual(where?.file, undefined);
    assert.notEqual(where?.line, undefined);
    assert.notEqual(where?.offset, undefined);
  }
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
}

/** Reading in pieces, and every beginning of the file, must give what reading at once gives. */
export function assertSameInPieces(importer: Importer, text: string, place: Place): void {
  const whole = latest(readLines(importer, text, place));
  const lines = unitsOf(text);
  const stops = fc.uniqueArray(fc.integer({ min: 1, max: lines.length }));
  const same = (chosen: ReadonlySet<number>): void => assert.deepEqual(essence(latest(readLines(importer, text, place, chosen))), essence(whole));
  fc.assert(fc.property(stops, (chosen) => same(new Set(chosen))), { numRuns: 40 });
  same(new Set(lines.map(({ line }) => line)));
}

/** Every message of a file's beginning is in the whole file too, and only the last one may go on there. */
export function assertPrefixes(importer: Importer, text: string, place: Place, cuts = unitsOf(text).map(({ offset }) => offset)): void {
  const bytes = Buffer.from(text);
  const whole = latest(readLines(importer, text, place));
  for (const cut of cuts) {
    const reading = readLines(importer, bytes.subarray(0, cut).toString(), place);
    assertSound(reading);
    const ids = [...latest(reading).keys()].filter((id) => !id.endsWith(' session'));
    assert.deepEqual(ids, [...whole.keys()].filter((id) => !id.endsWith(' session')).slice(0, ids.length), `cut at ${cut}`);
  }
}

function essence(records: ReadonlyMap<string, ImportedRecord>): unknown {
  const all = [...records];
  return { sessions: all.filter(([, { kind }]) => kind === 'session').sort(), records: all.filter(([, { kind }]) => kind !== 'session') };
}

// Values that a field may have when it is not what it should be.
const wrong = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e308, '', 'user', 'tool_result', [], {}, [null], [[]], '__proto__', 'constructor', '1'.repeat(2000)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The value with one place in it replaced by something odd. */
export function mutated(value: unknown): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...pathsIn(value)), wrong).map(([path, by]) => replaced(value, path, by));
}

/** Nesting that would exhaust the stack of whoever walks it. */
export const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...inner.flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? replaced(item, rest, by) : item));
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item]));
}
