/** Reads the Parquet files that Daybook writes, a piece at a time. */

import { open } from 'node:fs/promises';
import { zstdDecompressSync } from 'node:zlib';
import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import { parquetMark } from './parquetMark.ts';

/** Whether a file is Parquet, and the record of Daybook. */
export async function isDaybookParquet(path: string): Promise<boolean> {
  const file = await openBuffer(path);
  try {
    const magic = Buffer.from(await file.slice(0, Math.min(4, file.byteLength))).toString('latin1');
    return magic === 'PAR1' && isOurs(await parquetMetadataAsync(file));
  } catch {
    return false; // cut off, or of another kind: whoever asked names it as not recognised
  } finally {
    await file.close();
  }
}

function isOurs({ key_value_metadata: pairs }: FileMetaData): boolean {
  return pairs?.some(({ key, value }) => key === parquetMark.key && value === parquetMark.value) ?? false;
}

/** Its records in order, as CloudEvents. */
export async function* parquetRecords(path: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const file = await openBuffer(path);
  try {
    const metadata = await parquetMetadataAsync(file);
    let start = 0;
    for (const group of metadata.row_groups) {
      const end = start + Number(group.num_rows);
      const rows = await parquetReadObjects({ file, metadata, rowStart: start, rowEnd: end, compressors: { ZSTD: (bytes) => zstdDecompressSync(bytes) } });
      for (const row of rows) yield eventOf(row);
      start = end;
    }
  } finally {
    await file.close();
  }
}

function eventOf({ id, time, source, type, data, extensions, ...rest }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const attributes = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  return {
    specversion: '1.0',
    id,
    source,
    type,
    time: time instanceof Date ? time.toISOString() : time,
    ...Object.fromEntries(attributes),
    ...(typeof extensions === 'string' && (JSON.parse(extensions) as object)),
    data: typeof data === 'string' ? (JSON.parse(data) as unknown) : {},
  };
}

type OpenBuffer = AsyncBuffer & { close(): Promise<void> };

/** The file stays open while it is read, and is never held whole. */
async function openBuffer(path: string): Promise<OpenBuffer> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const from = start < 0 ? Math.max(0, size + start) : start;
      const length = Math.max(0, Math.min(end, size) - from);
      const bytes = new Uint8Array(length);
      for (let got = 0; got < length;) {
        const { bytesRead } = await handle.read(bytes, got, length - got, from + got);
        if (bytesRead === 0) throw new Error('the file ends too early');
        got += bytesRead;
      }
      return bytes.buffer;
    },
    close: () => handle.close(),
  };
}
