/** What follows from a record and is recorded beside it, such as the test run in the output of a command. Comes after redaction. */

import { typeOf, type DaybookRecord } from '../../shared/record.ts';
import { sentence, type Problem } from '../../shared/problem.ts';
import { redactRecords, type Redactor } from './redact.ts';

/** Reads one redacted record; the same record gives the same answer. Undefined when nothing follows from it. */
export type Derive = (record: DaybookRecord) => DaybookRecord | undefined;

/** The derived records alone, in the order of those they follow from; redacted once more, for a text cut in two may show what the whole hid. */
export async function derived(redactor: Redactor, records: readonly DaybookRecord[], derives: readonly (Derive | undefined)[]): Promise<readonly DaybookRecord[]> {
  const found = records.flatMap((record, index) => read(record, derives[index]) ?? []);
  return found.length === 0 ? found : redactRecords(redactor, found);
}

/** Whatever goes wrong here, the record itself is kept. */
function read(record: DaybookRecord, derive: Derive | undefined): DaybookRecord | undefined {
  try {
    return derive?.(record);
  } catch (error) {
    const problem: Problem = { code: 'not-derived', message: `What follows from the record ${record.id} could not be read: ${sentence(error)}` };
    return { specversion: '1.0', id: `problem:${record.id}:derived`, source: record.source, type: typeOf('events', 'source.problem'), time: record.time, data: problem };
  }
}
