/** Reads the file that is named, as the engine does, and prints what came of it and how much memory that took at most, in megabytes. */

import { existsSync, readFileSync } from 'node:fs';
import { createFollower } from '../../../../server/importers/follow.ts';
import { importers } from '../../../../server/importers/registry.ts';

const [, , path = '', source = ''] = process.argv;
const importer = importers.find((each) => each.source === source);
const codes: string[] = [];
let records = 0;
if (importer) {
  await createFollower(() => undefined).follow(path, importer, undefined, (reading) => {
    codes.push(...reading.problems.map(({ code }) => code));
    records += reading.records.length;
    return Promise.resolve();
  });
}
console.log(JSON.stringify({ codes, records, megabytes: Math.round(mostKilobytes() / 1_024) }));

/** On Linux the resource usage of a process begins with that of the one that started it, which may be large; this does not. */
function mostKilobytes(): number {
  const status = '/proc/self/status';
  const [, own] = /^VmHWM:\s*(\d+) kB$/m.exec(existsSync(status) ? readFileSync(status, 'utf8') : '') ?? [];
  return own === undefined ? process.resourceUsage().maxRSS : Number(own);
}
