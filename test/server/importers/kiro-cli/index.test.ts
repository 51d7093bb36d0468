import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine, Recognition } from '../../../../server/importers/importer.ts';
import { kiroCli } from '../../../../server/importers/kiro-cli/index.ts';
import { fixtures } from '../lineFiles.ts';

const recognised = { format: 'kiro-cli-jsonl', unit: 'line' };

function machine(env: Machine['env'], platform: NodeJS.Platform = 'linux', home = '/home/ada'): Machine {
  return { platform, home, env, vscodeUserDirectories: [] };
}

function recognise(...lines: unknown[]): Recognition | undefined {
  const head = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return kiroCli.recognise({ path: '/tmp/x.jsonl', head });
}

describe('Kiro CLI: where it looks', () => {
  it('knows the folder and what moves it', () => {
    const paths = (given: Machine): string[] => kiroCli.roots(given).map((root) => root.path);
    assert.deepEqual(paths(machine({})), ['/home/ada/.kiro/sessions/cli']);
    assert.deepEqual(paths(machine({ KIRO_HOME: '/data/kiro/' })), ['/data/kiro/sessions/cli', '/home/ada/.kiro/sessions/cli']);
    assert.deepEqual(paths(machine({ KIRO_HOME: '/home/ada/.kiro' })), ['/home/ada/.kiro/sessions/cli']);
    assert.deepEqual(paths(machine({}, 'darwin', '/Users/ada')), ['/Users/ada/.kiro/sessions/cli']);
    assert.deepEqual(paths(machine({}, 'win32', 'C:\\Users\\ada')), ['C:\\Users\\ada\\.kiro\\sessions\\cli']);
  });

  it('takes the lines of sessions and nothing else of them', () => {
    const [root] = kiroCli.roots(machine({}));
    assert.ok(root?.mayEnter);
    const files = ['c0ffee.jsonl', 'c0ffee.json', 'c0ffee.history', 'c0ffee.lock', 'c0ffee/tasks/1.jsonl'];
    assert.deepEqual(files.filter(root.mayHold), ['c0ffee.jsonl']);
    assert.equal(root.mayEnter('c0ffee'), false);
  });
});

describe('Kiro CLI: recognition', () => {
  it('knows its own files', () => {
    const head = readFileSync(join(fixtures, 'kiro-cli', 'sessions', 'cli', 'c0ffee00-1111-4222-8333-444455556666.jsonl'), 'utf8');
    assert.deepEqual(recognise(head), recognised);
  });

  it('knows a file by the first line that tells', () => {
    const telling = { version: 'v1', kind: 'Compaction', data: {} };
    assert.deepEqual(recognise('{"torn', { version: 'v1', kind: 'ResetTo', data: {} }, telling), recognised);
  });

  it('knows a file whose first prompt is longer than the sample', () => {
    const head = `{"version":"v1","kind":"Prompt","data":{"message_id":"p","content":[{"kind":"text","data":"${'x'.repeat(60_000)}`;
    assert.deepEqual(recognise(head), recognised);
    assert.equal(recognise(head.replace('v1', '1.0')), undefined);
    assert.equal(recognise(head.replace('Prompt', 'Lamp')), undefined);
  });

  it('leaves the files of others alone', () => {
    assert.equal(recognise({ version: '1.0', kind: 'Prompt', data: {} }), undefined);
    assert.equal(recognise({ version: 'v1', kind: 'Prompt', data: 'text' }), undefined);
    assert.equal(recognise({ version: 'v1', kind: 'Lamp', data: {} }), undefined);
    assert.equal(recognise({ kind: 0, v: { version: 3, sessionId: 's' } }), undefined);
    assert.equal(recognise({ kind: 'message', role: 'user', data: {} }), undefined);
    for (const head of ['', '\n\n', 'null', '[]', '# aider', '{"kind":']) assert.equal(recognise(head), undefined, head);
  });
});
