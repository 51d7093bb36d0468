import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { RetentionResult, RetentionStatus } from '../../../shared/retention.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';
import { daybook, type Outcome } from './running.ts';

const word = 'zanzibarquince';
const dayMs = 86_400_000;

describe('daybook retention', () => {
  const at = folderForEachTest();
  const run = (args: readonly string[], more: { input?: string; isTerminal?: boolean } = {}): Promise<Outcome> => daybook(['retention', ...args], { folder: at.path, ...more });
  const old = new Date(Date.now() - 500 * dayMs).toISOString();

  beforeEach(async () => {
    const events = [{ id: 'old', data: { text: word }, time: old }, { id: 'new', data: { text: 'three' } }];
    const input = events.map((event) => JSON.stringify({ family: 'events', kind: 'note', ...event })).join('\n');
    assert.equal((await daybook(['record'], { folder: at.path, input })).code, 0);
  });

  it('says what is kept how long and what would go, plans it, and keeps it', async () => {
    const preview = await run([]);
    assert.equal(preview.code, 0);
    assert.match(preview.out, new RegExp(`^Kept: events 365 days; everything else for ever\\. What goes waits 14 days\\. Pinned sessions stay\\.
Would go now: 1 record, [\\d.]+ KB of [\\d.]+ KB\\.
  1 event older than 365 days, from ${old.slice(0, 10)} to ${old.slice(0, 10)}: [\\d.]+ KB\n$`));
    assert.match((await run(['run'])).out, /\nOn \d+ [A-Z][a-z]+ \d{4}, 1 event older than 365 days will go \([\d.]+ KB\)\. Keep it with: daybook retention undo\n$/);
    const doctor = await daybook(['doctor'], { folder: at.path, importers: [] });
    assert.match(doctor.out, /retention.*1 event older than 365 days will go/);
    assert.equal((await run(['undo'])).out, 'It stays. No plan is made by itself until the policy changes.\n');
    assert.equal((await run(['undo'])).out, 'Nothing waits to go.\n');
    const status = JSON.parse((await run(['--json'])).out) as RetentionStatus;
    assert.deepEqual([status.plan, status.kept, status.preview.records, status.lastResult], [null, true, 1, null]);
    assert.match((await run([])).out, /Somebody kept what would go; daybook retention run plans it again\.\n$/);
    assert.equal((await daybook(['show', 'old'], { folder: at.path })).code, 0);
  });

  it('lets go at once what a person says yes to, and nothing else', async () => {
    assert.deepEqual(await run(['run', '--now']), { code: 1, out: '', err: 'daybook: Nobody is there to be asked, so nothing went. Look with daybook retention, then say --yes.\n' });
    const no = await run(['run', '--now'], { input: 'y\n', isTerminal: true });
    assert.deepEqual([no.code, no.out], [1, '']);
    assert.match(no.err, /Would go now: 1 record.*Type yes to go on: daybook: Nothing went\.\n$/s);
    const yes = await run(['run', '--now'], { input: 'yes\n', isTerminal: true });
    assert.match(yes.out, /^On \d+ [A-Z][a-z]+ \d{4}, 1 record went: 1 file, \d+\.\d (?:KB|B) of the journal\.\n$|^On .* 1 record went: 1 file, \d+ B of the journal\.\n$/);
    assert.deepEqual(traces(join(at.path, 'data'), word), []);
    assert.equal((await daybook(['show', 'new'], { folder: at.path })).code, 0);
    const { records } = JSON.parse((await run(['run', '--now', '--json'])).out) as RetentionResult;
    assert.equal(records, 0);
    const { lastResult } = JSON.parse((await run(['--json'])).out) as RetentionStatus;
    assert.deepEqual([lastResult?.trigger, lastResult?.records, lastResult?.files, lastResult?.errors], ['manual', 1, 1, []]);
  });
});
