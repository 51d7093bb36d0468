/** The simplest loop that writes the same lines: read one, parse it, write it; without redaction, order, or a last sync. */

import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [plain = '', output = ''] = process.argv.slice(2);
const file = openSync(output, 'w');
for await (const line of createInterface({ input: createReadStream(plain) })) writeSync(file, `${JSON.stringify(JSON.parse(line))}\n`);
closeSync(file);
