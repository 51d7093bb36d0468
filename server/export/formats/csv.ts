/**
 * Rows with commas between, as RFC 4180 has them: CRLF, fields in quotes where they need it. In a folder, a file for each family and day.
 */

import type { DaybookRecord } from '../../../shared/record.ts';
import { csvField } from '../csvField.ts';
import { recordExporter, type Sink, type SinkFile } from '../exporter.ts';
import { columns, dayOf, familyOf, rowOf } from '../row.ts';

const head = `${columns.join(',')}\r\n`;

export const csv = recordExporter({
  name: 'csv',
  displayName: 'CSV',
  extension: 'csv',
  audience: 'people',
  layouts: ['file', 'folder'],
  byDay: true,
  loses: 'Payloads are JSON in the column data. A text that a spreadsheet would take for a formula has an apostrophe before it.',
  options: {},
  async write(records, sink) {
    const files = dayFiles(sink);
    let items = 0;
    for await (const record of records) {
      const file = await files.of(record);
      const row = rowOf(record);
      await file.write(`${columns.map((name) => csvField(row[name])).join(',')}\r\n`);
      items++;
    }
    await files.close();
    return { items, leftOut: 0 };
  },
});

interface DayFiles {
  of(record: DaybookRecord): Promise<SinkFile>;
  close(): Promise<void>;
}

/** Records come by time: the files of a day are closed when the next one begins. */
function dayFiles(sink: Sink): DayFiles {
  const open = new Map<string, SinkFile>();
  let day = '';
  async function close(): Promise<void> {
    for (const file of open.values()) await file.close();
    open.clear();
  }
  return {
    async of(record) {
      const isFolder = sink.layout === 'folder';
      if (isFolder && dayOf(record) !== day) {
        await close();
        day = dayOf(record);
      }
      const name = isFolder ? `${familyOf(record)}_${day}.csv` : 'daybook.csv';
      const known = open.get(name);
      if (known) return known;
      const file = await sink.open(name);
      open.set(name, file);
      await file.write(head);
      return file;
    },
    close,
  };
}
