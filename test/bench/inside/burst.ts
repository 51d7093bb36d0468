/** A process that writes 100,000 records to a store and says how much memory it had before and at most, in megabytes. */

import { openStore } from '../../../server/store/store.ts';
import { batches, workload } from '../workload.ts';

const resident = (): number => process.memoryUsage.rss() / 1_048_576;

const parts = batches(workload(110_000, 16), 500);
// The generator has read its texts and made what it makes once.
for (let warm = 0; warm < 20; warm++) parts.next();
const before = resident();
const store = openStore(process.argv[2] ?? '');
let most = before;
for (const part of parts) {
  store.write((batch) => batch.append(part));
  most = Math.max(most, resident());
}
store.close();
console.log(JSON.stringify({ before, most }));
