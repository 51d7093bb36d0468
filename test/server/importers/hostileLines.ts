/** What must hold of every importer of JSON lines, whatever the lines are. */

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Importer, ImportedRecord, SourceFile } from '../../../server/importers/importer.ts';
import { readInPieces, readText, unitsOf, type Read } from './lineFiles.ts';

/** What must not depend on where the reading stopped: all records in order, and of the headers the last of each session. */
function essence(read: Read): unknown {
  const headers = new Map<string, ImportedRecord>();
  for (const record of read.records) if (record.kind === 'session') headers.set(record.session, record);
  return { records: read.records.filter((record) => record.kind !== 'session'), headers: [...headers].sort(), problems: read.problems };
}

/** The records are the same wherever the reading stops and goes on. */
export function assertSameInPieces(importer: Importer, text: string, file: SourceFile): void {
  const whole = essence(readText(importer, text, file));
  const lines = unitsOf(text).length;
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: lines })), (stops) => {
    assert.deepEqual(essence(readInPieces(importer, text, file, new Set(stops))), whole);
  }), { numRuns: 30 });
  assert.deepEqual(essence(readInPieces(importer, text, file, new Set(unitsOf(text).map((unit) => unit.line)))), whole);
}

/** A file cut anywhere gives the first records of the whole one; a torn last line gives nothing but a problem. */
export function assertPrefixes(importer: Importer, text: string, file: SourceFile): void {
  const whole = contentOf(readText(importer, text, file));
  const bytes = Buffer.from(text);
  for (const { offset, text: line } of unitsOf(text)) {
    const before = contentOf(readText(importer, bytes.toString('utf8', 0, offset), file));
    assert.deepEqual(before, whole.slice(0, before.length));
    const torn = readText(importer, bytes.toString('utf8', 0, offset + Math.floor(Buffer.byteLength(line) / 2)), file);
    assert.deepEqual(contentOf(torn), before);
    assert.deepEqual(torn.problems.map((problem) => [problem.code, problem.where?.offset]), [['malformed-line', offset]]);
  }
}

/** Lines whose fields have wrong types, lines that are no JSON and lines cut in half never make it throw or lose its place. */
export function assertUnbreakable(importer: Importer, texts: readonly string[], file: SourceFile): void {
  const lines = texts.flatMap((text) => unitsOf(text).map((unit) => unit.text));
  const parsed = lines.map((line) => JSON.parse(line) as unknown);
  const mutated = fc.constantFrom(...parsed).chain((line) =>
    fc.tuple(fc.constantFrom(...pathsOf(line)), wrong).map(([path, by]) => JSON.stringify(replaced(line, path, by))));
  const half = fc.constantFrom(...lines).map((line) => line.slice(0, line.length / 2));
  const noise = fc.oneof(fc.string(), fc.json()).map((text) => text.replaceAll('\n', ' '));
  fc.assert(fc.property(fc.array(fc.oneof({ weight: 6, arbitrary: mutated }, half, noise), { maxLength: 12 }), (some) => {
    const text = some.map((line) => `${line}\n`).join('');
    const read = readText(importer, text, file);
    assertSound(read);
    assert.deepEqual(essence(readInPieces(importer, text, file, new Set([2, 5, 7]))), essence(read));
    importer.recognise({ path: file.path, head: text });
  }), { numRuns: 100 });
}

/** What is handed over can be kept: real times, named sessions, no endless depth, no spoiled prototypes. */
export function assertSound(read: Read): void {
  for (const record of read.records) {
    assert.match(record.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.notEqual(record.session, '');
    assert.doesNotThrow(() => JSON.stringify(record));
    if (record.kind === 'message') for (const tokens of Object.values(record.data.usage ?? {})) assert.ok(tokens >= 0);
  }
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
}

function contentOf(read: Read): readonly ImportedRecord[] {
  return read.records.filter((record) => record.kind !== 'session');
}

// Values that a field may have when it is not what it should be.
const wrong = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e308, '', 'user', [], {}, [null], [[]], '__proto__', 'constructor', 'A'.repeat(2000)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Every place in a JSON value, as paths of keys. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...inner.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? replaced(item, rest, by) : item));
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item]));
}
