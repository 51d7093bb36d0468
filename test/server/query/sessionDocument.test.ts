import assert from 'node:assert/strict';
import { sessionDocument } from '../../../server/query/sessionDocument.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import type { ChatMessage } from '../../../shared/session.ts';

const summary: SessionDocument['session'] = {
  id: 'tool:1', kind: 'chat', source: 'tool', title: 'T', workspace: null, startedAt: '', endedAt: '',
  turns: 0, prompts: 0, replies: 0, toolExecutions: 0, usage: {},
};

function record(id: string, type: string, data: unknown): DaybookRecord {
  return { specversion: '1.0', id, source: 'tool', type: `dev.daybook.${type}`, time: `2026-11-20T10:00:0${id}.000Z`, sessionid: 'tool:1', data };
}
const says = (id: string, role: ChatMessage['role'], more: Partial<ChatMessage> = {}): DaybookRecord =>
  record(id, 'chat.message', { role, parts: [], ...more });
const turns = (...records: DaybookRecord[]): string[] =>
  sessionDocument(summary, records).turns.map((turn) => turn.records.map(({ id }) => id).join(''));

describe('sessionDocument', () => {
  it('begins a turn with each prompt', () => {
    assert.deepEqual(turns(says('1', 'user'), says('2', 'assistant'), says('3', 'tool'), says('4', 'user'), says('5', 'assistant')), ['123', '45']);
  });

  it('lets the first turn have no prompt', () => {
    assert.deepEqual(turns(says('1', 'assistant'), says('2', 'user')), ['1', '2']);
  });

  it('takes nothing for a prompt that no person asked here', () => {
    const others = [says('2', 'user', { synthetic: true }), says('3', 'user', { copied: true }), record('4', 'chat.unknown', {})];
    assert.deepEqual(turns(says('1', 'user'), ...others), ['1234']);
  });

  it('leaves out what a fuller source of the session says too', () => {
    assert.deepEqual(turns(says('1', 'user'), says('2', 'user', { copied: true, twin: true }), says('3', 'assistant')), ['13']);
  });

  it('gives a coding session one turn, and an empty one none', () => {
    assert.deepEqual(turns(record('1', 'event.editor.saved', {}), record('2', 'tool_execution.terminal.command', {})), ['12']);
    assert.deepEqual(turns(), []);
  });

  it('numbers turns and says when they were', () => {
    const [, second] = sessionDocument(summary, [says('1', 'user'), says('2', 'user'), says('4', 'assistant')]).turns;
    assert.deepEqual([second?.index, second?.startedAt, second?.endedAt], [2, '2026-11-20T10:00:02.000Z', '2026-11-20T10:00:04.000Z']);
  });

  it('says where the session was read from, by its latest header, which is no part of a turn', () => {
    const header = (id: string, origin: string): DaybookRecord => record(id, 'chat.session', { fidelity: 'full', format: 'x', origin });
    const { session, turns: shown } = sessionDocument(summary, [header('1', '/old'), says('2', 'user'), header('3', '/new')]);
    assert.deepEqual([session.origin, shown.map(({ records }) => records.length)], ['/new', [1]]);
    assert.ok(!('origin' in sessionDocument(summary, []).session));
  });
});
