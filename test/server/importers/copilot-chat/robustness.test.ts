import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fixture, readDocument, readLines } from './reading.ts';
import type { Read } from './reading.ts';

const times = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function assertSound(read: Read): void {
  for (const record of read.records) {
    assert.match(record.time, times);
    assert.notEqual(record.session, '');
    assert.equal(typeof JSON.stringify(record), 'string');
  }
  for (const problem of read.problems) {
    assert.match(problem.message, /\.$/);
    assert.notEqual(problem.where?.file, undefined);
  }
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    -1,
    1e300,
    '',
    'x',
    [],
    {},
    [null, [1], { kind: 3 }],
    { value: { value: 1 } },
    { uri: { scheme: 'file', path: '/%zz\ud800' } },
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** The value with some of what is in it replaced by something odd. */
function disturbed(value: Json): fc.Arbitrary<Json> {
  return fc.oneof({ arbitrary: rebuilt(value), weight: 40 }, { arbitrary: odd, weight: 1 });
}

function rebuilt(value: Json): fc.Arbitrary<Json> {
  if (Array.isArray(value)) return fc.tuple(...value.map(disturbed));
  if (value === null || typeof value !== 'object') return fc.constant(value);
  const fields = Object.entries(value).map(([key, item]) => [key, disturbed(item)] as const);
  return fc.record(Object.fromEntries(fields), { noNullPrototype: true });
}

const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

describe('copilot-chat: hostile input', () => {
  it('stays sound when parts of an export or document are not what they should be', () => {
    for (const name of ['export.json', 'flat-v1.json']) {
      const format = name === 'export.json' ? 'copilot-chat-export' : 'copilot-chat-json';
      const documents = disturbed(JSON.parse(fixture(name)) as Json);
      fc.assert(fc.property(documents, (document) => assertSound(readDocument(format, JSON.stringify(document)))));
    }
  });

  it('stays sound when parts of a log or transcript are not what they should be', () => {
    for (const name of ['oplog.jsonl', 'transcript.jsonl']) {
      const lines = fixture(name).trimEnd().split('\n').map((line) => JSON.parse(line) as Json);
      const format = name === 'oplog.jsonl' ? 'copilot-chat-oplog' : 'copilot-chat-transcript';
      const texts = fc.tuple(...lines.map(disturbed)).map((some) => some.map((line) => JSON.stringify(line)).join('\n'));
      fc.assert(fc.property(texts, (text) => assertSound(readLines(format, text))), { numRuns: 50 });
    }
  });

  it('survives nesting and lists that would exhaust the stack', () => {
    const request = (fields: string): string => `{"sessionId":"s","requests":[{"requestId":"r","message":"Hi",${fields}}]}`;
    const many = JSON.stringify(Array.from({ length: 200_000 }, () => ({ a: 1 })));
    const tree = `${'{"children":['.repeat(20_000)}{"text":"leaf"}${']}'.repeat(20_000)}`;
    const call = `{"id":"c","name":"n","arguments":${deep}}`;
    const result = `{"content":[{"value":{"node":${tree}}}]}`;
    const cases = [
      `"response":[{"kind":"odd","x":${deep}},{"kind":"textEditGroup","uri":"file:///a","edits":${deep}}]`,
      `"response":[{"kind":"workspaceEdit","edits":${many}}]`,
      `"response":${many}`,
      `"variableData":{"variables":[{"kind":"odd","value":${deep}},{"kind":"image","value":${deep}}]}`,
      `"result":{"metadata":{"toolCallRounds":[{"toolCalls":[${call}]}],"toolCallResults":{"c":${result}}}}`,
    ];
    for (const fields of cases) {
      const read = readDocument('copilot-chat-json', request(fields));
      assert.equal(read.problems.length, 0);
      assert.ok(read.records.length >= 2);
      assertSound(read);
    }
    const attached = `{"type":"user.message","data":{"content":"Hi","attachments":[${deep}]}}`;
    assertSound(readLines('copilot-chat-transcript', `${attached}\n{"type":"odd","data":{"x":${deep}}}`));
  });

  it('keeps no encoded bytes inside what it keeps raw', () => {
    const raw = { kind: 'odd', picture: 'A'.repeat(2_000), numbers: Array.from({ length: 2_000 }, () => 7), text: 'kept' };
    const read = readDocument(
      'copilot-chat-json',
      JSON.stringify({ sessionId: 's', requests: [{ requestId: 'r', message: 'Hi', response: [raw] }] }),
    );
    const text = JSON.stringify(read.records);
    assert.ok(text.includes('kept') && text.length < 2_000, text.slice(0, 300));
  });
});
