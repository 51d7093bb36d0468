/** The simplest loop that writes the same lines: read one, parse it, write it; without redaction, order, or a last sync. */

import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [plain = '', output = ''] = process.argv.slice(2);
let most = 0;
let records = 0;
const started = performance.now();
const file = openSync(output, 'w');
for await (const line of createInterface({ input: createReadStream(plain) })) {
  writeSync(file, `${JSON.stringify(JSON.parse(line))}\n`);
  if (records++ % 200 === 0) most = Math.max(most, process.memoryUsage.rss() / 1_048_576);
}
closeSync(file);
console.log(JSON.stringify({ records, seconds: (performance.now() - started) / 1_000, most }));
