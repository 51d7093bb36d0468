/** The figures: what Daybook does, beside the simplest thing that does something like it, on the same records in the same run. */

import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createRedactor } from '../../server/ingest/redact.ts';
import { createIngest } from '../../server/ingest/pipeline.ts';
import { contentHash, revisionId } from '../../server/store/indexer.ts';
import { openStore } from '../../server/store/store.ts';
import type { ShortRecord } from '../../shared/record.ts';

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** `more`: a higher ratio is better. */
  readonly better: 'more' | 'less';
  /** Ratio of Daybook to the reference that is aimed at. */
  readonly target: number;
  daybook(at: Place): Promise<number> | number;
  reference(at: Place): Promise<number> | number;
}

export interface Place {
  /** A fresh folder. */
  readonly folder: string;
  readonly records: readonly ShortRecord[];
}

export const figures: readonly Figure[] = [
  {
    name: 'ingest: validate, redact, journal, index with full text', unit: 'records/s', better: 'more', target: 0.12,
    daybook: async (at) => rate(at, await seconds(() => ingestAll(at))),
    reference: async (at) => rate(at, await seconds(() => plainInsert(at))),
  },
  {
    name: 'redaction, all rules on', unit: 'MB/s', better: 'more', target: 0.15,
    daybook: async ({ records }) => megabytes(records) / (await seconds(async () => {
      await createRedactor().values(records);
    })),
    reference: async ({ records }) => {
      const lines = records.map((record) => JSON.stringify(record));
      return megabytes(records) / (await seconds(() => lines.forEach((line) => JSON.parse(line) as unknown)));
    },
  },
  {
    name: 'on disk: journal and database, unsealed', unit: 'bytes/record', better: 'less', target: 2,
    daybook: async (at) => {
      await ingestAll(at);
      return folderBytes(join(at.folder, 'data')) / at.records.length;
    },
    reference: ({ records }) => (megabytes(records) * 1e6) / records.length,
  },
  {
    name: 'rebuild of the index from the journal', unit: 's', better: 'less', target: 1 / 1.5,
    daybook: async (at) => {
      await ingestAll(at);
      const store = openStore(join(at.folder, 'data'));
      const taken = await seconds(() => void store.rebuild());
      store.close();
      return taken;
    },
    reference: (at) => seconds(() => ingestAll(at)),
  },
  {
    name: 'command line: start and answer', unit: 's', better: 'less', target: 1.5,
    daybook: async (at) => {
      await ingestAll({ ...at, records: at.records.slice(0, 1_000) });
      return seconds(() => void execFileSync(process.execPath, ['dist/bundle/cli.cjs', 'list', '--json', '--data-dir', join(at.folder, 'data')]));
    },
    reference: () => seconds(() => void execFileSync(process.execPath, ['-e', '0'])),
  },
];

async function ingestAll({ folder, records }: Place): Promise<void> {
  const store = openStore(join(folder, 'data'));
  const ingest = createIngest({ store, redactor: createRedactor(), hashes: { contentHash, revisionId } });
  for (let at = 0; at < records.length; at += 500) await ingest.submit({ records: records.slice(at, at + 500), source: 'bench' });
  store.close();
}

function plainInsert({ folder, records }: Place): void {
  const database = new Database(join(folder, 'plain.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.exec('CREATE TABLE record (time TEXT, source TEXT, kind TEXT, session TEXT, data TEXT)');
  const insert = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?)');
  const batch = database.transaction((from: number) => {
    for (const { time, kind, session, data } of records.slice(from, from + 1_000)) insert.run(time, 'bench', kind, session, JSON.stringify(data));
  });
  for (let at = 0; at < records.length; at += 1_000) batch(at);
  database.close();
}

async function seconds(work: () => void | Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function rate({ records }: Place, taken: number): number {
  return records.length / taken;
}

function megabytes(records: readonly ShortRecord[]): number {
  return records.reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)) + 1, 0) / 1e6;
}

function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** The machine, for the head of the table. */
export function machine(): string {
  const model = process.platform === 'linux' ? /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] : undefined;
  return `Node ${process.versions.node}, ${process.platform}-${process.arch}${model === undefined ? '' : `, ${model}`}`;
}
