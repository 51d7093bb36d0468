import assert from 'node:assert/strict';
import fc from 'fast-check';
import { continueDev } from '../../../../server/importers/continue/index.ts';
import { usageOf } from '../../../../server/importers/continue/usage.ts';
import type { Reading } from '../../../../server/importers/importer.ts';
import { assertSound, counts, deep, fixture, header, message, messages, mutated, partsOf, prompts, readDocument } from '../importing.ts';

const text = fixture('continue/session.json');
const session = '0d1c2b3a-1111-4222-8333-444455556666';
const place = {
  path: `/home/ada/.continue/sessions/${session}.json`, format: 'continue-json', neighbours: { 'sessions.json': fixture('continue/sessions.json') },
};
const read = (document = text): Reading => readDocument(continueDev, document, place);

describe('Continue: a session', () => {
  it('says what it is', () => {
    assert.deepEqual(header(read()), {
      title: 'Flaky login test', titleSource: 'ai', cwd: '/home/ada/site', agent: { name: 'Continue' }, fidelity: 'partial',
      fidelityReason: 'Continue writes no times of messages.', format: 'continue-json', origin: place.path,
    });
    assert.deepEqual(counts(read()), { sessions: 1, prompts: 1, replies: 2, toolCalls: 2, usage: [800, 1400, 30, 70] });
    assert.deepEqual([...new Set(read().records.map(({ time }) => time))], ['2026-03-02T09:00:00.000Z', '2026-03-02T09:00:01.000Z']);
    assert.ok(read().records.every((record) => record.session === session && record.workspace === 'file:///home/ada/site'));
    assert.deepEqual(read().records.map((record) => (record.kind === 'session' ? '' : record.id)), [
      '', 'item-1', 'item-1#context', 'item-2', 'm-1', 'm-1#answers', 'item-5', 'item-6', 'item-6#summary', 'item-7',
    ]);
  });

  it('keeps prompts, and what came with them as the tool\'s', () => {
    assert.deepEqual(prompts(read()), ['Fix the login test']);
    assert.deepEqual(partsOf(messages(read()), 'blob').map(({ mimeType, bytes }) => [mimeType, bytes]), [['image/png', 5]]);
    assert.deepEqual(message(read(), 'item-1#context'), {
      role: 'user', synthetic: true,
      parts: [{ type: 'uri', uri: 'file:///home/ada/site/src/login.ts', name: 'login.ts' }, { type: 'text', content: 'const now = Date.now();' }],
    });
    assert.equal(message(read(), 'item-6#summary').synthetic, true);
    for (const hidden of ['You are an agent', 'aGVsbG8=', 'c2lnbmF0dXJl']) assert.ok(!JSON.stringify(read().records).includes(hidden), hidden);
  });

  it('groups thoughts with the reply they belong to, and counts it once', () => {
    const reply = message(read(), 'm-1');
    assert.equal(reply.responseId, 'item-2');
    assert.equal(message(read(), 'item-2').responseId, 'item-2');
    assert.equal(reply.durationMs, 2500);
    assert.equal(reply.model, 'Claude Sonnet 4');
    assert.deepEqual(reply.usage, { inputTokens: 600, cacheReadTokens: 400, outputTokens: 50, reasoningTokens: 10 });
    assert.deepEqual(reply.parts, [
      { type: 'reasoning', content: 'Which test?' }, { type: 'text', content: 'I run it.' },
      { type: 'tool_call', id: 'call_1', name: 'run_terminal_command', arguments: { command: 'npm test' } },
      { type: 'tool_call', id: 'call_2', name: 'edit_file', arguments: { filepath: 'a.ts' } },
    ]);
  });

  it('says how calls went, once', () => {
    assert.deepEqual(partsOf(messages(read()), 'tool_call_response'), [
      { type: 'tool_call_response', id: 'call_1', response: '1 failing', status: 'failed', exitCode: 1 },
      { type: 'tool_call_response', id: 'call_2', status: 'cancelled' },
      { type: 'tool_call_response', id: 'call_0', response: 'late', status: 'unknown' },
    ]);
  });

  it('puts the count of a session with its last reply where replies have none', () => {
    const history = [{ message: { role: 'user', content: 'Hi' } }, ...['One', 'Two'].map((content) => ({ message: { role: 'assistant', content } }))];
    const reading = read(JSON.stringify({ sessionId: 's', title: 'Hi', workspaceDirectory: 'C:\\site', history, usage: { promptTokens: 10, completionTokens: 4 } }));
    assert.deepEqual(messages(reading).map(({ usage }) => usage), [undefined, undefined, { inputTokens: 10, outputTokens: 4 }]);
    assert.equal(header(reading).titleSource, 'first-prompt');
    assert.equal(reading.records[0]?.workspace, 'file:///C:/site');
  });

  it('counts what is cached beside the prompt where the provider does', () => {
    const count = (promptTokens: number, promptTokensDetails: object): unknown => usageOf({ promptTokens, completionTokens: 1, promptTokensDetails });
    assert.deepEqual(count(100, { cachedTokens: 60, cacheWriteTokens: 5 }), { inputTokens: 100, cacheReadTokens: 60, cacheWriteTokens: 5, outputTokens: 1 });
    assert.deepEqual(count(100, { cachedTokens: 60, cacheWriteTokens: 0 }), { inputTokens: 40, cacheReadTokens: 60, cacheWriteTokens: 0, outputTokens: 1 });
    assert.equal(usageOf({ promptTokens: 0, completionTokens: 0 }), undefined);
  });

  it('never goes back in time', () => {
    const history = [1772442009000, 1772442003000].map((startAt) => ({ message: { role: 'assistant', content: 'x' }, reasoning: { text: 'y', startAt } }));
    assert.deepEqual(read(JSON.stringify({ sessionId: 's', history })).records.slice(1).map(({ time }) => time.slice(17, 19)), ['09', '09']);
  });

  it('keeps what it does not know, and the place of sessions elsewhere', () => {
    assert.deepEqual(read().records.flatMap((record) => (record.kind === 'unknown' ? [record.data.nativeType] : [])), ['hologram']);
    const remote = read(JSON.stringify({ sessionId: 's', title: 'New Session', workspaceDirectory: 'vscode-remote://wsl+ubuntu/home/ada', history: [{ message: { role: 'user', content: 'Hi' } }] }));
    assert.equal(remote.records[0]?.workspace, 'vscode-remote://wsl+ubuntu/home/ada');
    assert.equal(header(remote).cwd, undefined);
    assert.equal(header(remote).title, 'Hi');
    assert.deepEqual(read(JSON.stringify({ sessionId: 's', history: [] })).records, []);
  });
});

describe('Continue: hostile input', () => {
  it('says which file is not whole', () => {
    for (const [document, message] of [
      [text.slice(0, 400), `${place.path} is not complete JSON and was not read.`],
      ['[]', `${place.path} does not hold a chat session and was not read.`],
    ] as const) {
      const reading = read(document);
      assert.deepEqual(reading, { records: [], problems: [{ code: 'malformed-document', message, where: { file: place.path, line: 1, offset: 0 } }] });
    }
  });

  it('never throws at any cut or when fields have the wrong type', () => {
    for (let cut = 0; cut < text.length; cut += 23) assertSound(read(text.slice(0, cut)));
    fc.assert(fc.property(mutated(JSON.parse(text)), (document) => assertSound(read(JSON.stringify(document)))), { numRuns: 400 });
    fc.assert(fc.property(fc.json(), (index) => assertSound(readDocument(continueDev, text, { ...place, neighbours: { 'sessions.json': index } }))));
  });

  it('keeps dangerous keys as plain keys and survives nesting', () => {
    const odd = `{"sessionId":"__proto__","history":[{"message":{"role":"__proto__","__proto__":{"polluted":1},"x":${deep}}},{"message":{"role":"user","content":[${deep}]}}]}`;
    assertSound(read(odd));
    assert.match(JSON.stringify(read(odd).records), /"__proto__":\{"polluted":1\}/);
  });
});
