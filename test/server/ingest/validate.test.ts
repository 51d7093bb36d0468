import assert from 'node:assert/strict';
import { validate } from '../../../server/ingest/validate.ts';
import type { DaybookRecord } from '../../../shared/record.ts';

const note = { family: 'events', kind: 'note', data: { text: 'hi' } };
const event = { specversion: '1.0', id: 'e1', source: 'mine', type: 'dev.daybook.event.note', time: '2026-11-20T10:00:00+01:00', data: { text: 'hi' } };
const chat = (data: unknown): object => ({ family: 'chats', kind: 'message', session: 'tool:1', data });
const parts = (...list: unknown[]): object => chat({ role: 'user', parts: list });
const command = (more: object): object => ({ family: 'tool_executions', kind: 'terminal.command', data: { command: 'ls', ...more } });

function record(input: unknown): DaybookRecord {
  const result = validate(input, 'cli', () => new Date('2026-11-21T00:00:00Z'));
  assert.ok('record' in result, 'reason' in result ? result.reason : '');
  return result.record;
}

function reason(input: unknown): string {
  const result = validate(input, 'cli');
  return 'reason' in result ? result.reason : 'accepted';
}

function nested(depth: number): unknown {
  return depth === 0 ? 'end' : { in: nested(depth - 1) };
}

describe('validate: what is accepted', () => {
  it('fills in the envelope of a short form and nothing that is absent', () => {
    const { id, ...rest } = record({ ...note, session: 's', subject: 'a.ts', actor: 'user', workspace: 'file:///w' });
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    assert.deepEqual(rest, {
      specversion: '1.0', source: 'cli', type: 'dev.daybook.event.note', time: '2026-11-21T00:00:00.000Z',
      subject: 'a.ts', actor: 'user', workspace: 'file:///w', sessionid: 's', data: { text: 'hi' },
    });
    assert.deepEqual(Object.keys(record(note)).sort(), ['data', 'id', 'source', 'specversion', 'time', 'type']);
  });

  it('keeps the identity of an event and puts its time in UTC', () => {
    assert.deepEqual(record(event), { ...event, time: '2026-11-20T09:00:00.000Z' });
    assert.deepEqual(record({ ...event, data: undefined }).data, {});
  });

  it('takes every kind of part, and fields it does not know', () => {
    const all = [
      { type: 'text', content: 'a', extra: 1 }, { type: 'reasoning', content: '' }, { type: 'notice', content: 'n' },
      { type: 'tool_call', id: '1', name: 'x' }, { type: 'tool_call_response', id: '1', status: 'succeeded', exitCode: 0 },
      { type: 'uri', uri: 'file:///a' }, { type: 'edit', uri: 'file:///a' }, { type: 'blob', mimeType: 'image/png', bytes: 3 },
      { type: 'unknown', nativeType: 'z', raw: null },
    ];
    assert.deepEqual((record(parts(...all)).data as { parts: unknown }).parts, all);
  });

  it('takes hostile keys as the data they are', () => {
    const data: unknown = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": 1}}');
    const taken = record({ ...note, data });
    assert.equal(JSON.stringify(taken.data), JSON.stringify(data));
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    assert.equal('polluted' in taken, false);
    assert.match(reason(JSON.parse('{"__proto__": {"family": "events", "kind": "note"}}')), /^family is missing\.$/);
  });

  it('makes simple payloads whole', () => {
    assert.deepEqual(record(chat({ content: 'fix it' })).data, { role: 'user', parts: [{ type: 'text', content: 'fix it' }], content: 'fix it' });
    const { data, time } = record(command({ exitCode: 2 }));
    assert.deepEqual(data, { command: 'ls', exitCode: 2, status: 'failed', startedAt: time, durationMs: 0 });
  });

  it('keeps the level of consent, and takes no other word for one', () => {
    assert.equal(record({ ...note, consent: 'no content' }).consent, 'no content');
    assert.equal(record({ ...event, consent: 'metadata' }).consent, 'metadata');
    assert.match(reason({ ...note, consent: 'some' }), /^consent must be/);
  });

  it('keeps extension attributes', () => {
    assert.equal((record({ ...event, traceparent: '00-1' }) as { traceparent?: string }).traceparent, '00-1');
    assert.equal((record({ ...note, host: 'a' }) as { host?: string }).host, 'a');
  });

  it('takes what is just inside the bounds', () => {
    record({ ...note, data: nested(64), id: 'i'.repeat(4_096), subject: 's'.repeat(65_536) });
  });
});

const refused: readonly (readonly [string, unknown, RegExp])[] = [
  ['no object', null, /^A record must be a JSON object\.$/],
  ['a list', [note], /^A record must be a JSON object\.$/],
  ['nothing', {}, /^family is missing\.$/],
  ['an unknown family', { ...note, family: '__proto__' }, /^family must be .*"events".* not "__proto__"\.$/],
  ['a kind with spaces', { ...note, kind: 'Not ok' }, /^kind must be dotted lower-case words, such as terminal\.command\.$/],
  ['a kind that ends in a dot', { ...note, kind: 'a.' }, /^kind must be dotted/],
  ['a word for a time', { ...note, time: 'yesterday' }, /^time must be an RFC 3339 time/],
  ['a date for a time', { ...note, time: '2026-11-20' }, /^time must be an RFC 3339 time/],
  ['a time without a zone', { ...note, time: '2026-11-20T10:00:00' }, /^time must be an RFC 3339 time/],
  ['a time of another calendar', { ...note, time: '+275760-09-13T00:00:00Z' }, /^time must be an RFC 3339 time/],
  ['a time that leaves four digits in UTC', { ...note, time: '9999-12-31T23:59:59-05:00' }, /^time must be an RFC 3339 time/],
  ['an empty id', { ...note, id: '' }, /^id must not be empty\.$/],
  ['a long id', { ...note, id: 'i'.repeat(4_097) }, /^id must not be longer than 4096 characters\.$/],
  ['a long subject', { ...note, subject: 's'.repeat(65_537) }, /^subject must not be longer than 65536 characters\.$/],
  ['a session that is no text', { ...note, session: 5 }, /^session must be string, not 5\.$/],
  ['data that is too deep', { ...note, data: nested(65) }, /^data is nested deeper than 64 levels\.$/],
  ['data that is too long', { ...note, data: Array<string>(65).fill('x'.repeat(1 << 20)) }, /^data is longer than 67108864 characters\.$/],
  ['a chat record without a session', { ...chat({}), session: undefined }, /^A chats record needs a session\.$/],
  ['a chat event without a session', { ...event, type: 'dev.daybook.chat.unknown' }, /^A chats record needs a session\.$/],
  ['another version', { ...event, specversion: '0.3' }, /^specversion must be "1\.0"\.$/],
  ['a foreign type', { ...event, type: 'com.example.thing' }, /^type must be dev\.daybook\.<family>\.<kind>\.$/],
  ['no type', { ...event, type: undefined }, /^type is missing\.$/],
  ['no source', { ...event, source: '' }, /^source must not be empty\.$/],
  ['fewer than no redactions', { ...event, redactions: -1 }, /^redactions must not be negative\.$/],
  ['a message that is a text', chat('hello'), /^data must be Object, not "hello"\.$/],
  ['a message of nobody', chat({ role: 'boss', parts: [] }), /^data\.role must be .*"user".* not "boss"\.$/],
  ['a message without parts', chat({ role: 'user' }), /^data\.parts is missing\.$/],
  ['a field that can be no attribute', { ...note, sessionId: 's' }, /^"sessionId" is no field of a record\.$/],
  ['a short form with a source', { ...note, source: 'me' }, /^"source" is no field of a record\.$/],
  ['a part without a type', parts({}), /^data\.parts\.0\.type is missing\.$/],
  ['a part of no kind', parts({ type: 'zz' }), /^data\.parts\.0\.type must be .* not "zz"\.$/],
  ['a text without content', parts({ type: 'text', content: 'a' }, { type: 'text' }), /^data\.parts\.1\.content is missing\.$/],
  ['a blob without a size', parts({ type: 'blob', mimeType: 'a/b' }), /^data\.parts\.0\.bytes is missing\.$/],
  ['half a token', chat({ role: 'assistant', parts: [], usage: { inputTokens: 1.5 } }), /^data\.usage\.inputTokens must be a whole number\.$/],
  ['a command that never starts', command({ startedAt: 'soon' }), /^data\.startedAt must be an RFC 3339 time/],
  ['half an exit code', command({ status: 'failed', startedAt: event.time, exitCode: 0.5 }), /^data\.exitCode must be a whole number\.$/],
  ['a long wrong value', command({ startedAt: event.time, status: 'x'.repeat(5_000) }), /^data\.status must be .{50,250}\.$/],
];

describe('validate: what is refused, in a sentence that names the field', () => {
  for (const [what, input, sentence] of refused) it(what, () => assert.match(reason(input), sentence));
});
