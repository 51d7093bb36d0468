import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Reading } from '../../../../server/importers/importer.ts';
import { rooCode } from '../../../../server/importers/roo-code/index.ts';
import { assertSound, counts, fixture, header, messages, mutated, partsOf, prompts, readDocument } from '../importing.ts';

const text = fixture('roo-code/task.json');
const task = '5b0c9a6e-0000-4000-8000-0123456789ab';
const path = `/home/ada/.config/Code/User/globalStorage/rooveterinaryinc.roo-cline/tasks/${task}/api_conversation_history.json`;
const neighbours = { 'history_item.json': fixture('roo-code/history_item.json'), 'ui_messages.json': fixture('roo-code/ui_messages.json') };
const place = { path, format: 'roo-code-task', neighbours };
const read = (document = text): Reading => readDocument(rooCode, document, place);

describe('Roo Code: a task', () => {
  it('says what it is', () => {
    assert.deepEqual(header(read()), {
      title: 'Fix the login test', titleSource: 'first-prompt', cwd: '/home/ada/site', agent: { name: 'Roo Code' },
      parent: 'roo-code:parent-1', relation: 'subagent', fidelity: 'full', format: 'roo-code-task', origin: path,
    });
    // 1000 sent, of which 700 cached; 700 of which 600; the last counts what is cached beside what is sent.
    assert.deepEqual(counts(read()), { sessions: 1, prompts: 2, replies: 2, toolCalls: 2, usage: [403, 2100, 100, 60] });
    assert.deepEqual(prompts(read()), ['Fix the login test', 'Thank you']);
    assert.deepEqual(read().records.map(({ time }) => time.slice(17, 19)), ['00', '00', '00', '02', '03', '04', '04', '08', '30', '30', '31', '32']);
    assert.ok(read().records.every(({ session, workspace }) => session === task && workspace === 'file:///home/ada/site'));
  });

  it('groups thoughts with their reply, and says how a command went', () => {
    const replies = messages(read()).filter(({ role }) => role === 'assistant');
    assert.deepEqual(replies.map(({ responseId }) => responseId), ['1772442002000-reasoning', '1772442002000-reasoning', '1772442008000-assistant']);
    assert.deepEqual(replies[0]?.parts, [{ type: 'reasoning', content: 'Which test?' }]);
    assert.equal(replies[1]?.model, 'claude-sonnet-4');
    const [answer] = partsOf(messages(read()), 'tool_call_response');
    assert.deepEqual([answer?.id, answer?.status, answer?.exitCode], ['toolu_1', 'failed', 1]);
    assert.ok(!JSON.stringify(read().records).includes('gAAAAA'));
  });

  it('keeps summaries as the tool\'s and what it does not know as it is', () => {
    const summary = messages(read()).find(({ parts }) => parts.some((part) => part.type === 'text' && part.content === '## Conversation summary'));
    assert.equal(summary?.synthetic, true);
    assert.deepEqual(read().records.flatMap((record) => (record.kind === 'unknown' ? [record.data.nativeType] : [])), ['oracle']);
  });

  it('reads the release that wrote the messages of the AI SDK', () => {
    const written = [
      { role: 'user', content: '<user_message>Hi</user_message>', ts: 1772442000000 },
      { role: 'assistant', content: [{ type: 'reasoning', text: 'Hm' }, { type: 'tool-call', toolCallId: 'c', toolName: 'read_file', input: { path: 'a' } }], ts: 1772442001000 },
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c', toolName: 'read_file', output: { type: 'text', value: '[ERROR] none' } }], ts: 1772442002000 },
    ];
    const reading = read(JSON.stringify({ version: 2, messages: written }));
    assert.deepEqual(messages(reading).map(({ role }) => role), ['user', 'assistant', 'tool']);
    assert.deepEqual(partsOf(messages(reading), 'tool_call'), [{ type: 'tool_call', id: 'c', name: 'read_file', arguments: { path: 'a' } }]);
    assert.deepEqual(partsOf(messages(reading), 'tool_call_response'), [{ type: 'tool_call_response', id: 'c', response: '[ERROR] none', status: 'failed' }]);
  });

  it('never throws at any cut or when fields have the wrong type', () => {
    for (let cut = 0; cut < text.length; cut += 23) assertSound(read(text.slice(0, cut)));
    fc.assert(fc.property(mutated(JSON.parse(text)), mutated(JSON.parse(neighbours['ui_messages.json'])), (document, shown) => {
      assertSound(readDocument(rooCode, JSON.stringify(document), { ...place, neighbours: { ...neighbours, 'ui_messages.json': JSON.stringify(shown) } }));
    }), { numRuns: 300 });
  });
});
