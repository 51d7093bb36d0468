import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyOp, parseOp } from '../../../../server/importers/copilot-chat/oplog.ts';
import type { JsonObject } from '../../../../server/importers/formats/json.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Line = { kind: number; k?: (string | number)[]; v?: Json; i?: number };

interface Replayed {
  readonly document: JsonObject | undefined;
  readonly faults: readonly string[];
}

function replay(lines: readonly unknown[]): Replayed {
  let document: JsonObject | undefined;
  const faults: string[] = [];
  for (const line of lines) {
    const op = parseOp(typeof line === 'string' ? line : JSON.stringify(line));
    const fault = op.kind === 'fault' ? op : undefined;
    const applied = op.kind === 'fault' ? { document } : applyOp(document, op);
    document = applied.document;
    const complaint = fault ?? ('fault' in applied ? applied.fault : undefined);
    if (complaint) faults.push(complaint.code);
  }
  return { document, faults };
}

const names = ['requests', 'response', 'title', 'a', 'b'];
const name = fc.constantFrom(...names);
const value: fc.Arbitrary<Json> = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, 7, 'x', ''),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(name, tie('node'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).node;
const whole = fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true });
/** Numbers by which an edit finds its place in whatever the document is by then. */
const edit = fc.record({
  walk: fc.array(fc.nat(20), { maxLength: 4 }),
  action: fc.constantFrom('set', 'push', 'delete', 'compact'),
  value,
  cut: fc.nat(5),
});

type Edit = { walk: number[]; action: string; value: Json; cut: number };

/** Walks down the document, changes it with plain assignments, and gives the line that says the same. */
function change(document: { [key: string]: Json }, { walk, action, value: content, cut }: Edit): Line {
  if (action === 'compact') return { kind: 0, v: structuredClone(document) };
  const path: (string | number)[] = [];
  let here: Json = document;
  for (const step of walk) {
    const keys: (string | number)[] = Array.isArray(here) ? [...here.keys()] : Object.keys(here);
    const key = keys[step % (keys.length || 1)];
    const next: Json | undefined = key === undefined ? undefined : (here as { [key: string]: Json })[key];
    if (key === undefined || next === null || typeof next !== 'object') break;
    path.push(key);
    here = next;
  }
  if (action === 'push' && Array.isArray(here)) {
    const keep = cut % (here.length + 1);
    here.length = keep;
    here.push(structuredClone(content));
    return { kind: 2, k: path, v: [content], i: keep };
  }
  if (Array.isArray(here)) {
    const index = cut % (here.length + 1);
    here[index] = structuredClone(content);
    return { kind: 1, k: [...path, index], v: content };
  }
  const key = names[cut % names.length] ?? 'a';
  const object = here;
  if (action === 'delete') {
    Reflect.deleteProperty(object, key);
    return { kind: 3, k: [...path, key] };
  }
  object[key] = structuredClone(content);
  return { kind: 1, k: [...path, key], v: content };
}

describe('copilot-chat: replay of the op-log', () => {
  it('replays random edits, with compaction in between, to the document that was edited', () => {
    fc.assert(fc.property(whole, fc.array(edit, { maxLength: 25 }), (start, edits) => {
      const document = structuredClone(start) as { [key: string]: Json };
      const lines: Line[] = [{ kind: 0, v: structuredClone(start) }];
      for (const one of edits) lines.push(change(document, one));
      const replayed = replay(lines);
      assert.deepEqual(replayed.faults, []);
      assert.deepEqual(replayed.document, document);
    }));
  });

  it('never throws and never touches prototypes, whatever the lines are', () => {
    const key = fc.oneof(name, fc.nat(4), fc.constantFrom('__proto__', 'constructor', 'prototype', 'length', -1, 1e9, 0.5));
    const hostile = fc.record(
      {
        kind: fc.constantFrom(0, 1, 2, 3, 4, 'x'),
        k: fc.oneof(fc.array(key, { maxLength: 4 }), value),
        v: value,
        i: fc.constantFrom(0, 1, 1e12, -1, 'x'),
      },
      { requiredKeys: ['kind'] },
    );
    fc.assert(fc.property(fc.array(fc.oneof(hostile, fc.string()), { maxLength: 20 }), (lines) => {
      replay([{ kind: 0, v: { requests: [] } }, ...lines]);
      assert.equal(({} as { [key: string]: unknown })['requests'], undefined);
      assert.deepEqual(Object.keys(Object.prototype), []);
    }));
  });

  it('appends after cutting, and creates a list that is not there', () => {
    const { document } = replay([
      { kind: 0, v: { list: [1, 2, 3] } }, { kind: 2, k: ['list'], v: [9], i: 1 }, { kind: 2, k: ['list'], i: 1 }, {
        kind: 2,
        k: ['other'],
        v: [5],
      },
    ]);
    assert.deepEqual(document, { list: [1], other: [5] });
  });

  it('takes a property away when the value is missing', () => {
    assert.deepEqual(replay([{ kind: 0, v: { a: 1, b: 2 } }, { kind: 1, k: ['a'] }, { kind: 3, k: ['b'] }]).document, {});
  });

  it('names what is wrong and keeps the document', () => {
    const start = { kind: 0, v: { list: [1], text: 'x' } };
    const cases: [unknown, string][] = [
      ['{"kind":1', 'malformed-line'],
      [[], 'malformed-line'],
      [{ kind: 0, v: 3 }, 'malformed-line'],
      [{ kind: 7, k: ['a'] }, 'unknown-record'],
      [{ v: 1 }, 'unknown-record'],
      [{ kind: 1, k: ['text', 'length'], v: 1 }, 'malformed-line'],
      [{ kind: 1, k: ['nowhere', 'a'], v: 1 }, 'malformed-line'],
      [{ kind: 1, k: ['list', 1e9], v: 1 }, 'malformed-line'],
      [{ kind: 1, k: ['list', 'length'], v: 1e9 }, 'malformed-line'],
      [{ kind: 1, k: ['__proto__', 'a'], v: 1 }, 'malformed-line'],
      [{ kind: 1, k: ['constructor'], v: 1 }, 'malformed-line'],
      [{ kind: 2, k: ['text'], v: [1] }, 'malformed-line'],
      [{ kind: 2, k: ['list'], v: [1], i: 1e9 }, 'malformed-line'],
      [{ kind: 2, k: ['list'], v: 'no list' }, 'malformed-line'],
    ];
    for (const [line, code] of cases) assert.deepEqual(replay([start, line]), { document: start.v, faults: [code] }, JSON.stringify(line));
    assert.deepEqual(replay([{ kind: 1, k: ['a'], v: 1 }]), { document: undefined, faults: ['malformed-line'] });
  });
});
