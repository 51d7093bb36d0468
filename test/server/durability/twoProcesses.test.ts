import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openStore } from '../../../server/store/store.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer } from '../../support/languageServer.ts';
import { journalRecords } from './journalFiles.ts';

const each = 5_000;

describe('two servers on one data directory', () => {
  const folder = folderForEachTest();

  it(`keep all ${2 * each} records that they record at once, and what both record, once`, async function () {
    this.timeout(60_000);
    const dataDirectory = join(folder.path, 'data');
    const servers = await Promise.all([0, 1].map(() => startServer({ settings: { dataDirectory }, home: folder.path })));
    await Promise.all(servers.map(async (server, number) => {
      for (let at = 0; at < each; at += 50) {
        const records = Array.from({ length: 50 }, (_, index) => ({
          family: 'events' as const, kind: 'note', id: `test:${number}:${at + index}`, data: { text: `server ${number} record ${at + index}` },
        }));
        const shared = { family: 'events' as const, kind: 'note', id: `test:both:${at}`, data: { text: 'both' } };
        const { accepted, duplicates } = await server.request('daybook/record', { records: [...records, shared] });
        assert.equal(accepted + duplicates, 51);
      }
    }));
    await Promise.all(servers.map((server) => server.stop()));

    const expected = 2 * each + each / 50;
    const ids = journalRecords(dataDirectory).map(({ id }) => id);
    assert.equal(ids.length, expected);
    assert.equal(new Set(ids).size, expected);
    const store = openStore(dataDirectory);
    try {
      assert.equal(store.behind(), 0);
      assert.equal(store.stats().records, expected);
      assert.equal([...store.queries.matches('server')].length, 2 * each);
    } finally {
      store.close();
    }
  });
});
