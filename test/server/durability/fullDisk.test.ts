import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../../../shared/protocol.ts';
import { faultsVariable, type FaultPlan } from '../../support/faultPlan.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { itThoroughly } from '../../support/itThoroughly.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';
import { journalRecords } from './journalFiles.ts';

const preload = import.meta.resolve('../../support/faults.ts');
const patienceMs = 30_000;

describe('a server whose disk is full', () => {
  const folder = folderForEachTest();
  const isFull = (): string => join(folder.path, 'full');
  const dataDirectory = (): string => join(folder.path, 'data');

  async function start(fault: FaultPlan['fault']): Promise<RunningServer> {
    const plan: FaultPlan = { below: dataDirectory(), while: isFull(), fault };
    return startServer({
      settings: { dataDirectory: dataDirectory() }, home: folder.path,
      launch: { execArgv: ['--import', preload], env: { [faultsVariable]: JSON.stringify(plan) } },
    });
  }

  async function until(server: RunningServer, is: (status: Status) => boolean): Promise<Status> {
    for (const end = Date.now() + patienceMs; ; await sleep(50)) {
      const status = await server.request('daybook/status', {});
      if (is(status) || Date.now() > end) return status;
    }
  }

  const note = (id: string): { records: readonly { family: 'events'; kind: string; id: string; data: unknown }[] } =>
    ({ records: [{ family: 'events', kind: 'note', id, data: {} }] });
  const created = async (server: RunningServer, name: string): Promise<void> =>
    server.notify('workspace/didCreateFiles', { files: [{ uri: `file:///work/${name}` }] });

  for (const [fault, sentence] of [['ENOSPC', /no space left on the disk/], ['EACCES', /no permission/], ['EROFS', /may only be read/], ['EIO', /fails: /]] as const) {
    // Each takes seconds, and they differ in the sentence.
    (fault === 'ENOSPC' ? it : itThoroughly)(`says so, keeps what happens, and goes on by itself (${fault})`, async function () {
      this.timeout(90_000);
      const server = await start(fault);
      try {
        await server.request('daybook/record', note('before'));
        writeFileSync(isFull(), '');
        await assert.rejects(server.request('daybook/record', note('refused')), sentence);
        await created(server, 'meanwhile.ts');
        const status = await server.request('daybook/status', {});
        assert.match(status.trouble?.message ?? '', sentence);
        assert.match(status.attention ?? '', sentence);
        const health = await server.request('daybook/health', {});
        assert.equal(health.state, 'failed');
        assert.match(health.sources[0]?.notes.find(({ code }) => code === 'not-writing')?.message ?? '', sentence);
        assert.equal((await server.request('daybook/search', { query: 'kind:note' })).total, 1, 'what is there is found meanwhile');
        rmSync(isFull());
        // The next thing that happens, once its time has come, is an attempt.
        for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(100)) {
          const isOver = await server.request('daybook/record', note('refused')).then(() => true, () => false);
          if (isOver) break;
        }
        assert.equal((await until(server, ({ trouble }) => trouble === undefined)).trouble, undefined);
        assert.doesNotMatch((await server.request('daybook/status', {})).attention ?? '', sentence);
      } finally {
        await server.stop();
      }
      const records = journalRecords(dataDirectory());
      assert.deepEqual(records.filter(({ type }) => type.endsWith('.note')).map(({ id }) => id).sort(), ['before', 'refused']);
      assert.equal(records.filter(({ type }) => type.endsWith('file.created')).length, 1, 'what happened meanwhile is recorded, once');
    });
  }

  it('does not start in a folder that cannot be made, and says which', async () => {
    writeFileSync(isFull(), '');
    mkdirSync(join(folder.path, 'home'));
    await assert.rejects(start('EACCES'), (error: Error) => error.message.includes(dataDirectory()) && /daybook\.dataDirectory/.test(error.message));
  });
});
