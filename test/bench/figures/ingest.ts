import Database from 'better-sqlite3';
import { join } from 'node:path';
import { createIngest } from '../../../server/ingest/pipeline.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import { contentHash, revisionId } from '../../../server/store/indexer.ts';
import { openStore } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { alternate, ratioRow, seconds, type Bench, type Figure } from '../figure.ts';
import { batches, workload } from '../workload.ts';

const chunk = 20_000;

/** Producers that hand in their records at the same time, as several windows and importers do. */
export const ingest: Figure = {
  name: 'ingest',
  async measure(bench) {
    const all = [...workload(chunk * bench.runs, 11)];
    const store = openStore(join(bench.folder(), 'data'));
    const pipeline = createIngest({ store, redactor: createRedactor(), hashes: { contentHash, revisionId } });
    const parts = [...batches(all, chunk)];
    const plain = openPlain(bench);
    let run = 0;
    const measured = await alternate(bench.runs, async () => {
      const part = parts[run] ?? [];
      return part.length / await seconds(() => Promise.all([...batches(part, 250)].map((records) => pipeline.submit({ records, source: 'bench' }))));
    }, () => plain.insert(parts[run++] ?? []));
    store.close();
    plain.close();
    return [ratioRow({ figure: 'sustained ingest: validate, redact, journal, index with full text', unit: 'records/s', against: 'plain insert', ...measured }, { atLeast: 0.12 })];
  },
};

export const storeOnly: Figure = {
  name: 'store only',
  async measure(bench) {
    const parts = [...batches(workload(chunk * bench.runs, 12), chunk)];
    const store = openStore(join(bench.folder(), 'data'), { fullText: false });
    const plain = openPlain(bench);
    let run = 0;
    const measured = await alternate(bench.runs, async () => {
      const part = parts[run] ?? [];
      return part.length / await seconds(() => {
        for (const records of batches(part, 1_000)) store.write((batch) => batch.append(records));
      });
    }, () => plain.insert(parts[run++] ?? []));
    store.close();
    plain.close();
    return [ratioRow({ figure: 'journal and store, without redaction and full text', unit: 'records/s', against: 'plain insert', ...measured }, { atLeast: 0.4 })];
  },
};

/** A table without an index, in batches of 1,000. */
function openPlain(bench: Bench): { insert(records: readonly DaybookRecord[]): Promise<number>; close(): void } {
  const database = new Database(join(bench.folder(), 'plain.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.exec('CREATE TABLE record (time TEXT, source TEXT, type TEXT, session TEXT, data TEXT)');
  const insert = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?)');
  const write = database.transaction((records: readonly DaybookRecord[]) => {
    for (const { time, source, type, sessionid, data } of records) insert.run(time, source, type, sessionid, JSON.stringify(data));
  });
  return {
    insert: async (records) => records.length / await seconds(() => {
      for (const batch of batches(records, 1_000)) write(batch);
    }),
    close: () => database.close(),
  };
}
