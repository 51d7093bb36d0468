import { join } from 'node:path';
import { openStore } from '../../../server/store/store.ts';
import { ratioRow, storeBytes, type Figure } from '../figure.ts';
import { batches, workload } from '../workload.ts';

export const disk: Figure = {
  name: 'disk',
  async measure(bench) {
    const fresh = bench.folder();
    const store = openStore(join(fresh, 'data'));
    let raw = 0;
    let count = 0;
    for (const batch of batches(workload(20_000, 14), 500)) {
      store.write((writer) => writer.append(batch));
      raw += batch.reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)) + 1, 0);
      count += batch.length;
    }
    store.close();
    const { sealed } = await bench.large();
    return [
      ratioRow({
        figure: 'everything on disk, sealed, all searchable', unit: 'bytes/record', against: 'plain JSON lines',
        daybook: sealed.bytes / sealed.records, reference: sealed.plainBytes / sealed.records,
      }, { atMost: 0.27 }),
      ratioRow({
        figure: 'everything on disk, unsealed', unit: 'bytes/record', against: 'plain JSON lines',
        daybook: storeBytes(join(fresh, 'data')) / count, reference: raw / count,
      }, { atMost: 2 }),
    ];
  },
};
