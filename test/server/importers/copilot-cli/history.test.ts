import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Reading } from '../../../../server/importers/importer.ts';
import { copilotCli } from '../../../../server/importers/copilot-cli/index.ts';
import { assertSound, counts, fixture, header, messages, mutated, partsOf, prompts, readDocument } from '../importing.ts';

const name = 'session_3b1c2d4e-0000-4000-8000-00000000c0de_1759957816398.json';
const text = fixture(`copilot-cli/history-session-state/${name}`);
const place = { path: `/home/ada/.copilot/history-session-state/${name}`, format: 'copilot-cli-history' };
const read = (document = text): Reading => readDocument(copilotCli, document, place);
const format = (head: string, path = '/tmp/x.json'): string | undefined => copilotCli.recognise({ path, head })?.format;

describe('Copilot CLI: a session of the first releases', () => {
  it('is known by its fields, also where its beginning is all of the timeline', () => {
    assert.equal(format(text), 'copilot-cli-history');
    assert.equal(format('{"sessionId":"s","startTime":"2025-10-08T21:10:16.398Z","timeline":[{"id', place.path), 'copilot-cli-history');
    for (const other of ['', '{}', '[]', '{"sessionId":"s"}', '{"chatMessages":[]}', '{"sessionId":"s","timeline":[]}', '{"sessionId":"s","requests":[]}']) assert.equal(format(other), undefined, other);
  });

  it('says what it is', () => {
    assert.deepEqual(header(read()), {
      title: 'Why does the receipt test fail?', titleSource: 'first-prompt', agent: { name: 'Copilot CLI' }, fidelity: 'partial',
      fidelityReason: 'The first releases of Copilot CLI wrote neither the times of messages nor tokens.', format: 'copilot-cli-history', origin: place.path,
    });
    assert.deepEqual(counts(read()), { sessions: 1, prompts: 2, replies: 4, toolCalls: 3, usage: [0, 0, 0, 0] });
    assert.deepEqual(prompts(read()), ['Why does the receipt test fail?\nIt passed yesterday.', 'It looks like this']);
    assert.ok(!JSON.stringify(read()).includes('You are the GitHub Copilot CLI'), 'the hidden prompt');
    assert.equal(read().records.find(({ kind }) => kind === 'session')?.session, '3b1c2d4e-0000-4000-8000-00000000c0de');
  });

  it('has calls with what they gave, how commands went, and when they were made', () => {
    const all = messages(read());
    assert.deepEqual(partsOf(all, 'tool_call').map(({ id, name: tool, arguments: given }) => [id, tool, given]), [
      ['call_one', 'bash', { command: 'npm test', description: 'Run the tests' }],
      ['call_two', 'str_replace_editor', { command: 'view', path: '/home/ada/shop/receipt.js' }],
      ['message-7#0', 'bash', 'not json'],
    ]);
    assert.deepEqual(partsOf(all, 'tool_call_response').map(({ id, status, exitCode }) => [id, status, exitCode]), [['call_one', 'failed', 1], ['call_two', 'unknown', undefined]]);
    assert.deepEqual(partsOf(all, 'reasoning').map(({ content }) => content), ['They want it rounded.']);
    assert.deepEqual(partsOf(all, 'blob').map(({ mimeType }) => mimeType), ['image/png']);
    assert.deepEqual([...new Set(read().records.map(({ time }) => time))], ['2025-10-08T21:10:16.398Z', '2025-10-08T21:10:31.500Z']);
  });

  it('keeps what it does not know as it is', () => {
    const document = JSON.parse(text) as { chatMessages: unknown[] };
    document.chatMessages.push({ role: 'lamp', content: 'lit' }, 7);
    assert.deepEqual(read(JSON.stringify(document)).records.flatMap((record) => (record.kind === 'unknown' ? [record.data] : [])), [
      { nativeType: 'lamp', raw: { role: 'lamp', content: 'lit' } }, { nativeType: '(no role)', raw: 7 },
    ]);
  });

  it('never throws at any cut or when fields have the wrong type', () => {
    for (let end = 0; end <= text.length; end += 7) assertSound(read(text.slice(0, end)));
    fc.assert(fc.property(mutated(JSON.parse(text)), (document) => assertSound(read(JSON.stringify(document)))), { numRuns: 300 });
  });
});
