/**
 * `npm run bench`: each figure of Daybook beside its reference, alternating in one run, medians. Absolute figures are for orientation;
 * read the ratios. Options: --records N (default 1,000,000), --megabytes N of a home folder (default 1,000), --runs N, --only NAME[,NAME…],
 * --all for those that are measured apart, too, --store FOLDER to keep the large store, and to measure a kept one again, --json.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { sentence } from '../../shared/problem.ts';
import type { Bench, Figure, LargeStore, Missing, Row } from './figure.ts';
import { figures } from './figures/all.ts';
import { largeStore } from './largeStore.ts';

const { values: options } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    megabytes: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    all: { type: 'boolean', default: false },
    store: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const records = whole('records', options.records);
const runs = whole('runs', options.runs);
const only = options.only?.split(',');
const chosen = figures.filter(({ name, isApart }) => (only === undefined ? options.all || !isApart : only.some((part) => name.includes(part))));
if (chosen.length === 0) fail(`No figure has “${options.only ?? ''}” in its name. There are: ${figures.map(({ name }) => name).join(', ')}.`);

const folders: string[] = [];
let large: Promise<LargeStore> | undefined;
const bench: Bench = {
  records,
  runs,
  megabytes: whole('megabytes', options.megabytes),
  folder() {
    const folder = mkdtempSync(join(tmpdir(), 'daybook-bench-'));
    folders.push(folder);
    return folder;
  },
  large: () => (large ??= largeStore(bench, options.store === undefined ? undefined : resolve(options.store))),
  say: (line) => void process.stderr.write(`${line}\n`),
};

try {
  // What runs inside VS Code is built for tests only; what is measured is built as it is shipped.
  execFileSync(process.execPath, ['esbuild.mjs'], { stdio: 'ignore' });
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'ignore' });
  const rows: (Row | Missing)[] = [];
  for (const figure of chosen) {
    bench.say(`${figure.name} …`);
    const started = performance.now();
    const measured = await measure(figure);
    rows.push(...measured);
    for (const row of measured) bench.say(`  ${line(row)}`);
    bench.say(`  ${Math.round((performance.now() - started) / 1_000)} s`);
  }
  print(rows);
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** A figure that fails costs only itself. */
async function measure(figure: Figure): Promise<readonly (Row | Missing)[]> {
  try {
    return await figure.measure(bench);
  } catch (error) {
    return [{ figure: figure.name, missing: sentence(error) }];
  }
}

function line(row: Row | Missing): string {
  if ('missing' in row) return `| ${row.figure} | – | – | – | – | – | – | not measured: ${row.missing} |`;
  const reference = row.reference === null ? '–' : short(row.reference);
  return `| ${[row.figure, short(row.daybook), reference, row.unit, row.against, short(row.value), row.target, row.met ? 'yes' : '**no**'].join(' | ')} |`;
}

function print(rows: readonly (Row | Missing)[]): void {
  if (options.json) {
    console.log(JSON.stringify({ machine: machine(), records, runs, rows }, null, 2));
    return;
  }
  console.log(`${machine()}; ${records.toLocaleString('en')} records in the large store; medians of ${runs} alternating runs\n`);
  console.log('| figure | Daybook | reference | unit | compared with | result | target | met |\n|---|---|---|---|---|---|---|---|');
  for (const row of rows) console.log(line(row));
  const measured = rows.filter((row) => 'met' in row);
  console.log(`\n${measured.filter(({ met }) => met).length} of ${measured.length} rows met their target.`);
  const left = figures.filter((figure) => !chosen.includes(figure)).map(({ name }) => name);
  if (only === undefined && left.length > 0) console.log(`Measured with --all, or each with --only: ${left.join(', ')}.`);
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function machine(): string {
  return `Node ${process.versions.node}, ${process.platform}-${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) fail(`--${name} takes a whole number from 1, not ${text}.`);
  return value;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
