import assert from 'node:assert/strict';
import { statusLook } from '../../client/statusLook.ts';
import { t } from './translate.ts';

const status = { recording: true, dataDirectory: '/data', today: { records: 3, redactions: 0 } };

describe('client: the status bar item', () => {
  it('is a filled circle while recording and a hollow one when paused', () => {
    assert.equal(statusLook(t, 'running', status).icon, 'circle-filled');
    assert.equal(statusLook(t, 'running', { ...status, recording: false }).icon, 'circle-outline');
    const stopped = statusLook(t, 'running', { ...status, recording: false, stoppedSince: '2026-11-20T10:00:00Z' });
    assert.deepEqual([stopped.icon, stopped.words], ['circle-slash', 'Daybook is stopped in all windows']);
    assert.equal(statusLook(t, 'running', undefined).icon, 'loading~spin');
    assert.equal(statusLook(t, 'starting', status).icon, 'loading~spin');
  });

  it('stands out only when something needs a look, and says it first', () => {
    assert.equal(statusLook(t, 'running', status).warning, false);
    const look = statusLook(t, 'running', { ...status, attention: 'Codex: 3 unknown records.' });
    assert.ok(look.warning);
    assert.equal(look.lines[0], 'Codex: 3 unknown records.');
    assert.ok(statusLook(t, 'failed', undefined).warning);
  });

  it('says what was recorded and where', () => {
    const { lines } = statusLook(t, 'running', { ...status, importing: { done: 1, total: 9 } });
    assert.deepEqual(lines, ['Reading sessions: 1 of 9 files', 'Today: 3 records, 0 redactions', 'Data folder: /data']);
  });
});
