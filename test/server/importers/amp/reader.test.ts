import assert from 'node:assert/strict';
import fc from 'fast-check';
import { amp } from '../../../../server/importers/amp/index.ts';
import type { Reading } from '../../../../server/importers/importer.ts';
import { assertSound, counts, deep, fixture, header, latest, message, messages, mutated, partsOf, prompts, readDocument } from '../importing.ts';

const session = 'T-0197a2b3-1111-4222-8333-444455556666';
const text = fixture(`amp/${session}.json`);
const place = { path: `/home/ada/.local/share/amp/threads/${session}.json`, format: 'amp-thread-json' };
const read = (document = text): Reading => readDocument(amp, document, place);

describe('Amp: a thread', () => {
  it('says what it is', () => {
    assert.deepEqual(header(read()), {
      title: 'Flaky login test', titleSource: 'ai', cwd: '/home/ada/site', agent: { name: 'Amp', version: '0.0.1760000000' },
      git: { branch: 'main', commit: '0123456789abcdef0123456789abcdef01234567', remote: 'https://example.org/ada/site' },
      fidelity: 'partial', fidelityReason: 'Amp writes when a prompt was sent, not when it was answered.', format: 'amp-thread-json', origin: place.path,
    });
    assert.deepEqual(counts(read()), { sessions: 1, prompts: 2, replies: 3, toolCalls: 4, usage: [30, 1500, 300, 80] });
    assert.ok(read().records.every((record) => record.session === session && record.workspace === 'file:///home/ada/site'));
    assert.deepEqual(read().records.map((record) => [record.kind === 'session' ? '' : record.id, record.time.slice(14, 19), record.actor]), [
      ['', '00:00', undefined], ['message-0', '00:00', undefined], ['message-1', '00:01', 'user'], ['message-2', '00:01', 'agent:amp'],
      ['message-3#answers', '00:01', undefined], ['message-4', '00:01', 'agent:amp'], ['message-5', '01:00', 'user'],
      ['message-6', '01:00', 'agent:amp'], ['message-7#answers', '01:00', undefined], ['message-8', '01:00', undefined],
    ].map(([id, time, actor]) => [id, time, actor]));
  });

  it('keeps prompts, and a summary as the tool\'s', () => {
    assert.deepEqual(prompts(read()), ['Fix the login test', 'Run it again']);
    assert.deepEqual(partsOf(messages(read()), 'blob').map(({ mimeType, bytes }) => [mimeType, bytes]), [['image/png', 5]]);
    assert.deepEqual(message(read(), 'message-0'), { role: 'user', synthetic: true, parts: [{ type: 'text', content: 'Earlier: the login page was moved.' }] });
    for (const hidden of ['hidden.ts', 'aGVsbG8=', 'c2lnbmF0dXJl']) assert.ok(!JSON.stringify(read().records).includes(hidden), hidden);
  });

  it('keeps replies with their thoughts, calls, tokens and end', () => {
    const { parts, ...reply } = message(read(), 'message-2');
    assert.deepEqual(parts.map(({ type }) => type), ['reasoning', 'text', 'tool_call', 'tool_call', 'tool_call']);
    assert.deepEqual(parts[2], { type: 'tool_call', id: 'toolu_1', name: 'Bash', arguments: { cmd: 'npm test', cwd: '/home/ada/site' } });
    assert.deepEqual(reply, {
      role: 'assistant', responseId: 'message-2', model: 'claude-sonnet-4', finishReason: 'tool_use',
      usage: { inputTokens: 10, cacheReadTokens: 600, cacheWriteTokens: 300, outputTokens: 50 },
    });
    assert.deepEqual(['message-4', 'message-6'].map((id) => message(read(), id).outcome), ['completed', 'cancelled']);
  });

  it('says how calls went', () => {
    assert.deepEqual(partsOf(messages(read()), 'tool_call_response'), [
      { type: 'tool_call_response', id: 'toolu_1', response: '1 failing', status: 'failed', exitCode: 1 },
      { type: 'tool_call_response', id: 'toolu_2', status: 'denied' },
      { type: 'tool_call_response', id: 'toolu_3', response: { absolutePath: '/home/ada/site/b.ts', content: '1: x' }, status: 'succeeded' },
      { type: 'tool_call_response', id: 'toolu_4', response: '> test', status: 'unknown' },
    ]);
  });

  it('gives each thing the same id as the thread grows', () => {
    const whole = JSON.parse(text) as { readonly messages: readonly unknown[] };
    const ids = [...latest(read()).keys()];
    for (let length = 1; length <= whole.messages.length; length++) {
      const begun = [...latest(read(JSON.stringify({ ...whole, messages: whole.messages.slice(0, length) }))).keys()];
      assert.deepEqual(begun, ids.slice(0, begun.length));
    }
  });

  it('does not mix up messages whose numbers are missing or doubled', () => {
    const content = [{ type: 'text', text: 'Hi' }];
    const odd = [{ role: 'user', messageId: 1, content }, { role: 'user', messageId: 1, content }, { role: 'user', content: 'Plain' }];
    const reading = read(JSON.stringify({ id: 'T-1', created: 0, messages: odd }));
    assert.deepEqual([...latest(reading).keys()], ['T-1 session', 'T-1 message-1', 'T-1 item-1', 'T-1 item-2']);
    assert.deepEqual([header(reading).title, header(reading).titleSource], ['Hi', 'first-prompt']);
    assert.equal(reading.records[0]?.time, '2026-10-01T00:00:00.000Z');
  });

  it('never goes back in time', () => {
    const sent = [1772442009000, 1772442003000].map((sentAt) => ({ role: 'user', content: 'Hi', meta: { sentAt } }));
    const reading = read(JSON.stringify({ id: 'T-1', created: 1772442000000, messages: sent }));
    assert.deepEqual(reading.records.map(({ time }) => time.slice(17, 19)), ['00', '09', '09']);
  });

  it('keeps what it does not know, and gives nothing for a thread in which nothing was said', () => {
    assert.deepEqual(read().records.flatMap((record) => (record.kind === 'unknown' ? [record.data.nativeType] : [])), ['hologram']);
    const odd = read(JSON.stringify({ id: 'T-1', created: 1, messages: [{ role: 'user', content: [7, { type: 'hologram' }] }] }));
    assert.deepEqual(partsOf(messages(odd), 'unknown').map(({ nativeType, raw }) => [nativeType, raw]), [['(no type)', { raw: 7 }], ['hologram', { type: 'hologram' }]]);
    assert.deepEqual(read(JSON.stringify({ id: 'T-1', created: 1, messages: [] })), { records: [], problems: [] });
  });

  it('keeps the place of folders elsewhere', () => {
    const placed = (uri: unknown): unknown[] => {
      const reading = read(JSON.stringify({ id: 'T-1', created: 1, messages: [{ role: 'user', content: 'Hi' }], env: { initial: { trees: [{ uri }] } } }));
      return [reading.records[0]?.workspace, header(reading).cwd];
    };
    assert.deepEqual(placed('file:///c%3A/site'), ['file:///c:/site', 'c:\\site']);
    assert.deepEqual(placed('/home/ada/site'), ['file:///home/ada/site', '/home/ada/site']);
    assert.deepEqual(placed('vscode-remote://wsl+ubuntu/home/ada'), ['vscode-remote://wsl+ubuntu/home/ada', undefined]);
    assert.deepEqual(placed('file://%00'), [undefined, undefined]);
  });
});

describe('Amp: hostile input', () => {
  it('says which file is not whole', () => {
    for (const [document, words] of [
      [text.slice(0, 400), `${place.path} is not complete JSON and was not read.`],
      ['[]', `${place.path} does not hold a chat session and was not read.`],
    ] as const) {
      assert.deepEqual(read(document), { records: [], problems: [{ code: 'malformed-document', message: words, where: { file: place.path, line: 1, offset: 0 } }] });
    }
  });

  it('never throws at any cut or when fields have the wrong type', () => {
    for (let cut = 0; cut < text.length; cut += 23) assertSound(read(text.slice(0, cut)));
    fc.assert(fc.property(mutated(JSON.parse(text)), (document) => assertSound(read(JSON.stringify(document)))), { numRuns: 400 });
  });

  it('keeps dangerous keys as plain keys and survives nesting', () => {
    const odd = `{"id":"__proto__","created":1,"messages":[{"role":"__proto__","__proto__":{"polluted":1},"x":${deep}},{"role":"user","content":[${deep}]}]}`;
    assertSound(read(odd));
    assert.match(JSON.stringify(read(odd).records), /"__proto__":\{"polluted":1\}/);
  });
});
