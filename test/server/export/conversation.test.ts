import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExports } from '../../../server/export/flow.ts';
import { stepsOf } from '../../../server/export/conversation.ts';
import { byQuestion, functionName, toolsOf, trainingSteps } from '../../../server/export/training.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import type { ChatMessage } from '../../../shared/session.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { linesOf } from './readers.ts';
import { checkSchema } from './schemas.ts';
import { untouched } from './untouched.ts';

const second = (at: number): string => new Date(Date.UTC(2026, 10, 20, 10, 0, at)).toISOString();

function session(messages: readonly (Partial<ChatMessage> & Pick<ChatMessage, 'role'>)[]): SessionDocument {
  const records = messages.map(({ parts = [], ...message }, at) => ({
    specversion: '1.0' as const, id: `m${at}`, source: 'tool', type: 'dev.daybook.chat.message', time: second(at), sessionid: 'tool:1', data: { ...message, parts },
  }));
  return {
    session: {
      id: 'tool:1', kind: 'chat', source: 'tool', title: 'Fix it', workspace: null, startedAt: second(0), endedAt: second(60), turns: 1, prompts: 1, replies: 1, toolExecutions: 1, usage: {},
      agent: { name: 'Tool', version: '1.2' },
    },
    turns: [{ index: 1, startedAt: second(0), endedAt: second(60), records }],
  };
}

const text = (content: string): Pick<ChatMessage, 'parts'> => ({ parts: [{ type: 'text', content }] });
const call = (id: string, input: unknown = { path: 'a' }): Pick<ChatMessage, 'parts'> => ({ parts: [{ type: 'tool_call', id, name: 'read.file', arguments: input }] });
const answer = (id: string, response: unknown = 'content'): Pick<ChatMessage, 'parts' | 'role'> => ({ role: 'tool', parts: [{ type: 'tool_call_response', id, response, status: 'succeeded' }] });

/** A person asks, the model calls two tools in one response, one of them answered late, and says something; then what models must not learn. */
const whole = session([
  { role: 'user', ...text('Earlier question'), copied: true },
  { role: 'assistant', ...text('Earlier answer'), copied: true, usage: { outputTokens: 100 } },
  { role: 'user', synthetic: true, ...text('Reminder') },
  { role: 'user', ...text('Why?') },
  { role: 'assistant', responseId: 'r', parts: [{ type: 'reasoning', content: 'Hm.' }, { type: 'text', content: 'Let me look.' }], model: 'claude-x', usage: { inputTokens: 1, cacheReadTokens: 10, outputTokens: 2 } },
  { role: 'assistant', responseId: 'r', ...call('a'), usage: { inputTokens: 1, cacheReadTokens: 10, cacheWriteTokens: 4, outputTokens: 5 } },
  answer('a', { lines: ['x'] }),
  { role: 'assistant', responseId: 'r', ...call('b', 'plain') },
  answer('b'),
  { role: 'assistant', ...call('never') },
  answer('of nobody'),
  { role: 'assistant', responseId: 's', ...text('Because.'), finishReason: 'stop' },
  { role: 'user', superseded: true, ...text('Never mind') },
  { role: 'assistant', superseded: true, ...text('Fine.') },
  { role: 'user', ...text('And then?') },
]);

describe('a session as steps', () => {
  const folder = folderForEachTest();

  async function written(format: string, document: SessionDocument = whole, options: Readonly<Record<string, string>> = {}): Promise<string> {
    const exports = createExports({ records: () => [], outline: () => [], sessions: () => [document] }, untouched);
    const output = join(folder.path, `${format}${Object.values(options).join('')}.out`);
    await exports.run({ format, output, options, layout: 'file' });
    return output;
  }

  it('makes one of all lines of a response, with its calls and what they gave back', () => {
    const steps = stepsOf(whole);
    assert.deepEqual(steps.map(({ role, text: said, copied, superseded }) => [role, said, copied, superseded]), [
      ['user', 'Earlier question', true, false], ['assistant', 'Earlier answer', true, false], ['context', 'Reminder', false, false], ['user', 'Why?', false, false],
      ['assistant', 'Let me look.', false, false], ['assistant', '', false, false], ['assistant', 'Because.', false, false],
      ['user', 'Never mind', false, true], ['assistant', 'Fine.', false, true], ['user', 'And then?', false, false],
    ]);
    const response = steps[4];
    assert.ok(response?.role === 'assistant');
    assert.deepEqual(response.calls.map(({ id, answer: given }) => [id, given?.response]), [['a', { lines: ['x'] }], ['b', 'content']]);
    assert.deepEqual([response.reasoning, response.model, response.usage], ['Hm.', 'claude-x', { inputTokens: 1, cacheReadTokens: 10, cacheWriteTokens: 4, outputTokens: 5 }]);
  });

  it('is learned from without what was taken back, was never answered, or was put in', () => {
    const steps = trainingSteps(whole, { context: false });
    assert.deepEqual(steps.map(({ text: said }) => said), ['Earlier question', 'Earlier answer', 'Why?', 'Let me look.', 'Because.']);
    assert.equal(trainingSteps(whole, { context: true }).some(({ role }) => role === 'context'), true);
    assert.deepEqual(byQuestion(steps).map((group) => group.length), [2, 3]);
    assert.deepEqual(trainingSteps(session([{ role: 'user', ...text('a'), copied: true }, { role: 'assistant', ...text('b'), copied: true }]), { context: false }), [], 'nothing of its own');
    assert.deepEqual(trainingSteps(session([{ role: 'assistant', ...text('b') }, { role: 'user', ...text('a') }]), { context: false }), [], 'nothing was answered');
  });

  it('knows its tools by their calls, under names that models take', () => {
    assert.deepEqual(toolsOf(trainingSteps(whole, { context: false })), [{
      type: 'function', function: { name: functionName('read.file'), parameters: { type: 'object', properties: { path: { type: 'string' }, input: { type: 'string' } } } },
    }]);
    assert.equal(functionName('read_file'), 'read_file');
    assert.notEqual(functionName('read.file'), functionName('read/file'));
    for (const name of ['', 'a b', 'ß', 'x'.repeat(100)]) assert.match(functionName(name), /^[a-zA-Z0-9_-]{1,64}$/);
  });

  it('teaches OpenAI models, with weight 0 for what another session said', async () => {
    assert.deepEqual(linesOf(await written('openai')), [{
      messages: [
        { role: 'user', content: 'Earlier question' }, { role: 'assistant', content: 'Earlier answer', weight: 0 }, { role: 'user', content: 'Why?' },
        {
          role: 'assistant', content: 'Let me look.', tool_calls: [
            { id: 'a', type: 'function', function: { name: functionName('read.file'), arguments: '{"path":"a"}' } },
            { id: 'b', type: 'function', function: { name: functionName('read.file'), arguments: '{"input":"plain"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'a', content: '{"lines":["x"]}' }, { role: 'tool', tool_call_id: 'b', content: 'content' },
        { role: 'assistant', content: 'Because.' },
      ],
      tools: toolsOf(trainingSteps(whole, { context: false })),
    }]);
    const [withContext] = linesOf(await written('openai', whole, { context: 'yes' })) as { messages: { role: string }[] }[];
    assert.deepEqual(withContext?.messages.filter(({ role }) => role === 'developer'), [{ role: 'developer', content: 'Reminder' }]);
  });

  it('becomes ShareGPT and Alpaca, as far as they go', async () => {
    const [shared] = linesOf(await written('sharegpt')) as { conversations: { from: string; value: string }[] }[];
    assert.deepEqual(shared?.conversations.map(({ from }) => from), ['human', 'gpt', 'human', 'function_call', 'observation', 'gpt']);
    assert.equal(shared?.conversations[4]?.value, '["{\\"lines\\":[\\"x\\"]}","content"]');
    assert.deepEqual(linesOf(await written('alpaca')), [{ instruction: 'Why?', input: '', output: 'Let me look.\n\nBecause.', history: [['Earlier question', 'Earlier answer']] }]);
  });

  it('becomes prompts and completions, none of them of what another session said', async () => {
    const all = linesOf(await written('huggingface', whole, { type: 'prompt-completion' })) as { prompt: { content: string }[]; completion: { role: string; thinking?: string }[] }[];
    for (const each of all) checkSchema('promptCompletion', each);
    assert.deepEqual(all.map(({ prompt }) => prompt.map(({ content }) => content)), [['Earlier question', 'Earlier answer', 'Why?']]);
    assert.deepEqual(all[0]?.completion.map(({ role }) => role), ['assistant', 'tool', 'tool', 'assistant']);
    assert.equal(all[0]?.completion[0]?.thinking, 'Hm.');
    const [bare] = linesOf(await written('huggingface', whole, { type: 'prompt-completion', history: '0' })) as typeof all;
    assert.deepEqual(bare?.prompt.map(({ content }) => content), ['Why?']);
  });

  it('becomes a trajectory: context as system steps, copies marked, tokens counted once and as ATIF counts them', async () => {
    const trajectory = JSON.parse(readFileSync(await written('atif'), 'utf8')) as { steps: Record<string, unknown>[]; final_metrics: unknown; agent: unknown };
    checkSchema('atif', trajectory);
    assert.deepEqual(trajectory.steps.map(({ source, is_copied_context: copied }) => [source, copied]), [
      ['user', true], ['agent', true], ['system', undefined], ['user', undefined], ['agent', undefined], ['agent', undefined], ['agent', undefined], ['user', undefined],
    ]);
    assert.deepEqual(trajectory.steps[4]?.['metrics'], { prompt_tokens: 15, completion_tokens: 5, cached_tokens: 10, extra: { cache_creation_input_tokens: 4 } });
    assert.deepEqual(trajectory.final_metrics, { total_prompt_tokens: 15, total_completion_tokens: 5, total_cached_tokens: 10, total_steps: 8 });
    assert.deepEqual(trajectory.agent, { name: 'Tool', version: '1.2', model_name: 'claude-x' });
  });

  it('becomes spans: one trace a question, nothing that was paid for elsewhere, what was taken back marked', async () => {
    const [traces] = linesOf(await written('otlp')) as { resourceSpans: { scopeSpans: { spans: { name: string; traceId: string; attributes: { key: string; value: Record<string, unknown> }[] }[] }[] }[] }[];
    const spans = traces?.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    assert.deepEqual(spans.map(({ name }) => name), [
      'invoke_agent Tool', 'chat claude-x', 'execute_tool read.file', 'execute_tool read.file', 'chat', 'chat', 'execute_tool read.file', 'invoke_agent Tool', 'chat',
    ]);
    assert.equal(new Set(spans.map(({ traceId }) => traceId)).size, 2);
    const of = (at: number): Record<string, unknown> => Object.fromEntries(spans[at]?.attributes.map(({ key, value }) => [key, Object.values(value)[0]]) ?? []);
    assert.deepEqual(
      ['gen_ai.provider.name', 'gen_ai.usage.input_tokens', 'gen_ai.usage.cache_creation.input_tokens', 'gen_ai.conversation.id'].map((key) => of(1)[key]),
      ['anthropic', '15', '4', 'tool:1'],
    );
    assert.deepEqual([of(0)['daybook.superseded'], of(7)['daybook.superseded']], [undefined, true]);
  });
});
