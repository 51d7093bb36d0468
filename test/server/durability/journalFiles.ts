/** What really is on disk, read without any code of Daybook. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DaybookRecord } from '../../../shared/record.ts';

/** All records of the journal in a data directory, in the order of their lines. @throws when a line is not JSON */
export function journalRecords(dataDirectory: string): DaybookRecord[] {
  return filesBelow(join(dataDirectory, 'journal')).flatMap((file) =>
    readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as DaybookRecord));
}

/** Absolute paths of all files below a folder, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
