/** A spreadsheet: a row for each record. Text is text in it, never a formula. */

import writeXlsxFile, { type Row as SheetRow } from 'write-excel-file/node';
import type { DaybookRecord } from '../../../shared/record.ts';
import { recordExporter } from '../exporter.ts';
import { refusal } from '../failure.ts';
import { columns, rowOf } from '../row.ts';
import { withoutTimes } from '../zip.ts';

/** What Excel holds in a cell, in characters of UTF-16. */
const maxCell = 32_767;
/** The library holds all rows at once; beyond this a spreadsheet is no place to look at them. */
const maxRows = 200_000;

export const xlsx = recordExporter({
  name: 'xlsx',
  displayName: 'Excel',
  extension: 'xlsx',
  audience: 'people',
  layouts: ['file'],
  loses: 'What is longer than 32,767 characters is cut, with a mark; payloads are JSON in the column data. It holds 200,000 records at most.',
  options: {},
  async write(records, sink) {
    const rows: SheetRow[] = [columns.map((value) => ({ value, fontWeight: 'bold' as const }))];
    for await (const record of records) {
      if (rows.length > maxRows) throw refusal('too-many', `Excel takes ${maxRows} records at most. Choose fewer, or the format csv or parquet.`, 'daybook.xlsx');
      rows.push(cells(record));
    }
    const bytes = await writeXlsxFile([{ data: rows, sheet: 'Records', stickyRowsCount: 1 }]).toBuffer();
    const file = await sink.open('daybook.xlsx');
    await file.write(withoutTimes(bytes));
    await file.close();
    return { items: rows.length - 1, leftOut: 0 };
  },
});

function cells(record: DaybookRecord): SheetRow {
  const row = rowOf(record);
  return columns.map((name) => {
    const value = row[name];
    if (value === null) return null;
    if (name === 'time') return { value: new Date(record.time), type: Date, format: 'yyyy-mm-dd hh:mm:ss.000' };
    return typeof value === 'number' ? { value, type: Number } : { value: cellText(value), type: String };
  });
}

const mark = '… (cut)';

/** What XML cannot hold is shown as a replacement character. */
function cellText(value: string): string {
  const plain = value.toWellFormed().replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '�');
  return plain.length <= maxCell ? plain : `${plain.slice(0, maxCell - mark.length).toWellFormed()}${mark}`;
}
