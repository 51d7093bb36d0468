import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { codex } from '../../../../server/importers/codex/index.ts';
import type { ImportedRecord } from '../../../../server/importers/importer.ts';
import { files, messages, readInPieces, readText, samples, sourceFile, type Read } from './reading.ts';
import { processorMs } from '../../../support/processorMs.ts';

const fixtureFiles = Object.values(files);
const sampleFiles = ['many-record-types.jsonl', 'rollout-0.130-fork.jsonl', 'rollout-0.147-paginated.jsonl'].map((file) => join(samples, 'codex', file));

/** What must not depend on where the reading stopped: every record as it was handed over last, and the problems. */
function essence(read: Read): unknown {
  const latest = new Map<string, ImportedRecord>();
  for (const record of read.records) latest.set(`${record.kind} ${record.session} ${record.kind === 'session' ? '' : record.id}`, record);
  return { records: [...latest].sort(([a], [b]) => (a < b ? -1 : 1)), problems: read.problems };
}

function assertSameInPieces(path: string, text: string, numRuns: number): void {
  const file = sourceFile(path, text);
  const whole = essence(readText(text, file));
  const lines = text.split('\n').length;
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: lines })), (stops) => {
    assert.deepEqual(essence(readInPieces(text, file, new Set(stops))), whole);
  }), { numRuns });
  assert.deepEqual(essence(readInPieces(text, file, new Set(Array.from({ length: lines }, (_, index) => index + 1)))), whole);
}

// Values that a field may have when it is not what it should be.
const wrong = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e308, '', 'user', 'event_msg', [], {}, [null], [[]], '__proto__', 'constructor', 'A'.repeat(2000)),
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

describe('Codex: reading in pieces', () => {
  for (const path of fixtureFiles) {
    it(`gives the same records wherever it stops: ${path.slice(-40)}`, () => {
      assertSameInPieces(path, readFileSync(path, 'utf8'), 30);
    });
  }

  it('gives the same records wherever it stops in real files', function () {
    // Published recordings, kept beside the checkout on some machines only.
    if (!sampleFiles.every((path) => existsSync(path))) this.skip();
    for (const path of sampleFiles) assertSameInPieces(path, readFileSync(path, 'utf8'), 5);
  }).timeout(10_000);

  it('gives of a cut file the beginning of what the whole one gives', () => {
    for (const path of fixtureFiles) {
      const text = readFileSync(path, 'utf8');
      const whole = messages(readText(text, sourceFile(path, text))).map(({ session, id, time }) => ({ session, id, time }));
      const ends = [...text.matchAll(/\n/g)].map((match) => match.index + 1);
      for (const end of ends) {
        const cut = messages(readText(text.slice(0, end), sourceFile(path, text.slice(0, end))));
        assert.deepEqual(cut.map(({ session, id, time }) => ({ session, id, time })), whole.slice(0, cut.length));
        assertSound(readText(`${text.slice(0, end - 20)}\n`, sourceFile(path, text)));
      }
    }
  });

  it('saves a small state of plain JSON', () => {
    const text = readFileSync(files.main, 'utf8');
    const reader = codex.open(sourceFile(files.main));
    text.split('\n').slice(0, -1).forEach((line, index) => reader.push({ text: line, line: index + 1, offset: index }));
    const state = reader.state();
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
    assert.ok(JSON.stringify(state).length < 1500, JSON.stringify(state));
  });
});

describe('Codex: hostile input', () => {
  const lines = fixtureFiles.flatMap((path) => readFileSync(path, 'utf8').split('\n').filter((line) => line !== ''));
  const parsed = lines.map((line) => JSON.parse(line) as unknown);
  const mutated = fc.constantFrom(...parsed).chain((line) => {
    return fc.tuple(fc.constantFrom(...pathsOf(line)), wrong).map(([path, by]) => replaced(line, path, by));
  });

  it('never throws and stays resumable when fields have the wrong type', () => {
    fc.assert(fc.property(fc.array(mutated, { maxLength: 12 }), (values) => {
      const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
      const file = sourceFile('/x/sessions/rollout-mutated.jsonl', text);
      assertSound(readText(text, file));
      assert.deepEqual(essence(readInPieces(text, file, new Set([2, 5, 7]))), essence(readText(text, file)));
    }), { numRuns: 300 });
  }).timeout(10_000);

  it('takes back tokens that no message accounts for, also after a restart', () => {
    const counters = { input_tokens: 200, cached_input_tokens: 0, output_tokens: 9, reasoning_output_tokens: 0, total_tokens: 209 };
    const events = [
      { type: 'user_message', message: 'Fix the test' },
      { type: 'token_count', info: { total_token_usage: counters, last_token_usage: counters } },
      { type: 'thread_rolled_back', num_turns: 1 },
    ];
    const text = events.map((payload) => `${JSON.stringify({ timestamp: '2026-03-02T09:00:00Z', type: 'event_msg', payload })}\n`).join('');
    const file = sourceFile('/x/sessions/rollout-rewind.jsonl', text);
    const read = readInPieces(text, file, new Set([1, 2, 3]));
    assert.deepEqual(essence(read), essence(readText(text, file)));
    const answer = messages(read).findLast(({ data }) => data.role === 'assistant');
    assert.equal(answer?.data.superseded, true);
  });

  it('never throws on text that is not JSON, or not an object', () => {
    const halfLine = fc.constantFrom(...lines).map((line) => line.slice(0, line.length / 2));
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.json(), halfLine)), (texts) => {
      const text = texts.map((each) => `${each.replaceAll('\n', ' ')}\n`).join('');
      assertSound(readText(text, sourceFile('/x.jsonl', text)));
    }), { numRuns: 100 });
  });

  it('goes on from any state', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('current', 'lastTime', 'sessions', 'flow', 'unreadable'), wrong), (state) => {
      const reader = codex.open(sourceFile('/x.jsonl', ''), state);
      lines.slice(0, 20).forEach((text, index) => reader.push({ text, line: index + 1, offset: index }));
      reader.take();
    }), { numRuns: 100 });
  });

  it('keeps keys that are dangerous as plain keys', () => {
    const text = '{"timestamp":"2026-03-02T09:00:00Z","type":"session_meta","payload":{"id":"__proto__","__proto__":{"polluted":1}}}\n' +
      '{"timestamp":"2026-03-02T09:00:00Z","type":"response_item","payload":{"type":"__proto__","__proto__":{"polluted":1}}}\n' +
      '{"timestamp":"2026-03-02T09:00:00Z","type":"__proto__","payload":{"constructor":{}}}\n' +
      '{"timestamp":"2026-03-02T09:00:00Z","type":"response_item","payload":{"type":"function_call","call_id":"__proto__","name":"constructor"}}\n';
    const read = readText(text, sourceFile('/x.jsonl', text));
    assertSound(read);
    assert.deepEqual(read.records.map((record) => [record.kind, record.session]), [
      ['unknown', '__proto__'], ['unknown', '__proto__'], ['message', '__proto__'], ['session', '__proto__'],
    ]);
    assert.match(JSON.stringify(read.records[0]), /"__proto__":\{"polluted":1\}/);
  });

  it('survives nesting that would exhaust the stack', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const event = (payload: string): string => `{"timestamp":"2026-03-02T09:00:00Z","type":"response_item","payload":{${payload}}}\n`;
    const text = event(`"type":"custom_tool_call","input":${deep}`) + event(`"type":"hologram","value":${deep}`)
      + event(`"type":"function_call","arguments":${JSON.stringify(deep)}`) + event(`"type":"function_call_output","output":${deep}`);
    assertSound(readText(text, sourceFile('/x.jsonl', text)));
  });

  it('takes linear time on long runs that look like the beginning of something', () => {
    const spaces = ' '.repeat(300_000);
    const texts = [
      spaces, `x${spaces}x`, '<environment_context>'.repeat(20_000), `# Context from my IDE setup:${'\n## My request for Codex:'.repeat(20_000)}`,
      `<lamp_plan ${spaces}`, `Wall time: ${'1'.repeat(300_000)}`, `Exit code: ${spaces}`, `Command: ${'Output'.repeat(50_000)}`, `{"output":${spaces}`,
    ];
    const started = processorMs();
    for (const each of texts) {
      const lines = ['message', 'function_call_output'].map((type) => {
        const payload = { type, role: 'user', content: [{ type: 'input_text', text: each }], call_id: 'c', output: each };
        return `${JSON.stringify({ timestamp: '2026-03-02T09:00:00Z', type: 'response_item', payload })}\n`;
      });
      readText(lines.join(''), sourceFile('/x.jsonl', ''));
    }
    assert.ok(processorMs() - started < 2000);
  });
});
