/** Reads exports with other programs than the ones that wrote them. */

import { DuckDBInstance } from '@duckdb/node-api';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';

/** A record by what every format of records has. */
export interface Read {
  readonly id: string;
  /** RFC 3339 with milliseconds. */
  readonly time: string;
  readonly source: string;
  readonly type: string;
  /** JSON. */
  readonly data: string;
}

/** The same for the same records, in whatever order they were read. */
export function contentHash(records: readonly Read[]): string {
  const lines = records.map(({ id, time, source, type, data }) => JSON.stringify([id, time, source, type, data])).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** Absolute paths of the files of an export, sorted. */
export function filesOf(output: string): string[] {
  if (!statSync(output).isDirectory()) return [output];
  return readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

export function linesOf(output: string): unknown[] {
  const text = readFileSync(output, 'utf8');
  assert.ok(text.endsWith('\n'));
  return text.slice(0, -1).split('\n').map((line) => JSON.parse(line) as unknown);
}

/** DuckDB's answer to a query on a file or on all files of a folder. */
export async function askDuckDb(query: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '500MB' });
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const reader = await connection.runAndReadAll(query);
    return reader.getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The columns of every format of rows, by DuckDB's own reading of them. */
export async function readWithDuckDb(from: string): Promise<Read[]> {
  const rows = await askDuckDb(`SELECT id, strftime(CAST("time" AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%gZ') AS time, source, type, CAST(data AS VARCHAR) AS data FROM ${from}`);
  return rows as unknown as Read[];
}

/** The rows of the first sheet, its first row as names. */
export async function readWithExcel(path: string): Promise<Record<string, unknown>[]> {
  const sheets = await readXlsxFile(path) as unknown as readonly { readonly data: readonly (readonly unknown[])[] }[];
  const [head = [], ...rows] = sheets[0]?.data ?? [];
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [String(name), row[at]])));
}
