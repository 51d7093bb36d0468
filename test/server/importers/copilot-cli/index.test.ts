import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copilotChat } from '../../../../server/importers/copilot-chat/index.ts';
import { copilotCli } from '../../../../server/importers/copilot-cli/index.ts';
import type { Machine, Recognition } from '../../../../server/importers/importer.ts';
import { fixtures } from '../lineFiles.ts';

const recognised = { format: 'copilot-cli-events', unit: 'line' };
const start = { sessionId: 's', version: 1, producer: 'copilot-agent', copilotVersion: '1.0.78', startTime: '2026-08-05T09:00:00.000Z' };

function machine(env: Machine['env'], platform: NodeJS.Platform = 'linux', home = '/home/ada'): Machine {
  return { platform, home, env, vscodeUserDirectories: [] };
}

function event(type: string, data: object): string {
  return JSON.stringify({ type, data, id: 'e1', timestamp: '2026-08-05T09:00:00.000Z', parentId: null });
}

function recognise(head: string, path = '/tmp/x.jsonl'): Recognition | undefined {
  return copilotCli.recognise({ path, head });
}

describe('Copilot CLI: where it looks', () => {
  it('knows the folder and what moves it', () => {
    const folders = (given: Machine): string[] => copilotCli.roots(given).map((root) => root.path);
    const both = (...homes: string[]): string[] => ['session-state', 'history-session-state'].flatMap((name) => homes.map((home) => `${home}/${name}`));
    assert.deepEqual(folders(machine({})), both('/home/ada/.copilot'));
    const moved = machine({ COPILOT_HOME: '/data/copilot/' });
    assert.deepEqual(folders(moved), both('/data/copilot', '/home/ada/.copilot'));
    assert.deepEqual(folders(machine({ COPILOT_HOME: '/home/ada/.copilot' })), both('/home/ada/.copilot'));
    assert.deepEqual(folders(machine({}, 'darwin', '/Users/ada')), both('/Users/ada/.copilot'));
    assert.equal(folders(machine({}, 'win32', 'C:\\Users\\ada'))[0], 'C:\\Users\\ada\\.copilot\\session-state');
  });

  it('takes the events of sessions and nothing else of them', () => {
    const [root] = copilotCli.roots(machine({}));
    assert.ok(root?.mayEnter);
    assert.deepEqual(['7c1d/events.jsonl', '0d9c.jsonl'].map(root.mayHold), [true, true]);
    const others = ['7c1d/workspace.yaml', '7c1d/files/a.jsonl', '7c1d/other.jsonl', '7c1d/checkpoints/events.jsonl'];
    assert.deepEqual(others.filter(root.mayHold), []);
    assert.deepEqual(['7c1d', '7c1d/checkpoints'].map((path) => root.mayEnter?.(path)), [true, false]);
    const [, history] = copilotCli.roots(machine({}));
    assert.deepEqual(['session_7c1d_1759957816398.json', 'session_7c1d.jsonl', 'a/b.json'].map((path) => history?.mayHold(path)), [true, false, false]);
  });
});

describe('Copilot CLI: recognition', () => {
  it('knows its own files, whatever they are called', () => {
    for (const file of ['0d9c8b7a-1111-4222-8333-444455556666.jsonl', join('7c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5', 'events.jsonl')]) {
      const head = readFileSync(join(fixtures, 'copilot-cli', 'session-state', file), 'utf8');
      assert.deepEqual(recognise(head), recognised);
      assert.equal(copilotChat.recognise({ path: '/tmp/x.jsonl', head }), undefined);
    }
  });

  it('knows a file that lost its beginning by where it lies', () => {
    const line = event('user.message', { content: 'hi' });
    assert.deepEqual(recognise(`{"type":"torn\n${line}`, '/home/ada/.copilot/session-state/s/events.jsonl'), recognised);
    assert.equal(recognise(line), undefined);
    assert.equal(recognise(event('lamp.lit', {}), '/home/ada/.copilot/session-state/s/events.jsonl'), undefined);
  });

  it('leaves the transcripts of VS Code to the other Copilot', () => {
    const transcript = { path: '/tmp/x.jsonl', head: event('session.start', { ...start, vscodeVersion: '1.110.0' }) };
    assert.equal(copilotCli.recognise(transcript), undefined);
    assert.deepEqual(copilotChat.recognise(transcript), { format: 'copilot-chat-transcript', unit: 'line' });
    const folder = '/home/ada/.config/Code/User/workspaceStorage/ab/GitHub.copilot-chat/transcripts/s.jsonl';
    const inFolder = { path: folder, head: event('session.start', start) };
    assert.equal(copilotCli.recognise(inFolder), undefined);
    assert.notEqual(copilotChat.recognise(inFolder), undefined);
    const own = readFileSync(join(fixtures, 'copilot-chat', 'transcript.jsonl'), 'utf8');
    assert.equal(recognise(own), undefined);
  });

  it('leaves the files of others alone', () => {
    assert.equal(recognise(JSON.stringify({ type: 'session.start', data: start, id: 'e1' })), undefined);
    const message = { role: 'user', content: 'hi' };
    assert.equal(recognise(JSON.stringify({ type: 'user', uuid: 'u', sessionId: 's', message, parentUuid: null })), undefined);
    assert.equal(recognise(JSON.stringify({ type: 'session_meta', payload: { id: 's' }, timestamp: 't' })), undefined);
    const others = ['', '\n\n', 'null', '[]', '# aider', '{"kind":0,"v":{}}', '{"type":'];
    assert.deepEqual(others.filter((head) => recognise(head) !== undefined), []);
  });
});
