import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { createSchedule } from '../../../server/lsp/schedule.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer } from '../../support/languageServer.ts';

const never = (message?: string): void => assert.fail(message);

describe('the schedule of exports', () => {
  it('is asked when something happens once one may be due, one at a time, when all is read', async () => {
    const asked: number[] = [];
    let isReady = false;
    let next = 0;
    let done = 0;
    const schedule = createSchedule({
      core: { carryOut: (_list, { now }) => Promise.resolve({ next: (asked.push(now), next), isNew: true }) },
      exports: () => [{}], isReady: () => isReady, onDone: () => done++, onTrouble: never,
    });
    schedule.look();
    assert.deepEqual(asked, [], 'what is not read yet would be missing');
    isReady = true;
    schedule.look();
    schedule.look();
    await setImmediate();
    assert.deepEqual([asked.length, done], [1, 1]);
    next = Infinity;
    schedule.look();
    await setImmediate();
    schedule.look();
    await setImmediate();
    assert.equal(asked.length, 2, 'nothing is due any more');
    schedule.changed();
    await schedule.stop();
    schedule.changed();
    assert.equal(asked.length, 3);
  });

  it('says what went wrong, and nothing of what was stopped', async () => {
    const said: string[] = [];
    const onTrouble = (message: string): void => void said.push(message);
    const failing = createSchedule({ core: { carryOut: () => Promise.reject(new Error('no disk')) }, exports: () => [{}], isReady: () => true, onDone: never, onTrouble });
    failing.look();
    await failing.stop();
    const stopped = createSchedule({
      core: { carryOut: (_list, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))) },
      exports: () => [{}], isReady: () => true, onDone: never, onTrouble,
    });
    stopped.look();
    await stopped.stop();
    assert.deepEqual(said, []);
    const again = createSchedule({ core: { carryOut: () => Promise.reject(new Error('no disk')) }, exports: () => [{}], isReady: () => true, onDone: never, onTrouble });
    again.look();
    await setImmediate();
    assert.deepEqual(said, ['Scheduled exports could not be carried out: no disk']);
  });

  const at = folderForEachTest();

  it('is kept by the server: with a setting, at the next start, and said in Health', async function () {
    this.timeout(30_000);
    const out = join(at.path, 'out');
    const settings = { dataDirectory: join(at.path, 'data') };
    const entry = { format: 'csv', folder: out, every: 'day' };
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    const home = join(at.path, 'home');
    let server = await startServer({ settings, home });
    await server.request('daybook/record', { records: [{ family: 'events', kind: 'note', time: yesterday, data: {} }] });
    await server.notify('workspace/didChangeConfiguration', { settings: { ...settings, exports: [entry] } });
    const expected = [`events_${yesterday.slice(0, 10)}.csv`];
    while (!existsSync(join(out, expected[0] ?? ''))) await sleep(20);
    while (existsSync(join(at.path, 'data/exports.lock'))) await sleep(20);
    assert.deepEqual(readdirSync(out), expected);
    await server.stop();
    server = await startServer({ settings: { ...settings, exports: [entry, { format: 'jsonl', folder: out, every: 'day' }] }, home });
    while (!existsSync(join(out, `jsonl_${yesterday.slice(0, 10)}.jsonl`))) await sleep(20);
    while (existsSync(join(at.path, 'data/exports.lock'))) await sleep(20);
    assert.deepEqual(readdirSync(out), [...expected, `jsonl_${yesterday.slice(0, 10)}.jsonl`]);
    const { sources } = await server.request('daybook/health', {});
    assert.deepEqual(sources[0]?.notes.map(({ state, code }) => [state, code]), [['ok', 'scheduled-export'], ['ok', 'scheduled-export']]);
    await server.stop();
  });
});
