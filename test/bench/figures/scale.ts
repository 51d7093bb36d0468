import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openReader } from '../../../server/reader.ts';
import type { ImportResult } from '../../../shared/results.ts';
import { writeLargeHome, type LargeHome } from '../../support/largeHome/home.ts';
import { bundle } from '../../support/places.ts';
import { percentile, plainRow, ratioRow, seconds, type Figure, type Missing, type Row } from '../figure.ts';
import { mostResident, told } from '../proc.ts';

export const sessionsOfMegabyte = 2;
const pollMs = 50;
export const searchEveryMs = 100;
export const queries = ['resolve module name', '"type checker"', 'tool:bash parser', 'diagnost*', 'is:error after:7d', 'façade -emit'];

/** The command line while it imports a home of all tools, watched from outside, and searched meanwhile. */
export const scale: Figure = {
  name: 'scale',
  isApart: true,
  async measure(bench) {
    if (process.platform !== 'linux') return [{ figure: 'scale', missing: 'only Linux tells of a process what is needed' } satisfies Missing];
    const [home, data] = [bench.folder(), join(bench.folder(), 'data')];
    bench.say(`  a home of ${bench.megabytes} MB …`);
    const made = writeLargeHome(home, { sessions: bench.megabytes * sessionsOfMegabyte, bytes: bench.megabytes * 1e6 });
    const first = runImport(home, data);
    const waited = await searchMeanwhile(data, first);
    const { result, most, taken } = await first;
    check(made, result);
    const parsed = await parse(made);
    const second = await runImport(home, data);
    const megabytes = made.bytes / 1e6;
    const rows: Row[] = [
      ratioRow({
        figure: `import of ${Math.round(megabytes)} MB of all tools`, unit: 'MB/s', against: 'JSON.parse of the same lines',
        daybook: megabytes / taken, reference: parsed,
      }, { atLeast: 0.3 }),
      plainRow('import of all tools: resident memory at most', 'MB', most, 300),
      plainRow('a search meanwhile, 95 of 100', 'ms', percentile(waited, 0.95), 100),
      plainRow('a second import: new records', 'records', newRecords(second.result), 0),
      plainRow('a second import: read of the files’ bytes', '%', (second.read / made.bytes) * 100, 10),
      plainRow('a second import: time', 's', second.taken, 10),
    ];
    return rows;
  },
};

interface Imported {
  readonly result: ImportResult;
  /** Resident megabytes. */
  readonly most: number;
  /** Bytes that the process asked the system for, its own code and index as well. */
  readonly read: number;
  readonly taken: number;
}

async function runImport(home: string, data: string): Promise<Imported> {
  const env = { PATH: process.env['PATH'], HOME: home, DAYBOOK_DATA_DIR: data };
  const child = spawn(process.execPath, [join(bundle, 'cli.cjs'), 'import', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
  const look = { most: 0, read: 0 };
  const timer = setInterval(() => {
    look.most = mostResident(child.pid) || look.most;
    look.read = told(child.pid, 'io', 'rchar') || look.read;
  }, pollMs);
  const taken = await seconds(() => new Promise((resolve) => child.once('close', resolve)));
  clearInterval(timer);
  if (child.exitCode !== 0) throw new Error(`The import ended with ${child.exitCode}.`);
  return { result: JSON.parse(said) as ImportResult, ...look, taken };
}

/** Milliseconds that each search took until the import was through. */
async function searchMeanwhile(data: string, imported: Promise<unknown>): Promise<number[]> {
  const waited: number[] = [];
  let isThrough = false;
  const through = imported.finally(() => (isThrough = true));
  const reader = openReader(data);
  while (!isThrough) {
    const query = queries[waited.length % queries.length] ?? '';
    waited.push(await seconds(() => reader.search({ query })) * 1_000);
    await sleep(searchEveryMs);
  }
  await reader.close();
  await through;
  return waited;
}

/** Megabytes a second of JSON.parse alone, of what is JSON. */
async function parse({ files }: LargeHome): Promise<number> {
  let bytes = 0;
  let taken = 0;
  for (const path of files.filter((file) => /\.jsonl?$/.test(file))) {
    const content = readFileSync(path, 'utf8');
    const texts = path.endsWith('.json') ? [content] : content.trimEnd().split('\n');
    taken += await seconds(() => texts.forEach((text) => JSON.parse(text) as unknown));
    bytes += Buffer.byteLength(content);
  }
  return bytes / 1e6 / taken;
}

function check({ tools }: LargeHome, { sources }: ImportResult): void {
  for (const [tool, { sessions, turns }] of Object.entries(tools)) {
    const found = sources[tool];
    if (found?.sessions !== sessions || found.prompts !== turns) throw new Error(`Of ${tool} ${found?.sessions ?? 0} of ${sessions} sessions were imported, ${found?.prompts ?? 0} of ${turns} prompts.`);
  }
}

function newRecords({ sources }: ImportResult): number {
  return Object.values(sources).reduce((sum, each) => sum + each.newRecords, 0);
}
