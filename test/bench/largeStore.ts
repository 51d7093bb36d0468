/** The store that search and queries are measured on: many days, all but the last sealed, and the same records as plain lines. */

import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../server/store/store.ts';
import { storeBytes, type Bench, type LargeStore } from './figure.ts';
import { batches, lastDay, workload } from './workload.ts';

/** Records between two sealings: a store in use seals each night, and never has all its days unsealed. */
const sealEvery = 100_000;

/** With a folder to keep it in, it is built once and measured as often as wanted. Throws what names the folder if it is one of other records. */
export async function largeStore(bench: Bench, kept?: string): Promise<LargeStore> {
  if (kept === undefined) return build(bench, bench.folder());
  const facts = join(kept, 'large.json');
  if (!existsSync(facts)) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(facts, JSON.stringify(await build(bench, kept)), { flag: 'wx' });
  }
  // It may have been moved since.
  const large: LargeStore = { ...(JSON.parse(readFileSync(facts, 'utf8')) as LargeStore), folder: join(kept, 'data'), plain: join(kept, 'plain.jsonl') };
  if (large.records !== bench.records) throw new Error(`${kept} holds a store of ${large.records.toLocaleString('en')} records, not of ${bench.records.toLocaleString('en')}.`);
  return large;
}

async function build(bench: Bench, folder: string): Promise<LargeStore> {
  const plain = join(folder, 'plain.jsonl');
  const handle = openSync(plain, 'w');
  const folderOfStore = join(folder, 'data');
  const store = openStore(folderOfStore);
  const now = lastDay + 12 * 3_600_000;
  let done = 0;
  let plainBytes = 0;
  let sealed: LargeStore['sealed'] | undefined;
  const started = performance.now();
  for (const batch of batches(workload(bench.records), 1_000)) {
    if (!sealed && Date.parse(batch.at(-1)?.time ?? '') >= lastDay) {
      store.seal({ everything: true });
      sealed = { records: done, bytes: storeBytes(folderOfStore), plainBytes };
    }
    store.write((writer) => writer.append(batch));
    plainBytes += writeSync(handle, batch.map((record) => `${JSON.stringify(record)}\n`).join(''));
    done += batch.length;
    if (done % sealEvery === 0) {
      // Files were written this minute, which keeps them open otherwise: the clock is put on.
      store.seal({ now: Math.min(Date.parse(batch.at(-1)?.time ?? '') , now), settled: true });
      bench.say(`  ${done.toLocaleString('en')} of ${bench.records.toLocaleString('en')} records, ${Math.round((performance.now() - started) / 1_000)} s`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  store.seal({ now, settled: true });
  store.close();
  closeSync(handle);
  if (!sealed) throw new Error('There are fewer records than one day has.');
  return { folder: folderOfStore, plain, plainBytes, records: done, sealed };
}
