import assert from 'node:assert/strict';
import { underConsent } from '../../../server/lsp/consent.ts';
import type { ConsentLevel } from '../../../shared/consentLevel.ts';
import type { ShortRecord } from '../../../shared/record.ts';

describe('underConsent', () => {
  let taken: ShortRecord[];
  const levels: Readonly<Record<string, ConsentLevel>> = { shut: 'off', careful: 'metadata' };
  const record = underConsent((folder) => levels[folder ?? ''] ?? 'full', (records) => {
    taken.push(...records);
    const rejected = records.flatMap((each, index) => ((each as ShortRecord | null)?.kind === 'bad' ? [{ line: index + 1, reason: 'bad' }] : []));
    return Promise.resolve({ accepted: records.length - rejected.length, duplicates: 0, rejected });
  });
  beforeEach(() => {
    taken = [];
  });
  const of = (workspace: string, kind = 'note'): ShortRecord => ({ family: 'events', kind, workspace, data: { name: 'acme' } });

  it('turns away what a folder does not allow, and names each by its own line', async () => {
    const { accepted, rejected } = await record([of('shut'), of('open'), of('shut'), of('open', 'bad')], 'lsp');
    assert.equal(accepted, 1);
    assert.deepEqual(rejected.map(({ line }) => line), [1, 3, 4]);
    assert.deepEqual(taken, [of('open'), of('open', 'bad')]);
  });

  it('cuts down whole events as well as short forms', async () => {
    const event = { specversion: '1.0', id: 'i', source: 's', type: 'dev.daybook.event.note', time: 't', workspace: 'careful', data: { name: 'acme' } };
    await record([of('careful'), event as unknown as ShortRecord], 'lsp');
    assert.deepEqual(taken, [{ ...of('careful'), data: {}, consent: 'metadata' }, { ...event, data: {}, consent: 'metadata' }]);
  });

  it('asks nobody to store nothing, and leaves what is no record to those who know', async () => {
    assert.deepEqual((await record([of('shut')], 'lsp')).rejected.map(({ line }) => line), [1]);
    assert.deepEqual(taken, []);
    await record([null, 5] as unknown as ShortRecord[], 'lsp');
    assert.deepEqual(taken, [null, 5]);
  });
});
