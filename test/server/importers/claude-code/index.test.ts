import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { claudeCode } from '../../../../server/importers/claude-code/index.ts';
import type { Machine, Recognition } from '../../../../server/importers/importer.ts';
import { fixtures } from './reading.ts';

function machine(env: Machine['env'], platform: NodeJS.Platform = 'linux', home = '/home/ada'): Machine {
  return { platform, home, env, vscodeUserDirectories: [] };
}

function recognise(...lines: unknown[]): Recognition | undefined {
  return claudeCode.recognise({ path: '/tmp/x.jsonl', head: lines.map((line) => JSON.stringify(line)).join('\n') });
}

const recognised = { format: 'claude-code-jsonl', unit: 'line' };

describe('Claude Code: where it looks', () => {
  it('knows the folders of every release and what moves them', () => {
    assert.deepEqual(claudeCode.roots(machine({})).map((root) => root.path), [
      '/home/ada/.claude/projects', '/home/ada/.config/claude/projects',
    ]);
    const moved = machine({ CLAUDE_CONFIG_DIR: '/data/claude/', XDG_CONFIG_HOME: '/data/config' });
    assert.deepEqual(claudeCode.roots(moved).map((root) => root.path), [
      '/data/claude/projects', '/home/ada/.claude/projects', '/data/config/claude/projects', '/home/ada/.config/claude/projects',
    ]);
    assert.equal(claudeCode.roots(machine({}, 'win32', 'C:\\Users\\ada'))[0]?.path, 'C:\\Users\\ada\\.claude\\projects');
  });

  it('names a folder once', () => {
    const paths = claudeCode.roots(machine({ CLAUDE_CONFIG_DIR: '/home/ada/.claude', XDG_CONFIG_HOME: '/home/ada/.config' }));
    assert.equal(paths.length, 2);
  });

  it('takes JSON lines, but not the journal of background agents', () => {
    const [root] = claudeCode.roots(machine({}));
    assert.equal(root?.mayHold('-home-ada/5d0a.jsonl'), true);
    assert.equal(root?.mayHold('-home-ada/5d0a/subagents/agent-a1.jsonl'), true);
    assert.equal(root?.mayHold('-home-ada/5d0a/subagents/journal.jsonl'), false);
    assert.equal(root?.mayHold('-home-ada/5d0a/tool-results/x.txt'), false);
  });
});

describe('Claude Code: recognition', () => {
  it('knows its own files', () => {
    for (const file of ['inline-sidechain.jsonl', join('projects', '-home-ada-site', '8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022.jsonl')]) {
      assert.deepEqual(claudeCode.recognise({ path: file, head: readFileSync(join(fixtures, file), 'utf8') }), recognised);
    }
  });

  it('knows a file by lines that are no messages, and by the first line that tells', () => {
    assert.deepEqual(recognise({ type: 'summary', summary: 'x', leafUuid: 'y' }), recognised);
    assert.deepEqual(recognise({ type: 'ai-title', aiTitle: 'x', sessionId: 'y' }), recognised);
    const telling = { type: 'permission-mode', permissionMode: 'plan', sessionId: 'y' };
    assert.deepEqual(recognise({ type: 'brand-new' }, { type: 'mode' }, telling), recognised);
  });

  it('knows a file whose first line is longer than the sample', () => {
    const head = `{"parentUuid":null,"isSidechain":false,"type":"user","message":{"role":"user","content":"${'x'.repeat(60000)}`;
    assert.deepEqual(claudeCode.recognise({ path: '/x.jsonl', head }), recognised);
  });

  it('leaves the files of others alone', () => {
    const envelope = { uuid: 'u', parentUuid: null, sessionId: 's', timestamp: '2026-01-01T00:00:00Z' };
    assert.equal(recognise({ type: 'response_item', timestamp: 't', payload: { type: 'message', role: 'user' } }), undefined);
    assert.equal(recognise({ ...envelope, type: 'user', message: { role: 'user', parts: [{ text: 'hi' }] } }), undefined);
    const named = { type: 'custom-title', customTitle: 'x', sessionId: 's' };
    assert.equal(recognise({ ...envelope, type: 'user', message: { role: 'user', parts: [{ text: 'hi' }] } }, named), undefined);
    assert.equal(recognise({ type: 'user.message', data: { content: 'hi' }, id: '1', parentId: null }), undefined);
    assert.equal(recognise({ role: 'user', message: { content: [{ type: 'text', text: 'hi' }] } }), undefined);
    assert.equal(recognise({ id: '1', timestamp: 't', type: 'user', content: [{ text: 'hi' }] }), undefined);
    assert.equal(recognise({ type: 'user', message: { role: 'user', content: 'hi' }, session_id: 's' }), undefined);
    assert.equal(recognise({ display: 'hi', pastedContents: {}, timestamp: 1, project: '/x', sessionId: 's' }), undefined);
    assert.equal(claudeCode.recognise({ path: '/x', head: '' }), undefined);
    assert.equal(claudeCode.recognise({ path: '/x', head: '# aider chat started\n{"type":' }), undefined);
  });
});
