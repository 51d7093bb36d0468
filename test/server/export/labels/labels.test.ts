import assert from 'node:assert/strict';
import { labelsOf, preferencesOf, rewardsOf } from '../../../../server/export/labels/labels.ts';
import type { Label } from '../../../../server/export/labels/label.ts';
import { typeOf, type DaybookRecord, type ShortRecord } from '../../../../shared/record.ts';
import type { SessionDocument } from '../../../../shared/results.ts';
import type { ChatMessage } from '../../../../shared/session.ts';
import { ask, chat, proven, reply, use } from '../proven.ts';

const whole = (records: readonly ShortRecord[]): DaybookRecord[] => records.map(({ id = '', family, kind, time = '', data, workspace }) => ({
  specversion: '1.0', id, source: 'test', time, data, type: typeOf(family, kind), ...(workspace !== undefined && { workspace }),
}));

function documentOf(given: readonly ShortRecord[], workspace: string | null = null): SessionDocument {
  const records = whole(given);
  const [startedAt, endedAt] = [records[0]?.time ?? '', records.at(-1)?.time ?? ''];
  return {
    session: { id: 's', kind: 'chat', source: 'test', title: '', workspace, startedAt, endedAt, turns: 1, prompts: 1, replies: 1, toolExecutions: 0, usage: {} },
    turns: [{ index: 1, startedAt, endedAt, records }],
  };
}

/** That a call was let through or refused is said of each, and would only be in the way. */
const outcomesOf = (document: SessionDocument): Label[] => labelsOf(document).filter(({ kind }) => !kind.startsWith('call-') || kind === 'call-replaced');
const labels = (...messages: readonly ChatMessage[]): string[] => outcomesOf(documentOf(chat('x', messages))).map(({ kind, records }) => `${kind}: ${records.map((id) => id.slice(2)).join(' ')}`);
const of = (session: string): SessionDocument => documentOf(proven.filter((record) => record.session === `proven:${session}`));
const kindsOf = (session: string): string[] => outcomesOf(of(session)).map(({ kind, records }) => `${kind}: ${records.join(' ')}`);

describe('labels', () => {
  it('name a call that failed or was refused with the one that replaced it', () => {
    assert.deepEqual(kindsOf('calls'), ['call-replaced: calls/1 calls/2 calls/5 calls/6', 'call-replaced: calls/9 calls/10 calls/12 calls/13']);
    const [first, second] = preferencesOf(of('calls'));
    assert.deepEqual(first?.before.map(({ text }) => text), ['Rename the port']);
    assert.deepEqual(second?.before.at(-1)?.text, 'Now test it');
  });

  it('need the same tool, the same file, other arguments, and no question in between after a failure', () => {
    const fails = use('a', 'Edit', { file_path: '/a', old: 1 }, 'failed');
    assert.deepEqual(labels(ask('Q'), ...fails, ...use('b', 'Edit', { file_path: '/a', old: 2 }, 'succeeded')), ['call-replaced: 1 2 3 4']);
    for (const [name, input] of [['Write', { file_path: '/a', old: 2 }], ['Edit', { file_path: '/b', old: 2 }], ['Edit', { file_path: '/a', old: 1 }], ['Edit', {}]] as const) {
      assert.deepEqual(labels(ask('Q'), ...fails, ...use('b', name, input, 'succeeded')), [], JSON.stringify([name, input]));
    }
    assert.deepEqual(labels(ask('Q'), ...fails, ask('So?'), ...use('b', 'Edit', { file_path: '/a', old: 2 }, 'succeeded')), []);
    assert.deepEqual(labels(ask('Q'), ...fails, ...use('b', 'Edit', { file_path: '/a', old: 2 }, 'unknown')), []);
    const copied = use('b', 'Edit', { file_path: '/a', old: 2 }, 'succeeded', { copied: true });
    assert.deepEqual(labels(ask('Q'), ...fails, ...copied), [], 'what is replayed is labelled where it happened');
  });

  it('take an exit code for what it says', () => {
    const run = (id: string, command: string, exitCode: number): ChatMessage[] => [
      { role: 'assistant', parts: [{ type: 'tool_call', id, name: 'shell', arguments: { command: ['bash', '-lc', command] } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id, status: 'succeeded', exitCode }] },
    ];
    assert.deepEqual(labels(ask('Q'), ...run('a', 'make all', 2), ...run('b', 'make one', 0)), ['call-replaced: 1 2 3 4']);
    assert.deepEqual(labels(ask('Q'), ...run('a', 'make all', 0), ...run('b', 'make one', 0)), []);
  });

  it('name an answer that was taken back; a pair is made of it only where the same was asked again', () => {
    assert.deepEqual(kindsOf('rewind'), ['answer-taken-back: rewind/0 rewind/1 rewind/2 rewind/3']);
    const [pair] = preferencesOf(of('rewind'));
    assert.deepEqual([pair?.before, pair?.chosen, pair?.rejected].map((steps) => steps?.map(({ text }) => text)), [['Why?'], ['Because of the cache.'], ['No idea.']]);
    const gone = { superseded: true } as const;
    const other = [ask('First'), reply('One'), ask('Second', gone), reply('Two', gone), ask('Third', gone), reply('Three', gone), ask('Other'), reply('Four')];
    assert.deepEqual(labels(...other), ['answer-taken-back: 2 3 6 7', 'answer-taken-back: 4 5 6 7']);
    assert.deepEqual(preferencesOf(documentOf(chat('x', other))), []);
    assert.deepEqual(labels(ask('First', gone), reply('One', gone)), ['answer-taken-back: 0 1'], 'nothing was asked again');
    const twice = [ask('Q', gone), reply('One', gone), ask('Q', gone), reply('Two', gone), ask('Q'), reply('Three')];
    assert.deepEqual(preferencesOf(documentOf(chat('x', twice))).map(({ rejected }) => rejected[0]?.text), ['One', 'Two']);
  });

  it('name the edits between a command that failed and the same command that passed, in chats and in the editor', () => {
    assert.deepEqual(kindsOf('fixed'), ['command-fixed: fixed/1 fixed/2 fixed/3 fixed/4 fixed/5 fixed/6']);
    assert.deepEqual(kindsOf('code'), ['command-fixed: code/1 code/2 code/5']);
    const test = (id: string, status: 'failed' | 'succeeded', command = 'make'): ChatMessage[] => use(id, 'Bash', { command }, status);
    assert.deepEqual(labels(ask('Q'), ...test('a', 'failed'), ...test('b', 'succeeded')), [], 'no edit: it was luck');
    assert.deepEqual(labels(ask('Q'), ...test('a', 'failed'), ...use('e', 'Edit', { file_path: '/a' }, 'failed'), ...test('b', 'succeeded')), [], 'the edit was not made');
    assert.deepEqual(labels(ask('Q'), ...test('a', 'failed'), ...use('e', 'Edit', { file_path: '/a' }, 'succeeded'), ...test('b', 'failed'), ...test('c', 'succeeded')), [], 'not that edit');
  });

  it('name another command after which the one that failed passed, unless it only shows something', () => {
    const run = (id: string, command: string, status: 'failed' | 'succeeded'): ChatMessage[] => use(id, 'Bash', { command }, status);
    assert.deepEqual(labels(ask('Q'), ...run('a', 'make', 'failed'), ...run('b', 'ls', 'succeeded'), ...run('c', 'npm install', 'succeeded'), ...run('d', 'make', 'succeeded')), ['command-fixed-by-command: 1 2 5 6 7 8']);
    assert.deepEqual(labels(ask('Q'), ...run('a', 'make', 'failed'), ...run('b', 'git status', 'succeeded'), ...run('d', 'make', 'succeeded')), []);
  });

  it('say of each call whether it was let through', () => {
    const of = (status: 'succeeded' | 'failed' | 'denied' | 'cancelled' | 'unknown'): string[] => labelsOf(documentOf(chat('x', [ask('Q'), ...use('a', 'Bash', { command: 'make' }, status)]))).map(({ kind }) => kind);
    assert.deepEqual([of('succeeded'), of('failed'), of('denied'), of('cancelled'), of('unknown')], [['call-accepted'], ['call-accepted'], ['call-rejected'], ['call-rejected'], []]);
  });

  describe('of what happened to an edit', () => {
    const later = whole(proven.filter(({ session }) => session === 'proven:seen')).sort((a, b) => (a.time < b.time ? -1 : 1));
    const document = documentOf(proven.filter(({ session }) => session === 'proven:outcomes'), 'file:///home/ada/app');
    const edits = (records: readonly DaybookRecord[], minutes = 15): string[] => labelsOf(document, { later: records, minutes }).filter(({ kind }) => kind.startsWith('edit-')).map(({ kind, records: ids }) => `${kind}: ${ids.join(' ')}`);

    it('tell what was kept, changed, taken out and restored, each with its proof', () => {
      assert.deepEqual(edits(later), [
        'edit-kept: outcomes/1 outcomes/2 seen/witness',
        'edit-changed: outcomes/5 outcomes/6 seen/change',
        'edit-reverted: outcomes/7 outcomes/8 seen/back',
        'edit-reverted: outcomes/9 outcomes/10 seen/restore',
        'edit-kept: outcomes/13 outcomes/14 seen/commit',
      ]);
    });

    it('are none where nobody looked, somebody touched the file unseen, or the minutes were over', () => {
      const without = (...ids: string[]): string[] => edits(later.filter(({ id }) => !ids.includes(id.slice(5))));
      assert.ok(!without('witness').some((label) => label.includes('outcomes/1 ')));
      const [first] = later;
      assert.ok(first);
      const touched: DaybookRecord = { ...first, id: 'touch', type: 'dev.daybook.event.file.changed', time: new Date(Date.parse(first.time) + 60_000).toISOString(), data: { uri: 'file:///home/ada/app/kept.ts' } };
      assert.ok(!edits([...later, touched].sort((a, b) => (a.time < b.time ? -1 : 1))).some((label) => label.includes('outcomes/1 ')));
      const echo = { ...touched, time: first.time };
      assert.ok(edits([echo, ...later]).some((label) => label.includes('outcomes/1 ')), 'its own writing is no touch');
      assert.ok(!without('change').some((label) => label.startsWith('edit-changed')));
      assert.deepEqual(edits([]), [], 'nothing is known');
      const elsewhere = later.map((record) => ({ ...record, workspace: 'file:///elsewhere' }));
      assert.ok(!edits(elsewhere).some((label) => label.includes('witness')));
    });

    it('tell the next test run after the edits of a turn', () => {
      const tests = labelsOf(document, { later, minutes: 15 }).filter(({ kind }) => kind.startsWith('tests-')).map(({ kind, records }) => `${kind}: ${records.join(' ')}`);
      assert.deepEqual(tests, ['tests-passed: outcomes/1 outcomes/2 seen/test', 'tests-failed: outcomes/13 outcomes/14 seen/failing']);
    });

    it('become pairs and rewards, each call once', () => {
      const pairs = preferencesOf(document, { later, minutes: 15 });
      assert.deepEqual(pairs.map(({ label, chosen, rejected }) => [label.kind, label.records, chosen.length, rejected.length]), [
        ['edit-reverted', ['outcomes/7', 'outcomes/8', 'seen/back', 'outcomes/13', 'outcomes/14', 'seen/commit'], 1, 1],
      ]);
      const rewards = rewardsOf(document, { later, minutes: 15 }).map(({ label, isGood, before, completion }) => [label.kind, isGood, before.at(-1)?.text, completion.length]);
      assert.deepEqual(rewards, [
        ['edit-kept', true, 'Round the prices', 1], ['edit-reverted', false, '', 1], ['edit-reverted', false, '', 1], ['edit-kept', true, 'Not like that', 1],
        ['tests-passed', true, 'Round the prices', 2], ['tests-failed', false, 'Not like that', 2],
      ]);
    });
  });
});
