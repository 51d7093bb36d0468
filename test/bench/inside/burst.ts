/**
 * A process that writes 100,000 records to a store, and says how much memory it took at most: `before` while it made the records alone, `most`
 * while it wrote them as well, in megabytes. Its heap has the rules of the server's.
 */

import { keepServerSmall } from '../../../server/main/smallHeap.ts';
import { openStore } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { batches, workload } from '../workload.ts';

keepServerSmall();

/** The most resident memory while each part of the workload was made, and taken. */
function mostWhile(take: (part: readonly DaybookRecord[]) => void): number {
  let most = 0;
  for (const part of batches(workload(100_000, 16), 500)) {
    take(part);
    most = Math.max(most, process.memoryUsage.rss() / 1_048_576);
  }
  return most;
}

const before = mostWhile(() => undefined);
const store = openStore(process.argv[2] ?? '');
const most = mostWhile((part) => store.write((batch) => batch.append(part)));
store.close();
console.log(JSON.stringify({ before, most }));
