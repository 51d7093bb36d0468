import assert from 'node:assert/strict';
import { join } from 'node:path';

import { qwenCode } from '../../../../server/importers/qwen-code/index.ts';
import { count, fixtures, header, message, messageIds, partsOf, readLines, readPath, type Read } from '../geminiReading.ts';

const project = join(fixtures, 'qwen-code', 'projects', '-home-ada-site');
const login = '8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022';
const envelope = { sessionId: 's', cwd: '/home/ada', version: '0.18.1', timestamp: '2026-03-02T09:00:00.000Z', parentUuid: null };

function user(uuid: string, parts: unknown, more: object = {}): object {
  return { ...envelope, type: 'user', uuid, message: { role: 'user', parts }, ...more };
}

function answer(uuid: string, parts: unknown, more: object = {}): object {
  return { ...envelope, type: 'assistant', uuid, model: 'qwen3', message: { role: 'model', parts }, ...more };
}

function system(uuid: string, subtype: string, systemPayload: object, more: object = {}): object {
  return { ...envelope, type: 'system', uuid, subtype, systemPayload, ...more };
}

function result(parts: unknown, toolCallResult: object): object {
  return { ...envelope, type: 'tool_result', uuid: 'r', message: { role: 'user', parts }, toolCallResult };
}

describe('Qwen Code: a session file', () => {
  let read: Read;
  before(() => {
    read = readPath(qwenCode, join(project, 'chats', `${login}.jsonl`));
  });

  it('has the prompts, replies, tool calls and tokens that were counted by hand', () => {
    assert.deepEqual(read.problems, []);
    assert.deepEqual(count(read, login), { prompts: 4, replies: 5, toolCalls: 4, usage: [1900, 750, 68, 9] });
  });

  it('says what the session is', () => {
    assert.deepEqual(header(read, login), {
      title: 'Login test, mended',
      titleSource: 'ai',
      cwd: '/home/ada/site',
      git: { branch: 'main' },
      agent: { name: 'Qwen Code', version: '0.18.1' },
      fidelity: 'full',
      format: 'qwen-code-jsonl',
      origin: join(project, 'chats', `${login}.jsonl`),
    });
    assert.ok(read.records.every((record) => record.workspace === 'file:///home/ada/site'));
  });

  it('keeps what a person wrote and what the tool added apart', () => {
    assert.deepEqual(message(read, 'u1'), { role: 'user', parts: [{ type: 'text', content: 'Fix the flaky login test' }] });
    assert.deepEqual(message(read, 'u2').parts.map((part) => part.type), ['text', 'blob']);
    assert.match(JSON.stringify(message(read, 'u2#1').parts), /await ready/);
    assert.deepEqual(messageIds(read, (data) => data.synthetic === true), ['u1#1', 's7', 'u2#1', 'k1', 'k2', 'n1', 'z1']);
    const actors = read.records.flatMap((record) => (record.kind === 'message' && record.actor === 'user' ? [record.id] : []));
    assert.deepEqual(actors, ['u1', 'm1', 'u2', 'u3']);
  });

  it('counts thoughts once, within the output or beside it as the total tells', () => {
    assert.deepEqual(message(read, 'a1'), {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'Look first.' },
        { type: 'text', content: 'I read it.' },
        { type: 'tool_call', id: 'c1', name: 'read_file', arguments: { file_path: '/home/ada/site/login.ts' } },
      ],
      responseId: 'a1',
      model: 'qwen3-coder',
      usage: { inputTokens: 400, cacheReadTokens: 100, outputTokens: 20, reasoningTokens: 5 },
      durationMs: 1200,
    });
    assert.deepEqual(message(read, 'a2').usage, { inputTokens: 600, cacheReadTokens: 0, outputTokens: 34, reasoningTokens: 4 });
    // The measure before it was of another response.
    assert.equal(message(read, 'a2').durationMs, undefined);
  });

  it('tells success, failure and refusal of tools apart', () => {
    const answers = ['r1', 'r2', 'r3', 'r4'].flatMap((id) => partsOf(message(read, id), 'tool_call_response'));
    assert.deepEqual(answers.map(({ id, status, exitCode, durationMs }) => [id, status, exitCode, durationMs]), [
      ['c1', 'succeeded', undefined, 30], ['c2', 'failed', 1, undefined], ['c3', 'succeeded', undefined, undefined],
      ['c4', 'denied', undefined, undefined],
    ]);
    assert.deepEqual(partsOf(message(read, 'r3'), 'edit'), [
      { type: 'edit', uri: 'file:///home/ada/site/login.ts', edits: '-sleep(1);\n+await ready();' },
    ]);
  });

  it('marks what was taken back', () => {
    assert.deepEqual(messageIds(read, (data) => data.superseded === true), ['u2', 'u2#1', 'a4']);
  });

  it('keeps a failed request, a command and a compression as remarks', () => {
    assert.deepEqual(message(read, 's7'), {
      role: 'system', parts: [{ type: 'notice', content: 'Rate limit.' }], synthetic: true, outcome: 'failed',
    });
    assert.deepEqual(message(read, 'k1').parts, [{ type: 'text', content: '/about' }]);
    assert.deepEqual(message(read, 'k2').parts, [{ type: 'notice', content: 'Version 0.18.1' }]);
    assert.ok(!JSON.stringify(read.records).includes('must stay out'));
  });

  it('keeps what it does not know', () => {
    const unknown = read.records.flatMap((record) => (record.kind === 'unknown' ? [[record.id, record.data.nativeType]] : []));
    assert.deepEqual(unknown, [['h1#unknown', 'system/hologram']]);
    assert.deepEqual(partsOf(message(read, 'a5'), 'unknown'), [{ type: 'unknown', nativeType: 'sparkle', raw: { sparkle: { level: 3 } } }]);
  });
});

describe('Qwen Code: sessions that belong together', () => {
  it('makes an agent a session of its own, without a person in it, and joins the lines of its responses', () => {
    const read = readPath(qwenCode, join(project, 'subagents', login, 'agent-explore-7f3c.jsonl'));
    const id = `${login}:agent-explore-7f3c`;
    assert.deepEqual([...new Set(read.records.map((record) => record.session))], [id]);
    assert.deepEqual(count(read, id), { prompts: 0, replies: 2, toolCalls: 3, usage: [40, 0, 6, 0] });
    assert.deepEqual(['b3', 'b4', 'b5', 'b8'].map((line) => message(read, line).responseId), ['b3', 'b3', 'b3', 'b8']);
    const answers = ['b6', 'b7'].flatMap((line) => partsOf(message(read, line), 'tool_call_response'));
    assert.deepEqual(answers.map(({ status, durationMs }) => [status, durationMs]), [['succeeded', 12], ['failed', 2]]);
    const { title, titleSource, parent, relation } = header(read, id);
    assert.deepEqual([title, titleSource, parent, relation], ['Look for sleeps', 'ai', `qwen-code:${login}`, 'subagent']);
    assert.ok(!JSON.stringify(read.records).includes('must stay out'));
  });

  it('counts the copied beginning of a fork where it came from', () => {
    const id = 'c4d5e6f7-1a2b-4c3d-8e4f-5a6b7c8d9e44';
    const read = readPath(qwenCode, join(project, 'chats', `${id}.jsonl`));
    assert.deepEqual(count(read, id), { prompts: 1, replies: 1, toolCalls: 0, usage: [5, 4, 1, 0] });
    assert.deepEqual(messageIds(read, (data) => data.copied === true), ['u1', 'a1']);
    assert.deepEqual([header(read, id).parent, header(read, id).relation], [`qwen-code:${login}`, 'fork']);
  });

  it('knows the session that started another', () => {
    const read = readLines(qwenCode, [system('p', 'parent_session', { parentSessionId: 'o' }), user('u', [{ text: 'hi' }])]);
    assert.deepEqual([header(read, 's').parent, header(read, 's').relation], ['qwen-code:o', 'subagent']);
  });
});

describe('Qwen Code: lines', () => {
  it('says where a line is that cannot be read, and that the session is not complete', () => {
    const prompt = user('u', [{ text: 'hi' }]);
    const read = readLines(qwenCode, [prompt, null, prompt]);
    assert.deepEqual(read.problems.map(({ code, where }) => [code, where]), [
      ['malformed-line', { file: '/home/ada/x/chats/s.jsonl', line: 2, offset: JSON.stringify(prompt).length + 1 }],
    ]);
    assert.equal(header(read, 's').fidelityReason, 'One line of the file could not be read.');
    assert.deepEqual(messageIds(read), ['u']);
  });

  it('tells two lines with one id apart when they say different things', () => {
    const first = user('u', [{ text: 'one' }]);
    const read = readLines(qwenCode, [first, user('u', [{ text: 'two' }])]);
    assert.deepEqual(messageIds(read), ['u', `u@${JSON.stringify(first).length + 1}`]);
  });

  it('prefers a title that a person gave', () => {
    const titles = [
      system('t1', 'custom_title', { customTitle: 'Mine', titleSource: 'manual' }),
      system('t2', 'custom_title', { customTitle: 'Its', titleSource: 'auto' }),
    ];
    const read = readLines(qwenCode, [user('u', [{ text: 'hi' }]), ...titles]);
    assert.deepEqual([header(read, 's').title, header(read, 's').titleSource], ['Mine', 'user']);
    const old = readLines(qwenCode, [user('u', [{ text: 'hi' }]), system('t', 'custom_title', { customTitle: 'Old' })]);
    assert.equal(header(old, 's').titleSource, 'user');
  });

  it('takes for a person\'s only what a person typed', () => {
    for (const more of [
      { subtype: 'cron' }, { subtype: 'goal_runtime', provenance: 'goal_runtime' }, { provenance: 'system' },
      { externalInputKind: 'message' }, { isSidechain: true, agentId: 'a' },
    ]) assert.equal(message(readLines(qwenCode, [user('u', [{ text: 'hi' }], more)]), 'u').synthetic, true, JSON.stringify(more));
    assert.equal(message(readLines(qwenCode, [user('u', [{ text: 'hi' }], { provenance: 'real_user' })]), 'u').synthetic, undefined);
    const spoken = { subtype: 'realtime_message' };
    assert.equal(message(readLines(qwenCode, [user('u', [{ text: 'hi' }], spoken)]), 'u').synthetic, undefined);
  });

  it('finds an answer that has no response in it', () => {
    const words = message(readLines(qwenCode, [result([{ text: 'It is done.' }], { callId: 'c', status: 'success' })]), 'r');
    assert.deepEqual(words.parts, [{ type: 'tool_call_response', id: 'c', response: 'It is done.', status: 'succeeded' }]);
    const shown = message(readLines(qwenCode, [result([], { callId: 'c', status: 'cancelled', resultDisplay: 'Stopped.' })]), 'r');
    assert.deepEqual(shown.parts, [{ type: 'tool_call_response', id: 'c', response: 'Stopped.', status: 'cancelled' }]);
  });

  it('takes back everything, or nothing when it does not know to where', () => {
    const turn = [user('u', [{ text: 'hi' }]), answer('a', [{ text: 'ho' }], { parentUuid: 'u' })];
    const gone = (read: Read): string[] => messageIds(read, (data) => data.superseded === true);
    assert.deepEqual(gone(readLines(qwenCode, [...turn, system('w', 'rewind', {})])), ['u', 'a']);
    const lost = readLines(qwenCode, [...turn, system('w', 'rewind', {}, { parentUuid: 'x' })]);
    assert.deepEqual(gone(lost), []);
    assert.deepEqual(lost.problems.map(({ code }) => code), ['unknown-message']);
    const rootless = readLines(qwenCode, [...turn, { ...system('w', 'rewind', {}), parentUuid: 7 }]);
    assert.deepEqual(gone(rootless), []);
    const circle = [user('u', [{ text: 'hi' }], { parentUuid: 'a' }), ...turn.slice(1), user('v', [{ text: 'no' }], { parentUuid: 'a' })];
    assert.deepEqual(gone(readLines(qwenCode, [...circle, system('w', 'rewind', {}, { parentUuid: 'a' })])), ['v']);
  });

  it('gives a call no measure from before the response that makes it', () => {
    const measure = { uiEvent: { 'event.name': 'qwen-code.tool_call', function_name: 'x', duration_ms: 5 } };
    const answered = result([{ functionResponse: { id: 'c', name: 'x', response: { output: 'ok' } } }], { status: 'success' });
    const duration = (lines: object[]): number | undefined =>
      partsOf(message(readLines(qwenCode, lines), 'r'), 'tool_call_response')[0]?.durationMs;
    const call = answer('a', [{ functionCall: { id: 'c', name: 'x' } }]);
    assert.equal(duration([call, system('t', 'ui_telemetry', measure), answered]), 5);
    assert.equal(duration([system('t', 'ui_telemetry', measure), call, answered]), undefined);
  });

  it('names no branch where there is none, and an agent\'s session after the one that started it', () => {
    const read = readLines(qwenCode, [user('u', [{ text: 'hi' }], { gitBranch: 'HEAD' })]);
    assert.equal(header(read, 's').git, undefined);
    const copied = { isSidechain: true, agentId: 'a', forkedFrom: { sessionId: 'o' } };
    const agent = readLines(qwenCode, [user('u', [{ text: 'hi' }], copied)]);
    assert.deepEqual([header(agent, 's:agent-a').parent, header(agent, 's:agent-a').relation], ['qwen-code:s', 'subagent']);
  });

  it('takes over that a person stopped the model', () => {
    const stop = { uiEvent: { 'event.name': 'qwen-code.api_error', error_type: 'APIUserAbortError', error_message: 'Aborted.' } };
    assert.equal(message(readLines(qwenCode, [system('e', 'ui_telemetry', stop)]), 'e').outcome, 'cancelled');
  });
});
