/** What must hold of every reading of Gemini CLI's and its relatives' files, whatever they hold and wherever reading stopped. */

import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { Importer, SourceFile } from '../../../server/importers/importer.ts';
import { disturbed, latest, readText, type Read } from './geminiReading.ts';

export function assertSound(read: Read): void {
  for (const record of read.records) {
    assert.match(record.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.notEqual(record.session, '');
    assert.equal(typeof JSON.stringify(record), 'string');
    if (record.kind === 'session') assert.ok((record.data.title ?? '').length <= 120);
  }
  for (const problem of read.problems) {
    assert.match(problem.message, /\.$/);
    assert.notEqual(problem.where?.file, undefined);
    assert.notEqual(problem.where?.line, undefined);
    assert.notEqual(problem.where?.offset, undefined);
  }
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
}

/** The records at the end are the same wherever reading stopped on the way. */
export function assertSameInPieces(importer: Importer, text: string, file: SourceFile): void {
  const whole = readText(importer, text, file);
  const lines = text.split('\n').length;
  const same = (stops: readonly number[]): void => {
    const pieces = readText(importer, text, file, new Set(stops));
    assert.deepEqual([...latest(pieces)].sort(byKey), [...latest(whole)].sort(byKey));
    assert.deepEqual(pieces.problems, whole.problems);
  };
  same(Array.from({ length: lines }, (_, index) => index + 1));
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: lines })), same), { numRuns: 30 });
}

/** A file cut after any line, or inside one, has the same records as the whole, some of them in an earlier version. */
export function assertSameFromPrefixes(importer: Importer, text: string, file: SourceFile): void {
  const known = new Set(latest(readText(importer, text, file)).keys());
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
    const cut = readText(importer, text.slice(0, end + 1), file);
    assert.deepEqual(cut.problems, [], `cut at ${end + 1}`);
    assertSound(cut);
    for (const key of latest(cut).keys()) assert.ok(known.has(key), `${key}, cut at ${end + 1}`);
    const torn = readText(importer, text.slice(0, end - 5), file);
    assert.deepEqual(torn.problems.map(({ code }) => code), ['malformed-line'], `torn at ${end - 5}`);
    assertSound(torn);
    for (const key of latest(torn).keys()) assert.ok(known.has(key), `${key}, torn at ${end - 5}`);
  }
}

/** Lines with wrong values in them are read without a throw, and to the same end wherever reading stops. */
export function assertSurvivesMutations(importer: Importer, lines: readonly string[], file: SourceFile): void {
  const parsed = lines.map((line) => JSON.parse(line) as unknown);
  const line = fc.oneof(fc.constantFrom(...parsed), fc.constantFrom(...parsed).chain(disturbed));
  fc.assert(fc.property(fc.array(line, { maxLength: 20 }), fc.uniqueArray(fc.integer({ min: 1, max: 20 })), (values, stops) => {
    const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
    const whole = readText(importer, text, file);
    assertSound(whole);
    const pieces = readText(importer, text, file, new Set(stops));
    assert.deepEqual([...latest(pieces)].sort(byKey), [...latest(whole)].sort(byKey));
    importer.recognise({ path: file.path, head: text });
  }), { numRuns: 500 });
  const half = fc.constantFrom(...lines).map((text) => text.slice(0, text.length / 2));
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.json(), half)), (texts) => {
    const text = texts.map((each) => `${each.replaceAll('\n', ' ')}\n`).join('');
    assertSound(readText(importer, text, file));
    importer.recognise({ path: file.path, head: text });
  }), { numRuns: 100 });
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
