/**
 * Parquet, a row for each record. In a folder, partitioned as other tools read it: `day=2026-11-20/family=chats/records.parquet`.
 * Written in row groups, so that memory stays flat; compressed with zstd.
 */

import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter, type ColumnSource, type Writer } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import type { DaybookRecord } from '../../../shared/record.ts';
import { recordExporter, type SinkFile } from '../exporter.ts';
import { parquetMark } from '../parquetMark.ts';
import { dayOf, extensionsOf, familyOf } from '../row.ts';

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
const required = { repetition_type: 'REQUIRED' } as const;
const optional = { repetition_type: 'OPTIONAL' } as const;

/** Names are those of the attributes. The payload is JSON text, and so are attributes that are not listed. */
const fields: readonly SchemaElement[] = [
  { name: 'id', ...text, ...required },
  { name: 'time', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' }, ...required },
  { name: 'source', ...text, ...required },
  { name: 'type', ...text, ...required },
  { name: 'subject', ...text, ...optional },
  { name: 'sessionid', ...text, ...optional },
  { name: 'workspace', ...text, ...optional },
  { name: 'actor', ...text, ...optional },
  { name: 'redactions', type: 'INT32', ...optional },
  { name: 'data', ...text, ...required },
  { name: 'extensions', ...text, ...optional },
];
const schema: SchemaElement[] = [{ name: 'record', num_children: fields.length }, ...fields];

/** Records and characters of payload in one row group, at most. */
const groupRecords = 2_000;
const groupCharacters = 2 << 20;

export const parquet = recordExporter({
  name: 'parquet',
  displayName: 'Parquet',
  extension: 'parquet',
  audience: 'programs',
  layouts: ['folder', 'file'],
  byDay: true,
  loses: 'Nothing of the records that count; images and documents are named, not held; payloads are JSON text in the column data. Half a pair of surrogates, which is no character, '
    + 'becomes U+FFFD where it stands outside the payload. Daybook reads it back.',
  options: {},
  async write(records, sink) {
    const open = new Map<string, RowFile>();
    let day = '';
    let items = 0;
    const closeAll = async (): Promise<void> => {
      for (const file of open.values()) await file.close();
      open.clear();
    };
    for await (const record of records) {
      const isFolder = sink.layout === 'folder';
      if (isFolder && dayOf(record) !== day) {
        await closeAll();
        day = dayOf(record);
      }
      const name = isFolder ? `day=${day}/family=${familyOf(record)}/records.parquet` : 'daybook.parquet';
      const file = open.get(name) ?? rowFile(await sink.open(name));
      open.set(name, file);
      await file.add(record);
      items++;
    }
    await closeAll();
    return { items, leftOut: 0 };
  },
});

interface RowFile {
  add(record: DaybookRecord): Promise<void>;
  close(): Promise<void>;
}

function rowFile(file: SinkFile): RowFile {
  const writer = new ParquetWriter({
    writer: writerTo(file), schema, codec: 'ZSTD', compressors: { ZSTD: (bytes) => zstdCompressSync(bytes) },
    kvMetadata: [parquetMark], createdBy: 'daybook',
  });
  let rows: DaybookRecord[] = [];
  let payloads: string[] = [];
  let characters = 0;

  async function flush(): Promise<void> {
    if (rows.length === 0) return;
    const columnData = columnsOf(rows, payloads);
    [rows, payloads, characters] = [[], [], 0];
    await writer.write({ columnData, rowGroupSize: groupRecords });
  }

  return {
    async add(record) {
      const payload = JSON.stringify(record.data) ?? 'null';
      rows.push({ ...record, data: undefined }); // its text is enough to keep
      payloads.push(payload);
      characters += payload.length;
      if (rows.length >= groupRecords || characters >= groupCharacters) await flush();
    },
    async close() {
      await flush();
      await writer.finish();
      await file.close();
    },
  };
}

function columnsOf(rows: readonly DaybookRecord[], payloads: string[]): ColumnSource[] {
  const of = (name: keyof DaybookRecord): (string | null)[] => rows.map((record) => (record[name] as string | undefined)?.toWellFormed() ?? null);
  return [
    { name: 'id', data: of('id') },
    { name: 'time', data: rows.map(({ time }) => new Date(time)) },
    { name: 'source', data: of('source') },
    { name: 'type', data: of('type') },
    { name: 'subject', data: of('subject') },
    { name: 'sessionid', data: of('sessionid') },
    { name: 'workspace', data: of('workspace') },
    { name: 'actor', data: of('actor') },
    { name: 'redactions', data: rows.map(({ redactions }) => redactions ?? null) },
    { name: 'data', data: payloads },
    { name: 'extensions', data: rows.map(extensionsOf) },
  ];
}

/** The library fills a buffer; it is handed on after each row group and at the end. */
function writerTo(file: SinkFile): Writer {
  const writer: ByteWriter = new ByteWriter();
  const flush = async (): Promise<void> => {
    const bytes = new Uint8Array(writer.buffer, 0, writer.index);
    await file.write(bytes);
    writer.index = 0;
  };
  return Object.assign(writer, { flush, finish: flush });
}
