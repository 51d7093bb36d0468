import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultRetention } from '../../../shared/retention.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';

const word = 'zanzibarquince';
const old = new Date(Date.now() - 400 * 86_400_000).toISOString();

describe('retention over LSP', () => {
  const at = folderForEachTest();
  const start = (): Promise<RunningServer> => startServer({ settings: { dataDirectory: join(at.path, 'data'), recording: true, retention: defaultRetention }, home: at.path });
  let server: RunningServer;
  afterEach(() => server.stop());

  async function planned(): Promise<NonNullable<Awaited<ReturnType<typeof status>>>> {
    for (const until = Date.now() + 25_000; Date.now() < until; await pause(50)) {
      const waiting = await status();
      if (waiting) return waiting;
    }
    return assert.fail('no plan was made');
  }

  const status = async () => (await server.request('daybook/status', {})).retention;

  it('is planned once everything was read, said in the status and in Health, and kept where somebody says so', async () => {
    server = await start();
    const record = { family: 'events' as const, kind: 'note', id: 'old', time: old, data: { text: word } };
    await server.request('daybook/record', { records: [record] });
    await server.stop();
    server = await start();
    const { plan, policy } = await planned();
    assert.deepEqual([plan.records, policy], [1, defaultRetention]);
    const health = await server.request('daybook/health', {});
    assert.match(health.sources[0]?.notes.find(({ code }) => code === 'retention-planned')?.message ?? '', /1 event older than 365 days will go/);
    const kept = await server.request('daybook/keepWhatWouldGo', {});
    assert.deepEqual([kept.plan, kept.kept, await status()], [null, true, undefined]);
    const gone = await server.request('daybook/letGo', {});
    assert.deepEqual([gone.lastResult?.records, gone.lastResult?.trigger, gone.preview.records], [1, 'manual', 0]);
    assert.deepEqual(traces(join(at.path, 'data'), word), []);
    assert.equal((await server.request('daybook/search', { query: word })).total, 0);
    const statistics = await server.request('daybook/statistics', {});
    assert.equal(statistics.forecast?.days, 365);
  });
});
