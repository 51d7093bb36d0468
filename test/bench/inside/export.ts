/** A process that takes a whole store out in one format and says how many records, in how many seconds, and how much memory it had at most, in megabytes. */

import { openReader } from '../../../server/reader.ts';

const [folder = '', format = '', output = ''] = process.argv.slice(2);
let most = 0;
const look = (): void => { most = Math.max(most, process.memoryUsage.rss() / 1_048_576); };
const reader = openReader(folder);
const exports = await reader.exports();
const started = performance.now();
const { chosen } = await exports.run({ format, output }, { onProgress: look });
look();
console.log(JSON.stringify({ records: chosen, seconds: (performance.now() - started) / 1_000, most }));
await reader.close();
