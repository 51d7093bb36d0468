import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { codex } from '../../../../server/importers/codex/index.ts';
import type { Machine, Recognition } from '../../../../server/importers/importer.ts';
import { files } from './reading.ts';

function machine(env: Machine['env'], platform: NodeJS.Platform = 'linux', home = '/home/ada'): Machine {
  return { platform, home, env, vscodeUserDirectories: [] };
}

function recognise(...lines: unknown[]): Recognition | undefined {
  return codex.recognise({ path: '/tmp/x.jsonl', head: lines.map((line) => JSON.stringify(line)).join('\n') });
}

const rollout = { format: 'codex-rollout', unit: 'line' };
const timestamp = '2026-03-02T09:00:00.000Z';

describe('Codex: where it looks', () => {
  it('knows its folders and what moves them', () => {
    assert.deepEqual(codex.roots(machine({})).map((root) => root.path), [
      '/home/ada/.codex/sessions', '/home/ada/.codex/archived_sessions',
    ]);
    assert.deepEqual(codex.roots(machine({ CODEX_HOME: '/data/codex/' })).map((root) => root.path), [
      '/data/codex/sessions', '/data/codex/archived_sessions', '/home/ada/.codex/sessions', '/home/ada/.codex/archived_sessions',
    ]);
    assert.equal(codex.roots(machine({}, 'win32', 'C:\\Users\\ada'))[0]?.path, 'C:\\Users\\ada\\.codex\\sessions');
    assert.equal(codex.roots(machine({ CODEX_HOME: '/home/ada/.codex' })).length, 2);
  });

  it('takes rollouts, and enters folders of days only', () => {
    const [root] = codex.roots(machine({}));
    assert.equal(root?.mayHold('2026/03/02/rollout-2026-03-02T10-00-00-a.jsonl'), true);
    assert.equal(root?.mayHold('rollout-2026-03-02T10-00-00-a.jsonl'), true);
    assert.equal(root?.mayHold('2026/03/02/notes.jsonl'), false);
    assert.equal(root?.mayHold('rollout-2025-05-01-a.json'), false);
    for (const folder of ['2026', '2026/03', '2026/03/02']) assert.equal(root?.mayEnter?.(folder), true, folder);
    for (const folder of ['node_modules', '2026/03/02/04', '2026/x']) assert.equal(root?.mayEnter?.(folder), false, folder);
  });
});

describe('Codex: recognition', () => {
  it('knows its own files', () => {
    for (const path of Object.values(files)) {
      const format = path === files.flat ? 'codex-flat' : 'codex-rollout';
      assert.deepEqual(codex.recognise({ path, head: readFileSync(path, 'utf8') }), { format, unit: 'line' });
    }
  });

  it('knows a file whose header is torn off, and one whose header is longer than the sample', () => {
    assert.deepEqual(recognise({ timestamp, type: 'response_item', payload: { type: 'message' } }), rollout);
    const head = `{"timestamp":"${timestamp}","ordinal":0,"type":"session_meta","payload":{"id":"x","tools":"${'x'.repeat(60_000)}`;
    assert.deepEqual(codex.recognise({ path: '/x.jsonl', head }), rollout);
  });

  it('leaves the files of others alone', () => {
    assert.equal(recognise({ timestamp, type: 'session.start', data: {} }), undefined);
    assert.equal(recognise({ timestamp, type: 'session_meta', payload: {} }), undefined);
    assert.equal(recognise({ timestamp, type: 'hologram', payload: {} }), undefined);
    assert.equal(recognise({ type: 'response_item', payload: {} }), undefined);
    assert.equal(recognise({ session_id: 'x', ts: 1, text: 'hi' }), undefined);
    assert.equal(recognise({ id: 'x', timestamp, type: 'user', instructions: null }), undefined);
    assert.equal(recognise({ type: 'message' }, { timestamp, type: 'response_item', payload: {} }), undefined);
    assert.equal(codex.recognise({ path: '/x', head: '' }), undefined);
    assert.equal(codex.recognise({ path: '/x', head: '# notes\n' }), undefined);
  });
});
