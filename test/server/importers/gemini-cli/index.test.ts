import assert from 'node:assert/strict';

import { geminiCli } from '../../../../server/importers/gemini-cli/index.ts';
import type { Machine, Recognition } from '../../../../server/importers/importer.ts';

function machine(env: Machine['env'], platform: NodeJS.Platform = 'linux', home = '/home/ada'): Machine {
  return { platform, home, env, vscodeUserDirectories: [] };
}

function recognise(head: string, path = '/x/session-1.jsonl'): Recognition | undefined {
  return geminiCli.recognise({ path, head });
}

const metadata = { sessionId: 's', projectHash: 'h', startTime: '2026-03-02T09:00:00.000Z', lastUpdated: '2026-03-02T09:00:00.000Z' };

describe('Gemini CLI: where it looks', () => {
  it('knows the folder, and the variable that stands in for the home folder', () => {
    const paths = (env: Machine['env']): string[] => geminiCli.roots(machine(env)).map((root) => root.path);
    assert.deepEqual(paths({}), ['/home/ada/.gemini/tmp']);
    assert.deepEqual(paths({ GEMINI_CLI_HOME: '/data/' }), ['/data/.gemini/tmp', '/home/ada/.gemini/tmp']);
    assert.equal(geminiCli.roots(machine({ GEMINI_CLI_HOME: '/home/ada' })).length, 1);
    const windows = machine({ GEMINI_CLI_HOME: '' }, 'win32', 'C:\\Users\\ada');
    assert.deepEqual(geminiCli.roots(windows).map((root) => root.path), ['C:\\Users\\ada\\.gemini\\tmp']);
  });

  it('takes sessions of both ages and of agents, and nothing that recovery leaves behind', () => {
    const [root] = geminiCli.roots(machine({}));
    for (const path of ['site/chats/session-1.jsonl', 'site/chats/session-1.json', 'site/chats/5d0a/a1b2.jsonl']) {
      assert.equal(root?.mayHold(path), true, path);
    }
    for (const path of [
      'site/logs.json', 'site/.project_root', 'site/chats/session-1.jsonl.unreadable-17', 'site/chats/session-1.jsonl.tmp-9',
      'site/checkpoints/session-1.json', 'site/chats/other.json', 'site/tool-outputs/session-1.jsonl',
    ]) assert.equal(root?.mayHold(path), false, path);
  });

  it('enters only what leads to sessions', () => {
    const [root] = geminiCli.roots(machine({}));
    for (const path of ['site', 'site/chats', 'site/chats/5d0a']) assert.equal(root?.mayEnter?.(path), true, path);
    for (const path of ['site/checkpoints', 'site/chats/5d0a/x', 'site/tool-outputs']) assert.equal(root?.mayEnter?.(path), false, path);
  });
});

describe('Gemini CLI: recognition', () => {
  it('knows lines and documents', () => {
    const lines = { format: 'gemini-cli-jsonl', unit: 'line' };
    const document = { format: 'gemini-cli-json', unit: 'document' };
    assert.deepEqual(recognise(`${JSON.stringify(metadata)}\n`), lines);
    assert.deepEqual(recognise(`\uFEFFtorn\n${JSON.stringify(metadata)}\n{"id":"u1"`), lines);
    assert.deepEqual(recognise(JSON.stringify({ ...metadata, messages: [] }, null, 2), '/x/session-1.json'), document);
    assert.deepEqual(recognise(JSON.stringify({ ...metadata, messages: [] })), document);
    const long = JSON.stringify({ ...metadata, messages: [{ id: 'u', content: 'x'.repeat(70_000) }] });
    assert.deepEqual(recognise(long.slice(0, 65_536)), document);
  });

  it('leaves the files of others alone', () => {
    assert.equal(recognise(''), undefined);
    assert.equal(recognise('{"sessionId":'), undefined);
    assert.equal(recognise(JSON.stringify({ sessionId: 's', projectHash: 'h' })), undefined);
    assert.equal(recognise(JSON.stringify([{ sessionId: 's', messageId: 0, type: 'user', message: 'hi' }])), undefined);
    assert.equal(recognise(JSON.stringify({ sessionId: 's', type: 'user', message: { parts: [] } })), undefined);
    assert.equal(recognise(JSON.stringify({ ...metadata, messages: [] }), '/home/ada/.qwen/tmp/h/chats/session-1.json'), undefined);
  });
});
