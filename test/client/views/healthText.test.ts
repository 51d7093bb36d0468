import assert from 'node:assert/strict';
import { createDismissed } from '../../../client/views/dismissed.ts';
import { facts, hasReport, needingLook, shortMessage, shownSources, sourceDescription } from '../../../client/views/healthText.ts';
import type { HealthNote, SourceHealth } from '../../../shared/health.ts';
import { t } from '../translate.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const drift: HealthNote = { id: 'drift:1', code: 'format-drift', state: 'warning', message: 'Codex writes something new.' };
const silent: HealthNote = { id: 'silent:1', code: 'source-silent', state: 'warning', message: 'a.jsonl has changed.' };
const kept: HealthNote = { id: 'kept:1', code: 'source-gone', state: 'ok', message: 'The source of one session is gone.' };

function source(fields: Partial<SourceHealth> = {}): SourceHealth {
  return {
    source: 'codex', displayName: 'Codex', state: 'ok', records: 1, sessions: 1, redactions: 0, dropped: 0, gaps: 0, lastAt: '2026-11-20T10:00:00.000Z',
    problems: {}, files: { read: 0, waiting: 0, gone: 0 }, keptSessions: 0, unknownTypes: [], notes: [], ...fields,
  };
}

const shown = (sources: readonly SourceHealth[], dismissed: readonly string[] = []) =>
  shownSources({ state: 'ok', time: now.toISOString(), sources }, (id) => dismissed.includes(id));
const one = (fields: Partial<SourceHealth>, dismissed?: readonly string[]) => {
  const [first] = shown([source(fields)], dismissed);
  assert.ok(first);
  return first;
};

describe('client: health', () => {
  it('has Daybook first, then the worst', () => {
    const failed: HealthNote = { ...silent, state: 'failed' };
    const all = shown([source(), source({ source: 'aider', notes: [drift] }), source({ source: 'cline', notes: [failed] }), source({ source: 'daybook', displayName: 'Daybook' })]);
    assert.deepEqual(all.map(({ name, state }) => `${name} ${state}`), ['Daybook ok', 'Cline failed', 'Aider warning', 'Codex ok']);
    assert.equal(needingLook(all), 2);
  });

  it('is green again when the only notice is dismissed, and not when there is another', () => {
    assert.equal(one({ notes: [drift] }, [drift.id]).state, 'ok');
    const rest = one({ notes: [silent, drift, kept] }, [drift.id]);
    assert.deepEqual([rest.state, rest.notes], ['warning', [silent, kept]]);
    assert.deepEqual(one({ notes: [kept] }, [kept.id]).notes, [kept], 'what is no notice cannot be dismissed');
  });

  it('says the reason beside the name, else how much and when', () => {
    assert.equal(sourceDescription(t, one({ records: 1234, notes: [kept] }), now), '1,234 records · 2 h ago');
    assert.equal(sourceDescription(t, one({ lastAt: null, records: 0 }), now), '0 records');
    assert.equal(sourceDescription(t, one({ notes: [silent] }), now), 'a.jsonl has changed.');
    assert.equal(sourceDescription(t, one({ notes: [silent, drift, kept] }), now), 'a.jsonl has changed. (and 1 more)');
  });

  it('shows of paths what fits a line', () => {
    assert.equal(shortMessage('Line 2 of /home/ada/.claude/projects/x/5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11.jsonl is not a JSON object.'), 'Line 2 of 5d0a1c52….jsonl is not a JSON object.');
    assert.equal(shortMessage('C:\\Users\\ada\\a.json has changed.'), 'a.json has changed.');
    assert.equal(shortMessage('Turn on terminal.integrated.shellIntegration.enabled, and/or use bash.'), 'Turn on terminal.integrated.shellIntegration.enabled, and/or use bash.');
  });

  it('lists the ledger, zeros too', () => {
    const lines = (fields: Partial<SourceHealth>) => facts(t, one(fields), now).map(({ label, value }) => `${label}: ${value}`);
    assert.deepEqual(lines({}), ['Captured: 1 record, 1 session', 'Redacted: 0 secrets', 'Dropped: nothing', 'Gaps: none', 'Last seen: 2 h ago']);
    const retention = { days: 30, setting: 'cleanupPeriodDays', file: '/home/ada/.claude/settings.json', isDefault: true, expired: 1, soon: 0, unread: 0 };
    assert.deepEqual(lines({
      records: 20, sessions: 0, redactions: 1, dropped: 2, gaps: 1, lastAt: null, problems: { 'malformed-line': 2, 'torn-line': 1 },
      files: { read: 3, waiting: 1, gone: 2 }, retention,
    }), [
      'Captured: 20 records', 'Redacted: 1 secret', 'Dropped: 2 things that could not be read', 'Gaps: 1 thing that could not be seen', 'Last seen: never',
      'Problems: malformed-line 2, torn-line 1', 'Files: 3 read, 1 waiting, 2 gone, kept here',
      'Deletes after: 30 days, by default (cleanupPeriodDays in /home/ada/.claude/settings.json)',
    ]);
  });

  it('offers a report where there is something to report', () => {
    assert.equal(hasReport(source()), false);
    assert.equal(hasReport(source({ problems: { 'malformed-line': 1 } })), true);
    assert.equal(hasReport(source({ unknownTypes: [{ type: 'x', count: 1, firstAt: '', example: '' }] })), true);
  });
});

describe('client: dismissed notices', () => {
  function memory(start?: unknown) {
    const kept = new Map<string, unknown>(start === undefined ? [] : [['dismissedNotices', start]]);
    return { get: (key: string) => kept.get(key), update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)) };
  }

  it('stay dismissed, also for another window', async () => {
    const shared = memory();
    await createDismissed(shared).add('a');
    assert.deepEqual([createDismissed(shared).has('a'), createDismissed(shared).has('b')], [true, false]);
  });

  it('are forgotten when there are too many, the oldest first', async () => {
    const dismissed = createDismissed(memory(Array.from({ length: 500 }, (_none, at) => `old${at}`)));
    await dismissed.add('new');
    assert.deepEqual([dismissed.has('old0'), dismissed.has('old1'), dismissed.has('new')], [false, true, true]);
  });

  it('survive what is no list', () => {
    assert.equal(createDismissed(memory('nonsense')).has('a'), false);
    assert.equal(createDismissed(memory([1, 'a'])).has('a'), true);
  });
});
