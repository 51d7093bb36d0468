import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cursor } from '../../../../server/importers/cursor/index.ts';
import { readUserText } from '../../../../server/importers/cursor/userText.ts';
import type { Reading } from '../../../../server/importers/importer.ts';
import { assertPrefixes, assertSameInPieces, assertSound, counts, deep, fixture, header, messages, mutated, partsOf, prompts, readLines, unitsOf } from '../importing.ts';

const text = fixture('cursor/transcript.jsonl');
const session = '11111111-2222-4333-8444-555555555555';
const folder = '/home/ada/.cursor/projects/home-ada-my-site/agent-transcripts';
const place = { path: `${folder}/${session}/${session}.jsonl`, format: 'cursor-transcript' };
const read = (lines = text): Reading => readLines(cursor, lines, place);

describe('Cursor: a transcript', () => {
  it('is a session in the workspace that its tool calls tell', () => {
    assert.deepEqual(header(read()), {
      title: 'Why does <module> fail?', titleSource: 'first-prompt', cwd: '/home/ada/my_site', agent: { name: 'Cursor' }, fidelity: 'partial',
      fidelityReason: 'Cursor writes neither what tools answered nor token counts, and times of prompts only.',
      format: 'cursor-transcript', origin: place.path,
    });
    assert.deepEqual([...new Set(read().records.map((record) => record.session))], [session]);
    assert.equal(read().records.at(-1)?.workspace, 'file:///home/ada/my_site');
    assert.deepEqual(counts(read()), { sessions: 1, prompts: 2, replies: 4, toolCalls: 4, usage: [0, 0, 0, 0] });
  });

  it('tells a person\'s words from what the tool put around them', () => {
    assert.deepEqual(prompts(read()), ['Why does <module> fail?', 'And now?']);
    const injected = messages(read()).filter(({ role, synthetic }) => role === 'user' && synthetic);
    assert.deepEqual(partsOf(injected, 'text').map(({ content }) => content.slice(0, 20)), ['[Image]\n<image_files', 'The above subagent r', '<system_reminder>Be ']);
    assert.deepEqual(readUserText('<timestamp>Mar 2</timestamp>add a search'), { said: 'add a search', injected: [] });
    assert.deepEqual(readUserText('<user_info>\nOS\n</user_info>\nHello'), { said: 'Hello', injected: ['<user_info>\nOS\n</user_info>'] });
    const pasted = '<user_query>\nWhat is </user_query> for?\n</user_query>';
    assert.deepEqual(readUserText(pasted), { said: 'What is </user_query> for?', injected: [] });
    assert.deepEqual(readUserText('<b>bold</b>'), { said: '<b>bold</b>', injected: [] });
  });

  it('takes times with their offset and keeps them until the next', () => {
    assert.deepEqual([...new Set(read().records.map(({ time }) => time))], ['2026-03-02T00:35:00.000Z', '2026-03-02T17:15:00.000Z']);
    const time = (stamp: string): string | undefined => readUserText(`<timestamp>${stamp}</timestamp>`).time;
    assert.equal(time('Thursday, Aug 6, 2026, 12:05 AM (UTC-5)'), '2026-08-06T05:05:00.000Z');
    assert.equal(time('Wed Jul 1 2026 3:45 PM'), '2026-07-01T15:45:00.000Z');
    assert.equal(time('noon'), undefined);
  });

  it('keeps calls, thoughts that are hidden, turns that failed, and lines it does not know', () => {
    const calls = partsOf(messages(read()), 'tool_call');
    assert.deepEqual(calls.map(({ name }) => name), ['Read', 'Shell', 'ApplyPatch', 'Grep']);
    assert.equal(new Set(calls.map(({ id }) => id)).size, 4);
    assert.equal(calls[2]?.arguments, '*** Begin Patch\n*** End Patch');
    assert.ok(!JSON.stringify(read().records).includes('[REDACTED]'));
    assert.deepEqual(messages(read()).filter(({ role }) => role === 'system').map(({ parts, outcome }) => [parts, outcome]), [
      [[{ type: 'notice', content: 'User aborted request' }], 'cancelled'],
    ]);
    assert.deepEqual(read().records.flatMap((record) => (record.kind === 'unknown' ? [record.data] : [])), [
      { nativeType: 'hologram', raw: { type: 'hologram', value: 1 } },
    ]);
  });

  it('takes an agent\'s task for nobody\'s prompt', () => {
    const path = `${folder}/${session}/subagents/99999999-2222-4333-8444-555555555555.jsonl`;
    const reading = readLines(cursor, text, { ...place, path });
    assert.equal(counts(reading).prompts, 0);
    assert.equal(header(reading).parent, `cursor:${session}`);
    assert.equal(header(reading).relation, 'subagent');
    assert.equal(header(reading).title, 'Why does <module> fail?');
  });

  it('takes answers where there are some', () => {
    const line = JSON.stringify({ role: 'user', message: { content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'no' }], is_error: true }] } });
    const reading = read(`${line}\n`);
    assert.deepEqual(messages(reading), [{ role: 'tool', parts: [{ type: 'tool_call_response', id: 't', response: 'no', status: 'failed' }] }]);
  });
});

describe('Cursor: reading in pieces and hostile input', () => {
  it('gives the same wherever it stops, and for every beginning of the file', () => {
    assertSameInPieces(cursor, text, place);
    assertPrefixes(cursor, text, place);
  });

  it('says where a line is malformed and goes on', () => {
    const [first = '', ...rest] = text.split('\n');
    const reading = read([first, '{"role":"user","mess', ...rest].join('\n'));
    assert.deepEqual(reading.problems.map(({ code, where }) => [code, where]), [
      ['malformed-line', { file: place.path, line: 2, offset: Buffer.byteLength(first) + 1 }],
    ]);
    assert.match(header(reading).fidelityReason ?? '', /One line of the file could not be read\.$/);
    assert.deepEqual(counts(reading), counts(read()));
  });

  it('stays sound when the last line is torn', () => {
    const bytes = Buffer.from(text);
    for (let cut = 0; cut < bytes.length; cut += 7) assertSound(read(bytes.subarray(0, cut).toString()));
  });

  it('never throws and stays resumable when fields have the wrong type', () => {
    const lines = unitsOf(text).map((unit) => JSON.parse(unit.text) as unknown);
    fc.assert(fc.property(fc.array(fc.constantFrom(...lines).chain(mutated), { maxLength: 8 }), (values) => {
      const changed = values.map((value) => `${JSON.stringify(value)}\n`).join('');
      assertSound(read(changed));
      cursor.recognise({ path: '/x.jsonl', head: changed });
    }), { numRuns: 300 });
    const odd = `{"role":"user","message":{"content":[{"type":"__proto__","__proto__":{"polluted":1},"x":${deep}}]},"__proto__":{"polluted":1}}\n`;
    assertSound(read(odd));
    assert.match(JSON.stringify(read(odd).records), /"__proto__":\{"polluted":1\}/);
  });
});
