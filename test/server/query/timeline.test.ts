import assert from 'node:assert/strict';
import { daySpan, timelineOf } from '../../../server/query/timeline.ts';
import type { DaybookRecord } from '../../../shared/record.ts';

const time = '2026-11-20T10:00:00.000Z';
const record = (type: string, data: object, more: Partial<DaybookRecord> = {}): DaybookRecord =>
  ({ specversion: '1.0', id: `${type}1`, source: 'vscode', type: `dev.daybook.${type}`, time, data, ...more });

async function items(...records: DaybookRecord[]): ReturnType<typeof timelineOf> {
  return timelineOf({ day: '2026-11-20' }, { since: 0, until: 1 }, { scan: () => records, around: () => ({ before: null, after: 480_000 }), pause: () => Promise.resolve() });
}

describe('timeline', () => {
  it('puts each record into its lane, with what it is about and how long it took', async () => {
    const { items: found, after, before } = await items(
      record('tool_execution.terminal.command', { command: 'npm test', startedAt: '2026-11-20T09:59:50.000Z', exitCode: 1 }, { subject: 'npm test', sessionid: 'coding:1' }),
      record('chat.message', { role: 'user', parts: [{ type: 'text', content: 'Why\n\u202edoes it?' }] }),
      record('chat.message', { role: 'tool', parts: [{ type: 'tool_call_response', id: 'a', status: 'failed' }] }),
      record('event.git.commit', {}, { subject: 'Round prices' }), record('event.editor.edited', { uri: 'file:///a/b.ts', durationMs: 2_000 }),
    );
    const end = Date.parse(time);
    assert.deepEqual(found[0], {
      id: 'tool_execution.terminal.command1', lane: 'commands', start: end - 10_000, end, label: 'npm test', kind: 'terminal.command', source: 'vscode', session: 'coding:1', failed: true,
    });
    assert.deepEqual(found.slice(1).map(({ lane, label, failed, start }) => [lane, label, failed, end - start]), [
      ['chats', 'Why does it?', undefined, 0], ['chats', '', true, 0], ['commits', 'Round prices', undefined, 0], ['edits', 'b.ts', undefined, 2_000],
    ]);
    assert.deepEqual([before, after?.slice(0, 4)], [null, '2024']);
  });

  it('survives payloads of any shape', async () => {
    const odd: unknown[] = [null, 1, 'text', [], { parts: 'x' }, { parts: [null, 3] }, { startedAt: 'never', durationMs: -5 }, { startedAt: '2030-01-01T00:00:00Z' }];
    const { items: found } = await items(...odd.map((data) => ({ ...record('chat.message', {}), data })));
    assert.deepEqual(found.map(({ start, end }) => end - start), odd.map(() => 0));
  });

  it('knows days that are none', () => {
    assert.deepEqual([daySpan('2026-02-30'), daySpan('yesterday'), daySpan('2026-13-01')], [undefined, undefined, undefined]);
    const span = daySpan('2026-11-20');
    assert.equal(new Date(span?.since ?? 0).getHours(), 0);
  });
});
