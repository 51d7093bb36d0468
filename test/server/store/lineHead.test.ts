import assert from 'node:assert/strict';
import fc from 'fast-check';
import { headAt, headOf } from '../../../server/store/lineHead.ts';
import { parseType } from '../../../shared/record.ts';
import { parseRecord } from '../../../server/store/payload.ts';

const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2100, 0, 1);
const moment = fc.integer({ min: earliest, max: latest });
const time = fc.oneof(
  { weight: 8, arbitrary: moment.map((each) => new Date(each).toISOString()) },
  moment.map((each) => new Date(each).toISOString().replace(/\.\d+Z/, 'Z')),
  moment.map((each) => new Date(each).toISOString().replace('Z', '+05:30')),
  fc.constantFrom('2026-02-30T10:00:00.000Z', '2026-13-01T10:00:00.000Z', '2026-11-20T24:00:00.000Z', '2026-11-20T23:59:60.000Z', '2026-11-20T10:00:00.00aZ', 'soon', ''),
);
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string(), fc.constantFrom('é', '"', '\\', '\u007f', '\u0000', 'x'.repeat(330)));
const id = fc.oneof({ weight: 4, arbitrary: fc.uuid() }, fc.string({ minLength: 36, maxLength: 36 }), fc.constantFrom('é'.repeat(18), '"'.repeat(18)), fc.string().map((each) => `claude-code:s1:${each}`), text);
const type = fc.oneof({ weight: 6, arbitrary: fc.constantFrom('dev.daybook.event.document.changed', 'dev.daybook.tool_execution.terminal.command') }, text);
const attributes = fc.record({ specversion: fc.constant('1.0'), id, source: fc.oneof(fc.constant('/daybook/vscode'), text), type, time });
const rest = fc.record({ subject: text, data: fc.jsonValue() }, { requiredKeys: [] });
const line = fc.tuple(attributes, rest, fc.boolean()).map(([head, tail, isUsual]) => Buffer.from(JSON.stringify(isUsual ? { ...head, ...tail } : { ...tail, ...head })));

/** What a whole line says. */
function parsed(bytes: Buffer): { id: string; type: string; time: number } | undefined {
  const record = parseRecord(bytes);
  return record && { id: record.id, type: record.type, time: Date.parse(record.time) };
}

const taken = (bytes: Buffer, span?: { since: number; until: number }): ReturnType<typeof parsed> => {
  const head = headOf(bytes, span);
  return head && { id: head.id, type: head.type, time: head.time };
};

describe('the head of a journal line', () => {
  it('says of every record what the whole line says', () => {
    fc.assert(fc.property(line, (bytes) => {
      const whole = parsed(bytes);
      if (whole) assert.deepEqual(taken(bytes), whole);
    }), { numRuns: 2_000 });
  });

  it('is asked for within a span: from its beginning on, and before its end', () => {
    fc.assert(fc.property(line, moment, moment, (bytes, one, other) => {
      const whole = parsed(bytes);
      const span = { since: Math.min(one, other), until: Math.max(one, other) };
      if (whole) assert.deepEqual(taken(bytes, span), whole.time >= span.since && whole.time < span.until ? whole : undefined);
      if (!whole) return;
      assert.deepEqual(taken(bytes, { since: whole.time, until: whole.time + 1 }), whole);
      assert.equal(taken(bytes, { since: whole.time - 1, until: whole.time }), undefined);
    }), { numRuns: 2_000 });
  });

  it('is asked for of some kinds, and where a line lies among others', () => {
    const kinds = ['terminal.command', 'command', 'document.changed', 'changed'];
    fc.assert(fc.property(line, line, fc.subarray(kinds), (bytes, other, some) => {
      const whole = parsed(bytes);
      const lines = Buffer.concat([other, Buffer.from('\n'), bytes, Buffer.from('\n'), other]);
      const start = other.length + 1;
      const head = headAt(lines, start, start + bytes.length, { since: -Infinity, until: Infinity, kinds: some });
      const isWanted = whole !== undefined && some.includes(parseType(whole.type)?.kind ?? '');
      if (whole) assert.deepEqual(head && { id: head.id, type: head.type, time: head.time }, isWanted ? whole : undefined);
    }), { numRuns: 2_000 });
  });

  it('is none of what is no record, and breaks at nothing', () => {
    fc.assert(fc.property(line, fc.nat(), fc.nat(255), (bytes, at, byte) => {
      const broken = Buffer.from(bytes);
      broken[at % broken.length] = byte;
      const whole = parsed(broken);
      if (whole) assert.deepEqual(taken(broken), whole);
      else headOf(broken);
    }), { numRuns: 2_000 });
    for (const none of ['', '{', 'null', '[]', '"text"', '{"specversion":"1.0","id":"a"}']) assert.equal(headOf(Buffer.from(none)), undefined, none);
  });

  it('has the id of its line also where another attribute makes it as long as a UUID', () => {
    const rest = '"source":"lsp","type":"dev.daybook.event.note","time":"2026-11-20T10:00:00.000Z","data":{}}';
    const like = Buffer.from(`{"specversion":"1.0","id":"0193b1b0-0000-7000-8000-000000000000",${rest}`);
    const odd = Buffer.from(`{"specversion":"1.0","id":"a","myext":"${'x'.repeat(24)}",${rest}`);
    assert.equal(odd.indexOf('","source"'), like.indexOf('","source"'));
    assert.equal(taken(like)?.id, '0193b1b0-0000-7000-8000-000000000000');
    assert.deepEqual(taken(odd), parsed(odd));
  });

  it('is taken from its beginning alone where Daybook wrote it', () => {
    const torn = Buffer.from('{"specversion":"1.0","id":"a","source":"/daybook/vscode","type":"dev.daybook.event.git.commit","time":"2026-11-20T10:00:00.000Z","data":{"mess');
    assert.deepEqual(taken(torn), { id: 'a', type: 'dev.daybook.event.git.commit', time: Date.UTC(2026, 10, 20, 10) });
  });
});
