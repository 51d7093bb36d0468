import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fixture, latest, readLines, sample } from './reading.ts';

const oplog = 'copilot-chat-oplog';

/** Random logs of a chat: requests that come, grow, are answered anew, taken back, renamed, compacted. */
const step = fc.oneof(
  fc.record(
    { kind: fc.constant(2), k: fc.constant(['requests']), v: fc.array(fc.nat(4).map(request), { maxLength: 2 }), i: fc.nat(2) },
    { requiredKeys: ['kind', 'k', 'v'] },
  ),
  fc.record(
    { kind: fc.constant(2), k: at('response'), v: fc.array(part(), { maxLength: 2 }), i: fc.nat(2) },
    { requiredKeys: ['kind', 'k'] },
  ),
  fc.record({ kind: fc.constant(1), k: at('response'), v: fc.constantFrom([], [{ value: 'anew' }]) }),
  fc.record({ kind: fc.constant(1), k: at('requestId'), v: fc.constantFrom('r0', 'r1', 'r9') }),
  fc.record({
    kind: fc.constant(1),
    k: at('modelState'),
    v: fc.constantFrom({ value: 0 }, { value: 1, completedAt: 1780000005000 }, { value: 2 }),
  }),
  fc.record({ kind: fc.constant(1), k: at('result'), v: fc.constantFrom({}, { errorDetails: { message: 'Broken.' } }) }),
  fc.record({ kind: fc.constant(1), k: at('shouldBeRemovedOnSend'), v: fc.boolean() }),
  fc.record({ kind: fc.constant(3), k: at('result') }),
  fc.record({ kind: fc.constant(1), k: fc.constant(['customTitle']), v: fc.constantFrom('One', 'Two') }),
  fc.record({ kind: fc.constant(1), k: fc.constant(['sessionId']), v: fc.constantFrom('s', 't') }),
  fc.record({
    kind: fc.constant(0),
    v: fc.record(
      { sessionId: fc.constantFrom('s', 't'), requests: fc.array(fc.nat(4).map(request), { maxLength: 3 }) },
      { requiredKeys: ['requests'] },
    ),
  }),
);

function request(number: number): unknown {
  const response = number % 2 ? [] : [{ value: `Answer ${number}.` }];
  return {
    ...(number === 4 ? {} : { requestId: `r${number}` }),
    timestamp: 1780000000000 + number,
    message: `Question ${number}`,
    response,
  };
}

function at(field: string): fc.Arbitrary<(string | number)[]> {
  return fc.nat(3).map((index) => ['requests', index, field]);
}

function part(): fc.Arbitrary<unknown> {
  return fc.constantFrom<unknown>(
    { value: 'words' },
    { kind: 'undoStop' },
    { kind: 'toolInvocationSerialized', toolCallId: 'c', toolId: 't', isComplete: true },
  );
}

function assertSameAnywhere(format: string, text: string, splits: ReadonlySet<number>): void {
  const atOnce = readLines(format, text);
  const inPieces = readLines(format, text, { splits });
  assert.deepEqual(Object.fromEntries(latest(inPieces)), Object.fromEntries(latest(atOnce)));
  assert.deepEqual(inPieces.problems, atOnce.problems);
}

const files: readonly [string, string, () => string | undefined][] = [
  ['oplog fixture', oplog, () => fixture('oplog.jsonl')],
  ['transcript fixture', 'copilot-chat-transcript', () => fixture('transcript.jsonl')],
  ['sample oplog-multiline', oplog, () => sample('oplog-multiline.jsonl')],
  ['sample oplog-empty-then-patched', oplog, () => sample('oplog-empty-then-patched.jsonl')],
  ['sample transcript-events', 'copilot-chat-transcript', () => sample('transcript-events.jsonl')],
];

describe('copilot-chat: reading in pieces', () => {
  for (const [name, format, load] of files) {
    it(`ends the same wherever it stops on the way: ${name}`, function () {
      const text = load();
      if (text === undefined) return this.skip();
      const lines = text.split('\n').length;
      assertSameAnywhere(format, text, new Set(Array.from({ length: lines }, (_, index) => index + 1)));
      const someLines = fc.uniqueArray(fc.integer({ min: 1, max: lines }));
      fc.assert(fc.property(someLines, (places) => assertSameAnywhere(format, text, new Set(places))), { numRuns: 20 });
    });

    it(`is sound at the end of every line: ${name}`, function () {
      const text = load();
      if (text === undefined) return this.skip();
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
        assert.deepEqual(readLines(format, text.slice(0, end + 1)).problems, [], `cut at ${end + 1}`);
      }
    });
  }

  it('ends the same for random logs, even when they take things back', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 15 }), fc.uniqueArray(fc.integer({ min: 1, max: 16 })), (steps, places) => {
      const lines = [{ kind: 0, v: { requests: [] } }, ...steps].map((line) => JSON.stringify(line)).join('\n');
      assertSameAnywhere(oplog, lines, new Set(places));
    }), { numRuns: 300 });
  });
});
