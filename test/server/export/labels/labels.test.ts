import assert from 'node:assert/strict';
import { labelsOf, preferencesOf } from '../../../../server/export/labels/labels.ts';
import type { ShortRecord } from '../../../../shared/record.ts';
import type { SessionDocument } from '../../../../shared/results.ts';
import type { ChatMessage } from '../../../../shared/session.ts';
import { ask, chat, proven, reply, use } from '../proven.ts';

function documentOf(records: readonly ShortRecord[]): SessionDocument {
  const whole = records.map(({ id = '', family, kind, time = '', data }) => ({
    specversion: '1.0' as const, id, source: 'test', time, data, type: `dev.daybook.${{ chats: 'chat', events: 'event', tool_executions: 'tool_execution' }[family as 'chats']}.${kind}`,
  }));
  const [startedAt, endedAt] = [whole[0]?.time ?? '', whole.at(-1)?.time ?? ''];
  return {
    session: { id: 's', kind: 'chat', source: 'test', title: '', workspace: null, startedAt, endedAt, turns: 1, prompts: 1, replies: 1, toolExecutions: 0, usage: {} },
    turns: [{ index: 1, startedAt, endedAt, records: whole }],
  };
}

const labels = (...messages: readonly ChatMessage[]): string[] => labelsOf(documentOf(chat('x', messages))).map(({ kind, records }) => `${kind}: ${records.map((id) => id.slice(2)).join(' ')}`);
const of = (session: string): SessionDocument => documentOf(proven.filter((record) => record.session === `proven:${session}`));
const kindsOf = (session: string): string[] => labelsOf(of(session)).map(({ kind, records }) => `${kind}: ${records.join(' ')}`);

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
});
