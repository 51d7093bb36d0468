import assert from 'node:assert/strict';

import { count, files, header, message, messages, partsOf, readPath, sessionIds, type Read } from './reading.ts';

const main = '019cadc6-9a80-7a01-8b01-0000000000a1';

function answers(read: Read): unknown[] {
  return messages(read).flatMap((record) => partsOf(record.data, 'tool_call_response')).map((part) => {
    return [part.id, part.status, part.exitCode, part.durationMs];
  });
}

describe('Codex: a rollout', () => {
  let read: Read;
  before(() => {
    read = readPath(files.main);
  });

  it('has the prompts, replies, tool calls and tokens that were counted by hand', () => {
    assert.deepEqual(sessionIds(read), [main]);
    assert.deepEqual(count(read, main), { prompts: 3, replies: 5, toolCalls: 4, usage: [2600, 10900, 0, 320] });
    assert.deepEqual(read.problems, []);
  });

  it('says what the session is', () => {
    assert.deepEqual(header(read, main), {
      time: '2026-03-02T09:00:00.000Z',
      title: 'Login test',
      titleSource: 'user',
      cwd: '/home/ada/site',
      git: { branch: 'main', commit: '1f0c2d', remote: 'https://example.org/site.git' },
      agent: { name: 'Codex', version: '0.118.0' },
      fidelity: 'full',
      format: 'codex-rollout',
      origin: files.main,
    });
    assert.ok(read.records.every((record) => record.workspace === 'file:///home/ada/site'));
  });

  it('takes each prompt once, and keeps what the tool put before it apart', () => {
    const said = messages(read).filter((record) => record.data.role === 'user').map(({ actor, data }) => {
      return [actor ?? '', partsOf(data, 'text').map((part) => part.content.slice(0, 20))];
    });
    assert.deepEqual(said, [
      ['', ['# AGENTS.md instruct', '<environment_context']],
      ['user', ['Fix the flaky login ']],
      ['user', ['Like in this picture']],
      ['', ['# Context from my ID']],
      ['', ['<turn_aborted>\nThe u']],
      ['user', ['<lamp_plan>\nmine\n</l']],
    ]);
    assert.ok(messages(read).every((record) => record.data.role !== 'user' || (record.actor === 'user') === !record.data.synthetic));
  });

  it('puts what a response cost on its last message, once', () => {
    const paid = messages(read).filter((record) => record.data.usage).map(({ data }) => [data.parts[0]?.type, data.model, data.usage?.outputTokens]);
    assert.deepEqual(paid, [
      ['tool_call', 'gpt-5.4', 50], ['tool_call', 'gpt-5.4', 30], ['text', 'gpt-5.4', 20], ['text', 'gpt-5.5', 10],
      // The compaction before it, which left no message, cost 200 of these.
      ['text', 'gpt-5.5', 210],
    ]);
    assert.deepEqual(messages(read).find((record) => record.data.usage)?.data.usage, {
      inputTokens: 600, cacheReadTokens: 400, outputTokens: 50, reasoningTokens: 20,
    });
  });

  it('groups reasoning, text and calls of one response', () => {
    const replies = messages(read).filter((record) => record.data.role === 'assistant');
    const groups = Map.groupBy(replies, (record) => record.data.responseId);
    assert.deepEqual([...groups.values()].map((group) => group.map((record) => record.data.parts[0]?.type)), [
      ['reasoning', 'text', 'tool_call', 'tool_call'], ['tool_call', 'tool_call'], ['text'], ['text'], ['text'],
    ]);
  });

  it('knows how each call ended', () => {
    assert.deepEqual(answers(read), [
      ['call_1', 'failed', 3, 1500], ['call_2', 'denied', undefined, undefined], ['call_3', 'succeeded', 0, 250],
      ['nested_1', 'succeeded', undefined, 4],
    ]);
  });

  it('keeps a patch, what it changed, and a call that only its end tells of', () => {
    const calls = messages(read).flatMap((record) => partsOf(record.data, 'tool_call'));
    assert.deepEqual(calls[2]?.arguments, '*** Begin Patch\n*** Update File: a.txt\n+lamp\n*** End Patch');
    assert.deepEqual(calls[3], { type: 'tool_call', id: 'nested_1', name: 'docs.find', arguments: { q: 'lamp' } });
    const edits = messages(read).flatMap((record) => partsOf(record.data, 'edit'));
    assert.deepEqual(edits, [{ type: 'edit', uri: 'file:///home/ada/site/a.txt' }]);
  });

  it('marks the turn that was taken back, and no other', () => {
    const taken = messages(read).filter((record) => record.data.superseded).map((record) => record.data.parts[0]?.type);
    assert.deepEqual(taken, ['text', 'text', 'text', 'text', 'notice']);
    assert.equal(read.records.filter((record) => record.kind === 'message' && record.data.superseded).length, 5);
  });

  it('keeps what it does not know, and what the person was told', () => {
    const unknown = read.records.filter((record) => record.kind === 'unknown');
    assert.deepEqual(unknown.map(({ time, data }) => ({ time, data })), [
      { time: '2026-03-02T09:02:04.000Z', data: { nativeType: 'response_item/hologram', raw: { type: 'hologram', angle: 42 } } },
      { time: '2026-03-02T09:02:04.000Z', data: { nativeType: 'sparkle', raw: { level: 3 } } },
    ]);
    const notices = messages(read).filter((record) => record.data.role === 'system').map(({ data }) => [data.parts, data.outcome]);
    assert.deepEqual(notices, [
      [[{ type: 'notice', content: 'Turn aborted: interrupted' }], 'cancelled'],
      [[{ type: 'notice', content: 'Conversation compacted' }, { type: 'text', content: 'The lamp was fixed.' }], undefined],
      [[{ type: 'notice', content: 'Stream disconnected.' }], 'failed'],
    ]);
  });

  it('keeps no hidden prompt, no encrypted text and no picture', () => {
    const text = JSON.stringify(read.records);
    for (const hidden of ['secretive lamp', 'permissions instructions', 'never-kept', 'AAECAwQFBgcI']) assert.ok(!text.includes(hidden), hidden);
    const [blob] = messages(read).flatMap((record) => partsOf(record.data, 'blob'));
    assert.deepEqual(blob, {
      type: 'blob', mimeType: 'image/png', bytes: 16, sha256: 'be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991',
    });
  });
});

describe('Codex: sessions that belong together', () => {
  it('counts the beginning of a fork where it came from', () => {
    const id = '019cadcb-2e60-7a01-8b01-0000000000f0';
    const read = readPath(files.fork);
    assert.deepEqual(sessionIds(read), [id]);
    assert.deepEqual(count(read, id), { prompts: 1, replies: 1, toolCalls: 0, usage: [10, 90, 0, 7] });
    const copied = messages(read).map((record) => record.data.copied ?? false);
    assert.deepEqual([copied.length, copied.indexOf(false)], [15, 13]);
    const { parent, relation, title } = header(read, id) ?? {};
    assert.deepEqual([parent, relation, title], [`codex:${main}`, 'fork', 'And now the other one']);
  });

  it('does not take a subagent\'s own turns for copies, nor its task for a prompt', () => {
    const id = '019cadcc-b500-7a01-8b01-0000000000a9';
    const read = readPath(files.subagent);
    assert.deepEqual(sessionIds(read), [id]);
    assert.deepEqual(count(read, id), { prompts: 0, replies: 2, toolCalls: 1, usage: [270, 180, 0, 14] });
    const { parent, relation, title } = header(read, id) ?? {};
    assert.deepEqual([parent, relation, title], [`codex:${main}`, 'subagent', 'Count the lamps']);
    assert.deepEqual(answers(read), [['call_9', 'succeeded', 0, 100]]);
  });
});

describe('Codex: other eras', () => {
  it('reads the paginated era, where prompts are items', () => {
    const id = '019cadce-3ba0-7a01-8b01-0000000000b0';
    const read = readPath(files.paginated);
    assert.deepEqual(count(read, id), { prompts: 1, replies: 2, toolCalls: 2, usage: [150, 300, 50, 8] });
    assert.deepEqual(messages(read).map((record) => record.id).filter((name) => !name.startsWith('line-')), [
      'msg_p0', 'msg_p1', 'ctc_p2', 'ctco_p3', 'msg_p4', 'plan_p5',
    ]);
    assert.deepEqual(answers(read), [['nested-2', 'succeeded', 0, 2], ['exec-1', 'succeeded', undefined, undefined]]);
    assert.equal(message(read, 'ctco_p3').data.parts[1]?.type, 'blob');
  });

  it('reads the flat era, whose lines have no times', () => {
    const id = 'c3c4b301-27c8-4c70-b6e4-46b99fdf0236';
    const read = readPath(files.flat);
    assert.deepEqual(sessionIds(read), [id]);
    assert.deepEqual(count(read, id), { prompts: 1, replies: 3, toolCalls: 2, usage: [0, 0, 0, 0] });
    assert.deepEqual(answers(read), [['call_1', 'succeeded', 0, 600], ['call_2', 'failed', 1, 0]]);
    assert.ok(read.records.every((record) => record.time === '2025-08-18T01:16:13.522Z'));
    const { cwd, fidelity, format, title } = header(read, id) ?? {};
    assert.deepEqual([cwd, fidelity, format, title], ['C:\\Users\\ada\\site', 'partial', 'codex-flat', 'Count the lamps']);
    assert.equal(read.records.at(-1)?.workspace, 'file:///C:/Users/ada/site');
  });
});
