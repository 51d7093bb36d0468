import assert from 'node:assert/strict';
import { atMost, consentAmong, consentIn, limited, readConsent } from '../../shared/consent.ts';
import type { Consented } from '../../shared/consent.ts';

const command: Consented = {
  family: 'tool_executions', kind: 'terminal.command', subject: 'cat plan.md',
  data: { command: 'cat plan.md', cwd: '/home/a', exitCode: 0, status: 'succeeded', startedAt: 't', durationMs: 3, output: 'the plan', terminal: 'bash' },
};
const edit: Consented = {
  family: 'events', kind: 'editor.edited', subject: 'src/plan.ts',
  data: { uri: 'file:///w/src/plan.ts', languageId: 'typescript', changes: 2, ranges: [{ start: 1, end: 2 }], linesAdded: 2, diff: '+the plan' },
};
const commit: Consented = {
  family: 'events', kind: 'git.commit', subject: 'The plan',
  data: { repository: 'file:///w', operation: 'commit', hash: 'abc', message: 'The plan', author: 'Ada', files: { count: 1, names: ['plan.ts'] } },
};

const run: Consented = {
  family: 'events', kind: 'test.run', subject: '1 failed',
  data: {
    runner: 'mocha', parent: 'c', status: 'failed', passed: 0, failed: 1, skipped: 0, reports: { count: 1, names: ['plan.xml'] },
    tests: [{ name: 'holds', suite: ['schedule'], outcome: 'failed', durationMs: 3, message: 'the plan is wrong' }],
  },
};

describe('consent: what is kept', () => {
  it('of tests are names at "no content" and outcomes at "metadata", and messages at neither', () => {
    assert.deepEqual(limited(run, 'no content')?.data, {
      ...(run.data as object), tests: [{ name: 'holds', suite: ['schedule'], outcome: 'failed', durationMs: 3 }],
    });
    assert.deepEqual(limited(run, 'metadata')?.data, {
      runner: '', parent: 'c', status: 'failed', passed: 0, failed: 1, skipped: 0, reports: { count: 1, names: [] },
      tests: [{ name: '', suite: [], outcome: 'failed', durationMs: 3 }],
    });
    const coverage = { format: 'lcov', report: 'plan.info', lines: { found: 2, hit: 1 }, files: [{ path: 'plan.ts', lines: { found: 2, hit: 1 } }] };
    assert.deepEqual(limited({ ...run, kind: 'test.coverage', data: coverage }, 'metadata')?.data, {
      ...coverage, report: '', files: [{ path: '', lines: { found: 2, hit: 1 } }],
    });
  });

  it('is all at full, and nothing at off', () => {
    for (const record of [command, edit, commit]) {
      assert.equal(limited(record, 'full'), record);
      assert.equal(limited(record, 'off'), undefined);
    }
  });

  it('is no content but names at "no content"', () => {
    const kept = [command, edit, commit].map((record) => limited(record, 'no content'));
    assert.doesNotMatch(JSON.stringify(kept), /the plan/i);
    assert.deepEqual(kept.map((record) => record?.subject), ['cat plan.md', 'src/plan.ts', undefined]);
    assert.deepEqual(kept[2]?.data, { repository: 'file:///w', operation: 'commit', hash: 'abc', author: 'Ada', files: { count: 1, names: ['plan.ts'] } });
    assert.ok(kept.every((record) => record?.consent === 'no content'));
  });

  it('is neither name nor content at "metadata", and the shape of the payload stays', () => {
    const kept = [command, edit, commit].map((record) => limited(record, 'metadata'));
    assert.doesNotMatch(JSON.stringify(kept), /[Pp]lan|Ada|home|abc|bash/);
    assert.deepEqual(kept.map((record) => record?.subject), [undefined, '*.ts', undefined]);
    assert.deepEqual(kept[0]?.data, { command: '', cwd: '', exitCode: 0, status: 'succeeded', startedAt: 't', durationMs: 3, terminal: '' });
    assert.deepEqual(kept[1]?.data, { uri: '', languageId: 'typescript', changes: 2, ranges: [{ start: 1, end: 2 }], linesAdded: 2 });
    assert.deepEqual(kept[2]?.data, { repository: '', operation: '', hash: '', author: '', files: { count: 1, names: [] } });
  });

  it('says no extension of a file that is called by it, or that has a long one', () => {
    for (const subject of ['.env', 'src/.secret', 'a.thenameofacustomer']) assert.equal(limited({ ...edit, subject }, 'metadata')?.subject, undefined, subject);
  });

  it('is the same when it is done twice, and never more than when it was observed', () => {
    for (const record of [command, edit, commit]) {
      for (const level of ['metadata', 'no content'] as const) {
        const once = limited(record, level);
        assert.ok(once);
        assert.deepEqual(limited(once, level), once);
        assert.deepEqual(limited(once, 'full'), once);
      }
      assert.deepEqual(limited({ ...record, consent: 'full' }, 'full'), record);
      assert.equal(limited({ ...record, consent: 'off' }, 'full'), undefined);
    }
  });

  it('is no payload of others, no conversation, and no name of an extension', () => {
    const other: Consented = { family: 'events', kind: 'deploy', subject: 'shop', data: { uri: 'u', count: 5 } };
    assert.deepEqual(limited(other, 'no content'), { ...other, data: {}, consent: 'no content' });
    assert.equal(limited({ family: 'chats', kind: 'message', data: {} }, 'no content'), undefined);
    assert.equal(limited({ family: 'events', kind: 'extension.installed', data: { id: 'a.b' } }, 'metadata'), undefined);
  });

  it('is what Daybook says of its own holes', () => {
    const gap: Consented = { family: 'events', kind: 'source.gap', data: { code: 'c', message: 'm' } };
    assert.deepEqual(limited(gap, 'metadata'), { ...gap, consent: 'metadata' });
  });
});

describe('consent: whose level holds', () => {
  const consent = readConsent({ default: 'full', folders: { 'file:///w/': 'metadata', 'file:///w/open': 'no content', 'file:///x': 'of' } });

  it('is that of the folder, or of the nearest above it, or the default', () => {
    const levels = ['file:///w', 'file:///w/a/b', 'file:///w/open/c', 'file:///wide', 'file:///x'].map((folder) => consentIn(consent, folder));
    assert.deepEqual(levels, ['metadata', 'metadata', 'no content', 'full', 'off']);
  });

  it('is the most careful one for what belongs to no folder', () => {
    assert.equal(consentAmong(consent, ['file:///y', 'file:///w'], undefined), 'metadata');
    assert.equal(consentAmong(consent, ['file:///y', 'file:///w'], 'file:///y'), 'full');
    assert.equal(consentAmong(consent, [], undefined), 'full');
  });

  it('has a ceiling where a folder is not trusted', () => {
    const careful = atMost('metadata', consent);
    assert.deepEqual(['file:///w/open', 'file:///y', 'file:///x'].map((folder) => consentIn(careful, folder)), ['metadata', 'metadata', 'off']);
  });

  it('is off where the setting is not understood', () => {
    assert.equal(readConsent({ default: 'everything' }).default, 'off');
    assert.equal(readConsent({ folders: 'off' }).default, 'off');
    assert.deepEqual(readConsent(), { default: 'full', folders: {} });
  });
});
