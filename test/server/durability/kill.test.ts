import assert from 'node:assert/strict';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { openStore } from '../../../server/store/store.ts';
import type { ShortRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer } from '../../support/languageServer.ts';
import { journalRecords } from './journalFiles.ts';
import { seeded } from './random.ts';
import { thoroughly } from '../../support/thorough.ts';

const kills = thoroughly(12, 200);
/** Requests under way at once, so that the next batch gathers while one is written. */
const producers = 4;

describe('a server that is killed', () => {
  const folder = folderForEachTest();

  it(`keeps every acknowledged record, once, over ${kills} kills in a burst`, async function () {
    this.timeout(240_000);
    const dataDirectory = join(folder.path, 'data');
    const random = seeded(20_261_120);
    const acknowledged = new Set<string>();
    let sent = 0;
    for (let kill = 0; kill < kills; kill++) {
      const server = await startServer({ settings: { dataDirectory }, home: folder.path });
      let isOver = false;
      const { promise: underWay, resolve: begun } = Promise.withResolvers();
      const burst = Array.from({ length: producers }, async () => {
        while (!isOver) {
          const records = Array.from({ length: 1 + Math.floor(random() * 40) }, () => record(sent++, random));
          try {
            const result = await server.request('daybook/record', { records });
            assert.equal(result.accepted, records.length, JSON.stringify(result));
            for (const { id } of records) acknowledged.add(id ?? '');
            begun(undefined);
          } catch (error) {
            if (!isOver) throw error;
          }
        }
      });
      // Mostly in the middle of a burst, however long the machine takes to get there; else while it begins.
      if (kill % 4 > 0) await underWay;
      await new Promise((resolve) => setTimeout(resolve, Math.floor(random() * 120)));
      isOver = true;
      await server.kill();
      await Promise.all(burst);
    }
    assert.ok(acknowledged.size > kills, `only ${acknowledged.size} records were acknowledged: the burst did not run`);
    assertOnce(dataDirectory, acknowledged);
  });
});

function record(number: number, random: () => number): ShortRecord {
  const family = random() < 0.5 ? 'events' as const : 'chats' as const;
  const id = uuidv7();
  const data = { role: 'user', parts: [{ type: 'text', content: `record ${number} ${'x'.repeat(Math.floor(random() * 3_000))}` }] };
  return family === 'chats'
    ? { family, kind: 'message', id, session: `test:${number % 5}`, data }
    : { family, kind: 'note', id, data };
}

/** Reads the journal as plain files, and the index as the next start would. */
function assertOnce(dataDirectory: string, acknowledged: ReadonlySet<string>): void {
  const store = openStore(dataDirectory);
  try {
    store.catchUp();
    const ids = journalRecords(dataDirectory).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, 'a record is in the journal twice');
    const inJournal = new Set(ids);
    for (const id of acknowledged) assert.ok(inJournal.has(id), `${id} was acknowledged and is not in the journal`);
    for (const id of acknowledged) assert.equal(store.queries.record(id)?.id, id, `${id} was acknowledged and is not in the index`);
    assert.equal(store.stats().records, ids.length, 'journal and index do not hold the same');
  } finally {
    store.close();
  }
}
