import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cline } from '../../../../server/importers/cline/index.ts';
import type { Reading } from '../../../../server/importers/importer.ts';
import { assertSound, counts, deep, fixture, header, message, messages, mutated, partsOf, prompts, readDocument } from '../importing.ts';

const session = '1772442000000_abcde';
const text = fixture(`cline/${session}.messages.json`);
const manifest = fixture(`cline/${session}.json`);
const place = { path: `/home/ada/.cline/data/sessions/${session}/${session}.messages.json`, format: 'cline-session', neighbours: { [`${session}.json`]: manifest } };
const read = (document = text, about = manifest): Reading => readDocument(cline, document, { ...place, neighbours: { [`${session}.json`]: about } });

describe('Cline: a session of 2026', () => {
  it('says what it is', () => {
    assert.deepEqual(header(read()), {
      title: 'Login test', titleSource: 'ai', cwd: '/home/ada/site', agent: { name: 'Cline' }, fidelity: 'full', format: 'cline-session', origin: place.path,
    });
    assert.deepEqual(counts(read()), { sessions: 1, prompts: 2, replies: 2, toolCalls: 2, usage: [210, 700, 100, 55] });
    assert.deepEqual(read().records.map((record) => [record.kind === 'session' ? '' : record.id, record.time.slice(14, 19)]), [
      ['', '59:59'], ['msg_a_1', '00:00'], ['msg_a_1#context', '00:00'], ['msg_b', '00:05'], ['answer-toolu_1', '00:06'], ['answer-toolu_2', '00:06'],
      ['msg_d', '00:09'], ['msg_e', '00:10'], ['msg_f', '00:20'], ['msg_g', '00:20'],
    ]);
    assert.ok(read().records.every((record) => record.session === session && record.workspace === 'file:///home/ada/site'));
  });

  it('takes a person\'s words out of the tool\'s elements', () => {
    assert.deepEqual(prompts(read()), ['Fix the login test', 'Thank you']);
    assert.deepEqual(partsOf([message(read(), 'msg_a_1#context')], 'text').map(({ content }) => content), ['<mode_notice>You are in act mode.</mode_notice>', 'const now = 1;']);
    assert.equal(message(read(), 'msg_e').synthetic, true);
    assert.deepEqual(partsOf(messages(read()), 'blob').map(({ mimeType, bytes }) => [mimeType, bytes]), [['image/png', 5]]);
    for (const hidden of ['You are Cline', 'aGVsbG8=', 'c2ln']) assert.ok(!JSON.stringify(read().records).includes(hidden), hidden);
  });

  it('says how calls went', () => {
    assert.deepEqual(partsOf(messages(read()), 'tool_call_response'), [
      { type: 'tool_call_response', id: 'toolu_1', response: [{ query: 'npm test', result: '1 failing', success: false }], status: 'failed' },
      { type: 'tool_call_response', id: 'toolu_2', response: 'The user denied this operation.', status: 'denied' },
    ]);
    assert.equal(message(read(), 'msg_b').model, 'anthropic/claude-opus-4.8');
  });

  it('keeps the names of answers when the tool renames them', () => {
    const ids = (document: string): string[] => [...read(document).records].flatMap((record) => (record.kind === 'message' ? [record.id] : []));
    assert.deepEqual(ids(text.replace('msg_c_tool_toolu_1_tool_toolu_1', 'msg_c_tool_toolu_1')), ids(text));
  });

  it('marks what a fork copied, and takes an agent\'s task for nobody\'s prompt', () => {
    const fork = { forkedFromSessionId: 'first', forkedAt: '2026-03-02T09:00:15.000Z' };
    const forked = read(text, JSON.stringify({ ...(JSON.parse(manifest) as object), metadata: { fork } }));
    assert.deepEqual([header(forked).parent, header(forked).relation], ['cline:first', 'fork']);
    assert.deepEqual(counts(forked), { sessions: 1, prompts: 1, replies: 0, toolCalls: 0, usage: [0, 0, 0, 0] });
    const agent = read(text.replace('"lead"', '"subagent"').replace(`"sessionId": "${session}"`, `"sessionId": "${session}__1"`));
    assert.deepEqual([header(agent).parent, header(agent).relation, counts(agent).prompts], [`cline:${session}`, 'subagent', 0]);
  });

  it('does without the file beside it', () => {
    const alone = read(text, 'torn {');
    assert.equal(header(alone).title, 'Fix the login test');
    assert.equal(alone.records[0]?.time, '2026-03-02T09:00:00.000Z');
    assert.equal(alone.records[0]?.workspace, undefined);
  });

  it('never throws at any cut or when fields have the wrong type', () => {
    for (let cut = 0; cut < text.length; cut += 23) assertSound(read(text.slice(0, cut)));
    fc.assert(fc.property(mutated(JSON.parse(text)), mutated(JSON.parse(manifest)), (document, about) => {
      assertSound(read(JSON.stringify(document), JSON.stringify(about)));
    }), { numRuns: 400 });
    const odd = `{"version":1,"sessionId":"__proto__","messages":[{"role":"user","content":[{"type":"x","__proto__":{"polluted":1},"y":${deep}}]}]}`;
    assertSound(read(odd));
    assert.match(JSON.stringify(read(odd).records), /"__proto__":\{"polluted":1\}/);
    assert.equal(read('{"version":1}').problems[0]?.code, 'malformed-document');
  });
});
