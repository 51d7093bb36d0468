import assert from 'node:assert/strict';
import { join } from 'node:path';
import { quarter } from '../../support/demo/quarter.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';
import { openStore } from '../../../server/store/store.ts';

describe('statistics over the protocol', () => {
  let server: RunningServer | undefined;
  // Before the folder is removed under its feet.
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });
  const at = folderForEachTest();

  it('answer for a range and a workspace, and refuse what makes no sense', async () => {
    const store = openStore(join(at.path, 'data'));
    store.write((batch) => batch.append(quarter(Date.now(), 10)));
    store.close();
    server = await startServer({ settings: { dataDirectory: join(at.path, 'data') }, home: join(at.path, 'home') });
    const all = await server.request('daybook/statistics', {});
    const shop = await server.request('daybook/statistics', { days: 30, workspace: 'file:///home/ada/shop' });
    assert.ok(all.commands.runs > shop.commands.runs && shop.commands.runs > 0, JSON.stringify([all.commands, shop.commands]));
    const busiest = all.days.toSorted((a, b) => b.records - a.records)[0];
    const timeline = await server.request('daybook/timeline', { day: busiest?.day ?? '' });
    assert.equal(timeline.items.length, busiest?.records);
    assert.equal((await server.request('daybook/rates', {})).minutes.length, 60);
    await assert.rejects(server.request('daybook/timeline', { day: 'yesterday' }), /yesterday is no day/);
    await assert.rejects(server.request('daybook/statistics', { days: 0 }));
  }).timeout(30_000);
});
