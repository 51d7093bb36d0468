import assert from 'node:assert/strict';

import type { Machine, Recognition } from '../../../../server/importers/importer.ts';
import { qwenCode } from '../../../../server/importers/qwen-code/index.ts';

function machine(env: Machine['env'], platform: NodeJS.Platform = 'linux', home = '/home/ada'): Machine {
  return { platform, home, env, vscodeUserDirectories: [] };
}

function recognise(...lines: unknown[]): Recognition | undefined {
  return qwenCode.recognise({ path: '/tmp/x.jsonl', head: lines.map((line) => JSON.stringify(line)).join('\n') });
}

const recognised = { format: 'qwen-code-jsonl', unit: 'line' };
const envelope = { uuid: 'u', parentUuid: null, sessionId: 's', timestamp: '2026-03-02T09:00:00.000Z' };

describe('Qwen Code: where it looks', () => {
  it('knows the folder and what moves it', () => {
    const paths = (env: Machine['env']): string[] => qwenCode.roots(machine(env)).map((root) => root.path);
    assert.deepEqual(paths({}), ['/home/ada/.qwen/projects']);
    assert.deepEqual(paths({ QWEN_RUNTIME_DIR: '~/run/', QWEN_HOME: '/data/qwen' }), [
      '/home/ada/run/projects', '/data/qwen/projects', '/home/ada/.qwen/projects',
    ]);
    assert.deepEqual(paths({ QWEN_HOME: '/home/ada/.qwen', QWEN_RUNTIME_DIR: '' }), ['/home/ada/.qwen/projects']);
    assert.equal(qwenCode.roots(machine({}, 'win32', 'C:\\Users\\ada'))[0]?.path, 'C:\\Users\\ada\\.qwen\\projects');
  });

  it('takes sessions and agents, and enters only what leads to them', () => {
    const [root] = qwenCode.roots(machine({}));
    for (const path of ['-x/chats/5d0a.jsonl', '-x/subagents/5d0a/agent-e.jsonl']) assert.equal(root?.mayHold(path), true, path);
    for (const path of [
      '-x/chats/5d0a.json', '-x/subagents/5d0a/agent-e.jsonl.stream', '-x/subagents/5d0a/agent-e.meta.json', '-x/memory/x.jsonl', 'x.jsonl',
    ]) assert.equal(root?.mayHold(path), false, path);
    for (const path of ['-x', '-x/chats', '-x/subagents', '-x/subagents/5d0a']) assert.equal(root?.mayEnter?.(path), true, path);
    for (const path of ['-x/memory', '-x/chats/a', '-x/subagents/5d0a/x']) assert.equal(root?.mayEnter?.(path), false, path);
  });
});

describe('Qwen Code: recognition', () => {
  it('knows its lines, by the first that tells', () => {
    assert.deepEqual(recognise({ ...envelope, type: 'user', message: { role: 'user', parts: [{ text: 'hi' }] } }), recognised);
    assert.deepEqual(recognise({ ...envelope, type: 'tool_result', toolCallResult: { callId: 'c' } }), recognised);
    const telling = { ...envelope, type: 'system', subtype: 'parent_session', systemPayload: {} };
    assert.deepEqual(recognise({ type: 'new' }, { ...envelope, type: 'system', subtype: 'x' }, telling), recognised);
  });

  it('knows a file whose first line is longer than the sample', () => {
    const start = JSON.stringify({ ...envelope, type: 'user', message: { role: 'user', parts: [{ text: 'x'.repeat(70_000) }] } });
    assert.deepEqual(qwenCode.recognise({ path: '/x.jsonl', head: start.slice(0, 65_536) }), recognised);
  });

  it('leaves the files of others alone', () => {
    assert.equal(recognise({ ...envelope, type: 'user', message: { role: 'user', content: 'hi' } }), undefined);
    assert.equal(recognise({ ...envelope, type: 'assistant', message: { role: 'assistant', content: [] } }, {
      ...envelope, type: 'user', message: { parts: [] },
    }), undefined);
    assert.equal(recognise({ type: 'response_item', payload: { type: 'message' } }), undefined);
    assert.equal(recognise({ sessionId: 's', projectHash: 'h', startTime: 't' }), undefined);
    assert.equal(recognise({ id: '1', type: 'user', content: [{ text: 'hi' }] }), undefined);
    assert.equal(recognise({ type: 'user', message: { role: 'user', parts: [{ text: 'hi' }] } }), undefined);
    assert.equal(qwenCode.recognise({ path: '/x', head: '' }), undefined);
    assert.equal(qwenCode.recognise({ path: '/x', head: '{"type":' }), undefined);
  });
});
