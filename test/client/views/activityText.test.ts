import assert from 'node:assert/strict';
import { recordLine } from '../../../client/views/todayText.ts';
import { typeOf } from '../../../shared/record.ts';
import type { Family } from '../../../shared/record.ts';
import { t } from '../translate.ts';

function label(family: Family, kind: string, data: unknown, subject?: string): string {
  const record = { specversion: '1.0', id: 'r1', source: 'vscode', type: typeOf(family, kind), time: '2026-11-20T09:00:00.000Z', data } as const;
  return recordLine(t, subject === undefined ? record : { ...record, subject }).label;
}

describe('client: lines of today for what is not typing', () => {
  it('say how tasks and debug sessions ended', () => {
    assert.equal(label('tasks', 'run', { status: 'running' }, 'npm: test'), 'Started task npm: test');
    assert.equal(label('tasks', 'run', { status: 'failed', exitCode: 1, durationMs: 3240 }, 'npm: test'), 'Task npm: test · exit 1 · 3.2 s');
    assert.equal(label('events', 'debug.exception', { text: 'Error: no tea' }, 'Launch'), 'Exception in Launch: Error: no tea');
  });

  it('say what git did', () => {
    assert.equal(label('events', 'git.commit', { files: { count: 1, names: ['a'] } }, 'Round prices'), 'Committed Round prices · 1 file');
    assert.equal(label('events', 'git.checkout', { to: 'prices' }, 'main → prices'), 'Checked out prices');
    assert.equal(label('events', 'git.branch', { action: 'deleted' }, 'old'), 'Deleted branch old');
  });

  it('count problems and files', () => {
    const counts = { errors: 2, warnings: 1, infos: 0, hints: 0 };
    assert.equal(label('events', 'diagnostics.changed', { uri: 'file:///a.js', counts }, 'a.js'), 'Problems in a.js: 2 errors, 1 warning');
    assert.equal(label('events', 'files.changed', { count: 2000 }, '2000 files'), '2000 files changed outside the editor');
  });

  it('say what a person said of a session', () => {
    const marks = [{ pinned: true }, { hidden: false }, { tags: ['ship', 'ci'] }, { tags: [] }, { title: 'Mine' }, { title: null }];
    assert.deepEqual(marks.map((data) => label('events', 'session.marked', data)), [
      'Pinned a session', 'Showed a session again', 'Tagged a session: ship, ci', 'Tagged a session: no tags', 'Renamed a session: Mine',
      'Gave a session its own title back',
    ]);
  });

  it('say how tests ended', () => {
    assert.equal(label('events', 'test.run', { runner: 'mocha', passed: 12, failed: 1, skipped: 0, errors: 1, durationMs: 3240 }), 'Tests: 12 passed, 1 failed, 1 error · mocha · 3.2 s');
    assert.equal(label('events', 'test.run', { passed: 3 }), 'Tests: 3 passed');
  });

  it('believe no payload', () => {
    for (const kind of ['debug.stopped', 'git.commit', 'diagnostics.changed', 'files.changed', 'extension.updated', 'test.run']) {
      assert.notEqual(label('events', kind, { counts: 7, files: null, count: 'many', durationMs: {} }), '', kind);
    }
  });
});
