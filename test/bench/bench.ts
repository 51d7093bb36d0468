/**
 * `npm run bench`: each figure of Daybook beside its reference, alternating in one run, medians. Absolute figures are for orientation;
 * read the ratios. Options: --records N, --runs N, --only NAME, --json.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figures, machine, type Figure } from './figures.ts';
import { workload } from './workload.ts';

const { values: options } = parseArgs({
  options: {
    records: { type: 'string', default: '20000' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const records = workload(Number(options.records));
const runs = Number(options.runs);

interface Row {
  readonly figure: string;
  readonly unit: string;
  readonly daybook: number;
  readonly reference: number;
  readonly ratio: number;
  readonly target: string;
  readonly met: boolean;
}

async function measure(figure: Figure): Promise<Row> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < runs; run++) {
    ours.push(await inFreshFolder((folder) => figure.daybook({ folder, records })));
    theirs.push(await inFreshFolder((folder) => figure.reference({ folder, records })));
  }
  const [daybook, reference] = [median(ours), median(theirs)];
  const ratio = daybook / reference;
  const isMore = figure.better === 'more';
  return {
    figure: figure.name, unit: figure.unit, daybook, reference, ratio,
    target: `${isMore ? '≥' : '≤'} ${figure.target.toFixed(2)}`,
    met: isMore ? ratio >= figure.target : ratio <= figure.target,
  };
}

async function inFreshFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'ignore' });
const rows: Row[] = [];
for (const figure of figures) if (options.only === undefined || figure.name.includes(options.only)) rows.push(await measure(figure));
if (options.json) console.log(JSON.stringify({ machine: machine(), records: records.length, runs, rows }, null, 2));
else {
  console.log(`${machine()}; ${records.length} records, medians of ${runs} alternating runs\n`);
  console.log('| figure | Daybook | reference | unit | ratio | target | met |\n|---|---|---|---|---|---|---|');
  for (const row of rows) {
    console.log(`| ${[row.figure, short(row.daybook), short(row.reference), row.unit, row.ratio.toFixed(3), row.target, row.met ? 'yes' : 'no'].join(' | ')} |`);
  }
}
