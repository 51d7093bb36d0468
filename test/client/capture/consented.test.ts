import assert from 'node:assert/strict';
import { underConsent } from '../../../client/capture/consented.ts';
import type { ShortRecord } from '../../../shared/record.ts';

describe('client: a queue under consent', () => {
  it('takes what the folder allows at that moment, and the least where several may be meant', () => {
    const added: ShortRecord[] = [];
    const levels: Record<string, 'off' | 'metadata' | 'full'> = { open: 'full', shut: 'off' };
    const queue = underConsent(
      { add: (record) => void added.push(record), flush: () => Promise.resolve() },
      (folder) => (folder === undefined ? 'metadata' : levels[folder]) ?? 'full',
    );
    const window = { id: '1', family: 'events', kind: 'window.idle', data: { focused: true } } as const;
    const files = { id: '2', family: 'events', kind: 'files.changed', workspace: 'open', data: { count: 1, names: ['acme'] } } as const;
    for (const record of [window, { ...window, workspace: 'open' }, { ...window, workspace: 'shut' }, files]) queue.add(record);
    levels['open'] = 'off';
    queue.add({ ...window, workspace: 'open' });
    assert.deepEqual(added, [
      { ...window, consent: 'metadata' }, { ...window, workspace: 'open' }, { ...files, data: { count: 1, names: [] }, consent: 'metadata' },
    ]);
  });
});
