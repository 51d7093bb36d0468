import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { claudeCode } from '../../../../server/importers/claude-code/index.ts';
import type { ImportedRecord } from '../../../../server/importers/importer.ts';
import { fixtures, readInPieces, readText, samples, sourceFile, type Read } from './reading.ts';
import { processorMs } from '../../../support/processorMs.ts';

const project = join('projects', '-home-ada-site');
const login = '5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11';
const fixtureFiles = [
  join(project, `${login}.jsonl`), join(project, login, 'subagents', 'agent-a1b2.jsonl'), 'inline-sidechain.jsonl',
  join(project, '8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022.jsonl'), join(project, 'c4d5e6f7-1a2b-4c3d-8e4f-5a6b7c8d9e44.jsonl'),
].map((file) => join(fixtures, file));
const sampleNames = ['many-record-types.jsonl', 'compaction-2.1.143.jsonl', 'with-thinking.jsonl'];
const sampleFiles = sampleNames.map((file) => join(samples, 'claude-code', file));

/** What must not depend on where the reading stopped: all records in order, and of the headers the last of each session. */
function essence(read: Read): unknown {
  const headers = new Map<string, ImportedRecord>();
  for (const record of read.records) if (record.kind === 'session') headers.set(record.session, record);
  return { records: read.records.filter((record) => record.kind !== 'session'), headers: [...headers].sort(), problems: read.problems };
}

function assertSameInPieces(path: string, text: string): void {
  const file = sourceFile(path);
  const whole = essence(readText(text, file));
  const lines = text.split('\n').length;
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: lines })), (stops) => {
    assert.deepEqual(essence(readInPieces(text, file, new Set(stops))), whole);
  }), { numRuns: 30 });
  assert.deepEqual(essence(readInPieces(text, file, new Set(Array.from({ length: lines }, (_, index) => index + 1)))), whole);
}

// Values that a field may have when it is not what it should be.
const wrong = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e308, '', 'user', 'tool_result', [], {}, [null], [[]], '__proto__', 'constructor', 'A'.repeat(2000)),
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

function assertSound(read: Read): void {
  for (const record of read.records) {
    assert.match(record.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.notEqual(record.session, '');
    assert.doesNotThrow(() => JSON.stringify(record));
  }
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
}

describe('Claude Code: reading in pieces', () => {
  for (const path of fixtureFiles) {
    it(`gives the same records wherever it stops: ${path.slice(-40)}`, () => {
      assertSameInPieces(path, readFileSync(path, 'utf8'));
    });
  }

  it('gives the same records wherever it stops in real files', function () {
    // Published recordings, kept beside the checkout on some machines only.
    if (!sampleFiles.every((path) => existsSync(path))) this.skip();
    for (const path of sampleFiles) assertSameInPieces(path, readFileSync(path, 'utf8'));
  });

  it('saves a small state of plain JSON', () => {
    const path = fixtureFiles[0] ?? '';
    const reader = claudeCode.open(sourceFile(path));
    const text = readFileSync(path, 'utf8');
    text.split('\n').slice(0, -1).forEach((line, index) => reader.push({ text: line, line: index + 1, offset: index }));
    const state = reader.state();
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
    assert.ok(JSON.stringify(state).length < 1000, JSON.stringify(state));
  });
});

describe('Claude Code: hostile input', () => {
  const lines = fixtureFiles.flatMap((path) => readFileSync(path, 'utf8').split('\n').filter((line) => line !== ''));
  const parsed = lines.map((line) => JSON.parse(line) as unknown);
  const mutated = fc.constantFrom(...parsed).chain((line) => {
    return fc.tuple(fc.constantFrom(...pathsOf(line)), wrong).map(([path, by]) => replaced(line, path, by));
  });

  it('never throws and stays resumable when fields have the wrong type', () => {
    fc.assert(fc.property(fc.array(mutated, { maxLength: 12 }), (values) => {
      const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
      const file = sourceFile('/x/projects/p/mutated.jsonl');
      assertSound(readText(text, file));
      assert.deepEqual(essence(readInPieces(text, file, new Set([2, 5, 7]))), essence(readText(text, file)));
      claudeCode.recognise({ path: file.path, head: text });
    }), { numRuns: 400 });
  });

  it('never throws on text that is not JSON, or not an object', () => {
    const halfLine = fc.constantFrom(...lines).map((line) => line.slice(0, line.length / 2));
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.json(), halfLine)), (texts) => {
      assertSound(readText(texts.map((text) => `${text.replaceAll('\n', ' ')}\n`).join(''), sourceFile('/x.jsonl')));
      claudeCode.recognise({ path: '/x.jsonl', head: texts.join('\n') });
    }), { numRuns: 100 });
  });

  it('keeps keys that are dangerous as plain keys', () => {
    const line = '{"type":"user","uuid":"u","sessionId":"__proto__","timestamp":"2026-03-02T09:00:00Z","__proto__":{"polluted":1},' +
      '"message":{"role":"user","content":[{"type":"constructor","__proto__":{"polluted":1}}]}}\n{"type":"__proto__","constructor":{}}\n';
    const read = readText(line, sourceFile('/x.jsonl'));
    assertSound(read);
    assert.deepEqual(read.records.map((record) => [record.kind, record.session]), [
      ['message', '__proto__'], ['unknown', '__proto__'], ['session', '__proto__'],
    ]);
    assert.match(JSON.stringify(read.records[0]), /"__proto__":\{"polluted":1\}/);
  });

  it('survives nesting that would exhaust the stack', () => {
    const deep = `${'['.repeat(50000)}${']'.repeat(50000)}`;
    const call = `{"type":"tool_use","input":${deep}}`;
    const line = `{"type":"assistant","sessionId":"s","timestamp":"2026-03-02T09:00:00Z","message":{"content":[${call}]}}\n`;
    assertSound(readText(`${line}{"type":"hologram","value":${deep}}\n{"type":"system","error":${deep}}\n`, sourceFile('/x.jsonl')));
  });

  it('takes linear time on long runs that look like the beginning of something', () => {
    const spaces = ' '.repeat(300000);
    const texts = [
      spaces, `x${spaces}x`, `<command-name>${spaces}`, '<command-name>'.repeat(20000), '<system-reminder>'.repeat(20000),
      `[Request interrupted by user${spaces}`, '<bash-stdout>'.repeat(20000), `${spaces}</system-reminder>`,
    ];
    const started = processorMs();
    for (const text of texts) {
      const line = { type: 'user', uuid: 'u', sessionId: 's', timestamp: '2026-03-02T09:00:00Z', message: { content: text } };
      readText(`${JSON.stringify(line)}\n`, sourceFile('/x.jsonl'));
    }
    assert.ok(processorMs() - started < 2000);
  });
});
