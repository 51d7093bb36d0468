import assert from 'node:assert/strict';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { parseRecord } from '../../../server/store/payload.ts';
import { storedRecord } from '../../../server/store/storedRecord.ts';

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string(), fc.constantFrom('', 'é', '"', '\\', ',"data":', '},"data":{', '\u2028', 'x'.repeat(600)));
const time = fc.oneof(
  { weight: 8, arbitrary: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((each) => each.toISOString()) },
  fc.constantFrom('2026-11-20T10:00:00+01:00', '2026-11-20 (é) 10:00', 'soon'),
);
/** What CloudEvents lets an attribute be, in JSON. */
const attribute = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
const type = fc.oneof({ weight: 6, arbitrary: fc.constantFrom('dev.daybook.chat.message', 'dev.daybook.tool_execution.terminal.command') }, text);
const head = fc.record({ specversion: fc.constant('1.0'), id: fc.oneof(fc.uuid(), text), source: fc.oneof(fc.constantFrom('lsp', 'claude-code'), text), type, time });
const others = fc.record({
  subject: fc.oneof(text, fc.constantFrom<unknown>(1, null)), sessionid: fc.oneof(fc.constantFrom<unknown>('a', 'b', 7), text), workspace: text, actor: fc.constantFrom('user', 'agent:claude'),
  redactions: fc.nat(), myext: attribute, ['__proto__']: attribute,
}, { requiredKeys: [] });
const data = fc.oneof({ weight: 6, arbitrary: fc.dictionary(text, fc.jsonValue()) }, fc.jsonValue());
/** Attributes in the usual order, the payload anywhere among what may stand behind the time, and now and then everything in another order. */
const line = fc.tuple(head, others, fc.option(data, { nil: undefined }), fc.nat(8), fc.integer({ min: 0, max: 9 })).map(([begins, rest, payload, place, other]) => {
  const entries = Object.entries(rest);
  if (payload !== undefined) entries.splice(place < 3 ? place : entries.length, 0, ['data', payload]);
  const all = [...Object.entries(begins), ...entries];
  return Buffer.from(JSON.stringify(Object.fromEntries(other === 0 ? all.toReversed() : all)));
});

describe('a record as it lies in the journal', () => {
  it('is the one that its whole line holds, wherever it lies', () => {
    fc.assert(fc.property(line, line, (bytes, other) => {
      const lines = Buffer.concat([other, Buffer.from('\n'), bytes, Buffer.from('\n'), other]);
      const start = other.length + 1;
      assert.deepEqual(storedRecord(lines, start, start + bytes.length), parseRecord(bytes));
      assert.deepEqual(storedRecord(bytes), parseRecord(bytes));
    }), { numRuns: 2_000 });
  });

  it('is an object like any other: written, copied and sent on with its payload, in the order of its line', () => {
    fc.assert(fc.property(line, (bytes) => {
      const whole = parseRecord(bytes);
      if (!whole) return;
      assert.equal(JSON.stringify(storedRecord(bytes)), JSON.stringify(whole));
      assert.deepEqual({ ...storedRecord(bytes) }, { ...whole });
      assert.deepEqual(deserialize(serialize(storedRecord(bytes))), deserialize(serialize(whole)));
      assert.deepEqual(Object.keys(storedRecord(bytes) ?? {}), Object.keys(whole));
    }), { numRuns: 2_000 });
  });

  const usual = Buffer.from('{"specversion":"1.0","id":"a","source":"cli","type":"dev.daybook.event.note","time":"2026-11-20T10:00:00.000Z","sessionid":"s","data":{"text":"b"}}');

  it('has one payload, however often it is looked at', () => {
    const record = storedRecord(usual);
    assert.ok(record);
    assert.equal(typeof Object.getOwnPropertyDescriptor(record, 'data')?.get, 'function');
    assert.equal(record.data, record.data);
    assert.deepEqual(Object.getOwnPropertyDescriptor(record, 'data'), { value: { text: 'b' }, configurable: true, enumerable: true, writable: true });
  });

  it('is told from one whose attributes go on behind the payload', () => {
    const further = Buffer.from(usual.toString().replace(/\}$/, ',"redactions":2}'));
    assert.equal(storedRecord(further)?.redactions, 2);
    assert.deepEqual(storedRecord(further)?.data, { text: 'b' });
  });

  it('has its payload where somebody wrote an object behind it, which is no attribute', () => {
    const odd = Buffer.from(usual.toString().replace(/\}$/, ',"odd":{"data":1}}'));
    assert.deepEqual(storedRecord(odd)?.data, { text: 'b' });
  });

  it('has an empty payload where somebody damaged it', () => {
    const damaged = Buffer.from(usual.toString().replace('"b"', '"b'));
    assert.equal(parseRecord(damaged), undefined);
    assert.deepEqual(storedRecord(damaged)?.data, {});
  });

  it('is none of what is no record, and breaks at nothing', () => {
    fc.assert(fc.property(line, fc.nat(), fc.nat(255), (bytes, at, byte) => {
      const broken = Buffer.from(bytes);
      broken[at % broken.length] = byte;
      const whole = parseRecord(broken);
      if (whole && Object.values(whole).filter((value) => typeof value === 'object').length <= 1) assert.deepEqual(storedRecord(broken), whole);
      else assert.doesNotThrow(() => storedRecord(broken)?.data);
    }), { numRuns: 2_000 });
    for (const none of ['', '{', '}}', 'null', '[]', '"text"', '{"specversion":"1.0","id":"a"}', '{"data":{}}']) assert.equal(storedRecord(Buffer.from(none)), undefined, none);
  });
});
