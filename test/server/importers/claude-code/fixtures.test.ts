import assert from 'node:assert/strict';
import { join } from 'node:path';

import { count, fixtures, header, message, messages, partsOf, readPath, sessionIds, type Read } from './reading.ts';

const project = join(fixtures, 'projects', '-home-ada-site');
const login = '5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11';

describe('Claude Code: a session file', () => {
  let read: Read;
  before(() => {
    read = readPath(join(project, `${login}.jsonl`));
  });

  it('has the prompts, replies, tool calls and tokens that were counted by hand', () => {
    assert.deepEqual(sessionIds(read), [login]);
    assert.deepEqual(count(read, login), { prompts: 4, replies: 4, toolCalls: 3, usage: [25, 12900, 270, 220] });
    assert.deepEqual(read.problems, []);
  });

  it('says what the session is', () => {
    assert.deepEqual(header(read, login), {
      time: '2026-03-02T09:00:00.000Z',
      title: 'Login test',
      titleSource: 'user',
      cwd: '/home/ada/site',
      git: { branch: 'main' },
      agent: { name: 'Claude Code', version: '2.1.90' },
      fidelity: 'full',
      format: 'claude-code-jsonl',
      origin: join(project, `${login}.jsonl`),
    });
    assert.ok(read.records.every((record) => record.workspace === 'file:///home/ada/site'));
  });

  it('keeps the prompt and what the tool added to it apart', () => {
    assert.deepEqual(message(read, 'u1').data, {
      role: 'user',
      parts: [{ type: 'text', content: 'Fix the flaky login test\nIt fails one time in ten.' }],
    });
    assert.equal(message(read, 'u1').actor, 'user');
    assert.equal(message(read, 'u1#1').data.synthetic, true);
    assert.equal(message(read, 'u1#1').actor, undefined);
  });

  it('joins the lines of one response by its id', () => {
    const response = messages(read).filter((record) => record.data.responseId === 'msg_1:req_1');
    assert.deepEqual(response.map((record) => record.data.parts[0]?.type), ['reasoning', 'text', 'tool_call']);
    assert.deepEqual(response[0]?.data.parts, [{ type: 'reasoning', content: 'Look at the test first.' }]);
    assert.deepEqual(message(read, 'a3').data.usage, {
      inputTokens: 10, cacheReadTokens: 3000, cacheWriteTokens: 200, outputTokens: 90, reasoningTokens: 12,
    });
    assert.equal(message(read, 'a3').actor, 'agent:claude-code');
  });

  it('tells failure, refusal and success of tools apart', () => {
    assert.deepEqual(message(read, 'r1').data, {
      role: 'tool',
      parts: [{ type: 'tool_call_response', id: 'toolu_1', response: 'Exit code 3\n1 failing', status: 'failed', exitCode: 3 }],
    });
    assert.equal(partsOf(message(read, 'r2').data, 'tool_call_response')[0]?.status, 'denied');
    assert.deepEqual(partsOf(message(read, 'r3').data, 'tool_call_response'), [
      { type: 'tool_call_response', id: 'toolu_3', response: 'Two sleeps.\nagentId: a1b2', status: 'succeeded', durationMs: 15000 },
    ]);
  });

  it('measures an image and drops its bytes', () => {
    const sha256 = 'be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991';
    assert.deepEqual(message(read, 'u2').data.parts, [
      { type: 'blob', mimeType: 'image/png', bytes: 16, sha256 },
      { type: 'text', content: 'Like in this picture' },
    ]);
    assert.ok(!JSON.stringify(read.records).includes('AAECAwQFBgcICQoLDA0ODw'));
  });

  it('keeps a prompt that was typed while the agent worked', () => {
    assert.deepEqual(message(read, 'q1').data, { role: 'user', parts: [{ type: 'text', content: 'and keep the old name' }] });
    assert.ok(!messages(read).some((record) => record.id === 'q2'));
  });

  it('counts a command as a prompt only when it asks the model', () => {
    assert.deepEqual(message(read, 'u3').data.parts, [{ type: 'text', content: '/review 12 closely' }]);
    assert.equal(message(read, 'u3').data.synthetic, undefined);
    assert.deepEqual(message(read, 'c1').data, { role: 'user', parts: [{ type: 'text', content: '/compact' }], synthetic: true });
    assert.deepEqual(message(read, 'c3').data.parts, [{ type: 'notice', content: 'Compacted' }]);
  });

  it('marks everything that the tool wrote', () => {
    const synthetic = messages(read).filter((record) => record.data.synthetic).map((record) => record.id);
    assert.deepEqual(synthetic, ['u1#1', 'i1', 'c1', 's2', 'c2', 'c3', 'm1', 's3', 'a7']);
    assert.equal(message(read, 'i1').data.outcome, 'cancelled');
    assert.equal(message(read, 'a7').data.outcome, 'failed');
    assert.deepEqual(message(read, 's2').data.parts, [{ type: 'notice', content: 'Conversation compacted' }]);
    assert.deepEqual(message(read, 's3').data.parts, [{ type: 'notice', content: 'Overloaded' }]);
  });

  it('keeps what it does not know', () => {
    assert.deepEqual(message(read, 'a6').data.parts, [
      { type: 'reasoning', content: '' },
      { type: 'text', content: 'Done: no sleeps are left.' },
      { type: 'unknown', nativeType: 'sparkle', raw: { type: 'sparkle', level: 3 } },
    ]);
    const unknown = read.records.filter((record) => record.kind === 'unknown');
    assert.deepEqual(unknown.map(({ id, time, data }) => ({ id, time, data })), [{
      id: 'h1',
      time: '2026-03-02T09:06:09.000Z',
      data: { nativeType: 'hologram', raw: { type: 'hologram', sessionId: login, uuid: 'h1', angle: 42 } },
    }]);
  });
});

describe('Claude Code: sessions that belong together', () => {
  it('makes a subagent a session of its own, without a person in it', () => {
    const read = readPath(join(project, login, 'subagents', 'agent-a1b2.jsonl'));
    const id = `${login}:agent-a1b2`;
    assert.deepEqual(sessionIds(read), [id]);
    assert.deepEqual(count(read, id), { prompts: 0, replies: 2, toolCalls: 1, usage: [12, 100, 100, 28] });
    const { title, titleSource, parent, relation } = header(read, id) ?? {};
    assert.deepEqual([title, titleSource, parent, relation], ['Find the sleep', 'ai', `claude-code:${login}`, 'subagent']);
    assert.equal(message(read, 'x1').data.synthetic, true);
  });

  it('makes the inline agent of an old release a session too', () => {
    const read = readPath(join(fixtures, 'inline-sidechain.jsonl'));
    const id = '0b9f7d1e-33aa-4d2c-8f60-6c1b2a3d4e33';
    assert.deepEqual(sessionIds(read), [id, `${id}:sidechain`]);
    assert.deepEqual(count(read, id), { prompts: 1, replies: 2, toolCalls: 1, usage: [7, 9, 0, 15] });
    assert.deepEqual(count(read, `${id}:sidechain`), { prompts: 0, replies: 1, toolCalls: 0, usage: [2, 0, 0, 3] });
    assert.equal(header(read, id)?.title, 'Count the lamps');
    assert.equal(header(read, `${id}:sidechain`)?.parent, `claude-code:${id}`);
    assert.equal(read.records[0]?.workspace, 'file:///C:/Users/ada/site');
  });

  it('counts the replayed beginning of a fork where it came from', () => {
    const id = '8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022';
    const read = readPath(join(project, `${id}.jsonl`));
    assert.deepEqual(count(read, id), { prompts: 1, replies: 1, toolCalls: 0, usage: [7, 700, 70, 17] });
    assert.deepEqual(messages(read).map((record) => record.data.copied ?? false), [true, true, false, false]);
    assert.equal(header(read, id)?.parent, `claude-code:${login}`);
    assert.equal(header(read, id)?.relation, 'fork');
  });

  it('counts the lines of another session at the beginning of a resumed one there', () => {
    const id = 'c4d5e6f7-1a2b-4c3d-8e4f-5a6b7c8d9e44';
    const read = readPath(join(project, `${id}.jsonl`));
    assert.deepEqual(sessionIds(read), [id]);
    assert.deepEqual(count(read, id), { prompts: 1, replies: 1, toolCalls: 0, usage: [1, 3, 2, 4] });
    assert.deepEqual(messages(read).map((record) => record.data.copied ?? false), [true, true, false, false]);
    assert.equal(header(read, id)?.relation, 'continuation');
  });
});
