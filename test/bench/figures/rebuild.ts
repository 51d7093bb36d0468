import { join } from 'node:path';
import { createIngest } from '../../../server/ingest/pipeline.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import { contentHash, revisionId } from '../../../server/store/indexer.ts';
import { openStore } from '../../../server/store/store.ts';
import { alternate, ratioRow, seconds, type Figure } from '../figure.ts';
import { batches, workload } from '../workload.ts';

export const rebuild: Figure = {
  name: 'rebuild',
  async measure(bench) {
    const all = [...workload(20_000, 18)];
    const ingested = async (folder: string): Promise<number> => {
      const store = openStore(folder);
      const pipeline = createIngest({ store, redactor: createRedactor(), hashes: { contentHash, revisionId } });
      const taken = await seconds(async () => {
        for (const records of batches(all, 500)) await pipeline.submit({ records, source: 'bench' });
      });
      store.close();
      return taken;
    };
    const folder = join(bench.folder(), 'data');
    await ingested(folder);
    const measured = await alternate(bench.runs, async () => {
      const store = openStore(folder);
      const taken = await seconds(() => store.rebuild());
      store.close();
      return all.length / taken;
    }, async () => all.length / await ingested(join(bench.folder(), 'data')));
    return [ratioRow({ figure: 'rebuild of the index from the journal', unit: 'records/s', against: 'first ingest', ...measured }, { atLeast: 1.5 })];
  },
};
