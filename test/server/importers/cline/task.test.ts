import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cline } from '../../../../server/importers/cline/index.ts';
import type { Reading } from '../../../../server/importers/importer.ts';
import { callsIn, statusOf } from '../../../../server/importers/formats/taskCalls.ts';
import { assertSound, counts, deep, fixture, header, messages, mutated, partsOf, prompts, readDocument, type Place } from '../importing.ts';
import { processorMs } from '../../../support/processorMs.ts';

const text = fixture('cline/task.json');
const shown = fixture('cline/ui_messages.json');
const folder = '/home/ada/.config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks/1772442000000';
const place = { path: `${folder}/api_conversation_history.json`, format: 'cline-task', neighbours: { 'ui_messages.json': shown } };
const read = (document = text, at: Place = place): Reading => readDocument(cline, document, at);

describe('Cline: a task folder', () => {
  it('says what it is', () => {
    assert.deepEqual(header(read()), {
      title: 'Fix the login test', titleSource: 'first-prompt', cwd: '/home/ada/site', agent: { name: 'Cline' }, fidelity: 'full',
      format: 'cline-task', origin: place.path,
    });
    assert.deepEqual(counts(read()), { sessions: 1, prompts: 2, replies: 3, toolCalls: 2, usage: [22, 240, 100, 78] });
    assert.deepEqual(prompts(read()), ['Fix the login test', 'Use UTC']);
    assert.deepEqual([...new Set(read().records.map(({ time }) => time.slice(17)))], ['00.000Z', '01.000Z', '10.000Z', '20.000Z']);
    assert.ok(read().records.every(({ session, workspace }) => session === '1772442000000' && workspace === 'file:///home/ada/site'));
  });

  it('gives each reply the tokens of its request, in order where replies have no times', () => {
    const output = messages(read()).filter(({ role }) => role === 'assistant').map(({ usage }) => usage?.outputTokens);
    assert.deepEqual(output, [50, 20, 8]);
  });

  it('never goes back in time', () => {
    const document = [1772442009000, 1772442003000].map((ts) => ({ role: 'user', content: 'Hi', ts }));
    assert.deepEqual(read(JSON.stringify(document)).records.map(({ time }) => time.slice(17, 19)), ['00', '09', '09']);
  });

  it('gives the same session and messages wherever it lies', () => {
    const elsewhere = read(text, { ...place, path: '/home/ada/.cline/data/tasks/1772442000000/api_conversation_history.json' });
    assert.deepEqual(elsewhere.records.slice(1), read().records.slice(1));
  });

  it('finds calls in words, and their answers', () => {
    assert.deepEqual(partsOf(messages(read()), 'reasoning'), [{ type: 'reasoning', content: 'Which test?' }]);
    const calls = partsOf(messages(read()), 'tool_call');
    assert.deepEqual(calls.map(({ name, arguments: given }) => [name, given]), [
      ['execute_command', { command: 'npm test', requires_approval: 'false' }],
      ['write_to_file', { path: 'src/login.ts', content: 'const doc = \'</write_to_file>\';' }],
    ]);
    const answers = partsOf(messages(read()), 'tool_call_response');
    assert.deepEqual(answers.map(({ id }) => id), calls.map(({ id }) => id));
    assert.deepEqual(answers.map(({ status }) => status), ['succeeded', 'denied']);
    assert.equal(answers[0]?.response, 'Command executed.\nOutput:\n1 failing');
  });

  it('keeps what the tool put around the words as the tool\'s', () => {
    const around = messages(read()).filter(({ role, synthetic }) => role === 'user' && synthetic);
    assert.equal(around.length, 3);
    assert.ok(partsOf(around, 'text').every(({ content }) => content.startsWith('<environment_details>')));
  });

  it('does not look for a person\'s words in files that came with them', () => {
    const content = '<task>\nRead @a.html\n</task>\n\n<file_content path="a.html">\n<feedback>not theirs</feedback>\n</file_content>';
    const reading = read(JSON.stringify([{ role: 'user', content }]));
    assert.deepEqual(prompts(reading), ['Read @a.html']);
    assert.equal(messages(reading).length, 2);
  });

  it('takes tokens and model from the reply where it has them', () => {
    const metrics = { tokens: { prompt: 10, completion: 5, cached: 30 }, cost: 0.1 };
    const document = [
      { role: 'user', content: 'Hi', ts: 1772442000000 },
      { role: 'assistant', content: 'Hello', ts: 1772442005000, modelInfo: { modelId: 'm' }, metrics },
    ];
    const reading = read(JSON.stringify(document));
    assert.deepEqual(messages(reading), [
      { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
      {
        role: 'assistant', parts: [{ type: 'text', content: 'Hello' }], responseId: '1772442005000-assistant', model: 'm',
        usage: { inputTokens: 10, cacheReadTokens: 30, outputTokens: 5 },
      },
    ]);
  });

  it('takes the workspace from the tool\'s list of tasks first', () => {
    const list = JSON.stringify([{ id: '1' }, { id: '1772442000000', cwdOnTaskInitialization: '/home/ada/other' }]);
    const reading = read(text, { ...place, neighbours: { ...place.neighbours, '../../state/taskHistory.json': list } });
    assert.equal(header(reading).cwd, '/home/ada/other');
  });

  it('never throws at any cut or when fields have the wrong type', () => {
    for (let cut = 0; cut < text.length; cut += 23) assertSound(read(text.slice(0, cut)));
    fc.assert(fc.property(mutated(JSON.parse(text)), mutated(JSON.parse(shown)), (document, ui) => {
      assertSound(read(JSON.stringify(document), { ...place, neighbours: { 'ui_messages.json': JSON.stringify(ui) } }));
    }), { numRuns: 300 });
    assertSound(read(`[{"role":"user","content":[{"type":"x","y":${deep}}]},{"role":"__proto__","__proto__":{"polluted":1}}]`));
  });
});

describe('Cline: calls in words', () => {
  it('leaves what is no call in the words', () => {
    for (const words of ['a <read_file> b', '<div>\n</div>', '<read_file>\n<path>a', '`<read_file></read_file>`']) {
      assert.deepEqual(callsIn(words, 'x'), [{ type: 'text', content: words }], words);
    }
  });

  it('tells how an answer went', () => {
    const cases = { 'The user denied this operation.': 'denied', 'The tool execution failed with the following error:': 'failed', '<error>x</error>': 'failed', 'Errors: 0': 'succeeded' };
    for (const [words, status] of Object.entries(cases)) assert.equal(statusOf(words), status, words);
  });

  it('takes linear time on long runs', () => {
    const before = processorMs();
    for (const piece of ['<task>', '<read_file>\n', '\n<write_to_file>', '<path>', '[read_file ', ' ', '<user_input>', '</feedback>', '<environment_details>']) {
      const long = piece.repeat(300_000 / piece.length);
      for (const role of ['user', 'assistant']) read(JSON.stringify([{ role, content: long }, { role, content: `<read_file>${long}</read_file>` }]));
      readDocument(cline, JSON.stringify({ messages: [{ role: 'user', content: long }] }), { ...place, format: 'cline-session' });
    }
    assert.ok(processorMs() - before < 4_000);
  });
});
