import assert from 'node:assert/strict';
import { whatIsRecorded } from '../../../client/panels/page.ts';
import { settings } from '../../../shared/settings.ts';
import { t } from '../translate.ts';

describe('client: the page What is recorded?', () => {
  const status = { recording: false, dataDirectory: '/home/me/day`book', today: { records: 12, redactions: 1 } };
  const page = whatIsRecorded(t, { recording: true, captureTerminal: false, disabledSources: ['copilot-chat'], consent: { default: 'no content', folders: {} } }, status);

  it('says what is on and off now', () => {
    assert.match(page, /Recording is \*\*paused\*\*/);
    assert.match(page, /Terminals.*\*\*off\*\*/);
    assert.match(page, /Editing.*\*\*on\*\*/);
    assert.match(page, /How much.*\*\*no content\*\*/);
    assert.match(page, /on, but not `copilot-chat`/);
    assert.match(page, /Today: 12 records, 1 redaction\./);
    assert.match(page, /`\/home\/me\/day book`/);
  });

  it('says that everything is stopped', () => {
    assert.match(whatIsRecorded(t, {}, { ...status, stoppedSince: '2026-11-20T10:00:00Z' }), /Recording is \*\*stopped\*\* in all windows\./);
    assert.match(whatIsRecorded(t, { captureTestReports: false }, status), /in reports of the open folders \| \*\*off\*\*/);
  });

  it('names settings that exist', () => {
    const named = [...page.matchAll(/`(daybook\.[\w.]+)`/g)].map((match) => match[1] ?? '');
    assert.ok(named.length >= 5);
    for (const key of named) assert.ok(Object.hasOwn(settings, key), key);
  });

  it('can be shown before the server has answered', () => {
    assert.match(whatIsRecorded(t, {}, undefined), /Recording is \*\*on\*\*/);
  });
});
