/** Reads the file that is named, as the engine does, and prints what came of it and how much memory that took at most, in megabytes. */

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
console.log(JSON.stringify({ codes, records, megabytes: Math.round(process.resourceUsage().maxRSS / 1_024) }));
