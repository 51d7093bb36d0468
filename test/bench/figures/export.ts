import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/places.ts';
import { plainRow, seconds, type Figure, type Row } from '../figure.ts';

/** As people run it; its memory is looked at as often as it may change much. */
const lookMs = 50;

/** All of the large store as lines, tables and Parquet, each by the command line, beside the simplest loop over the plain lines. Once: it takes minutes. */
export const exported: Figure = {
  name: 'export',
  isApart: true,
  async measure(bench) {
    const { folder, plain, records } = await bench.large();
    const loop = await seconds(() => execFileSync(process.execPath, [join(import.meta.dirname, '../inside/exportLoop.ts'), plain, join(bench.folder(), 'loop.jsonl')]));
    const reference = records / loop;
    const rows: Row[] = [];
    for (const format of ['jsonl', 'csv', 'parquet']) {
      let most = Number.NaN;
      const taken = await seconds(async () => {
        most = await run('export', '--format', format, '--output', join(bench.folder(), `all.${format}`), '--data-dir', folder);
      });
      const compared = { unit: 'records/s', daybook: records / taken, reference, against: 'a loop over plain lines, nothing redacted', value: records / taken / reference };
      rows.push({ figure: `export as ${format}`, ...compared, target: 'for orientation', met: true });
      if (!Number.isNaN(most)) rows.push(plainRow(`export as ${format}: resident memory at most`, 'MB', most, 250));
    }
    return rows;
  },
};

/** Runs the command line; gives the most memory it was seen with, in megabytes, where the system tells. @throws Error when it fails */
async function run(...args: string[]): Promise<number> {
  const child = spawn(process.execPath, [join(root, 'dist/bundle/daybook.cjs'), ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  let most = Number.NaN;
  const looking = setInterval(() => {
    most = highWater(child.pid) ?? most;
  }, lookMs);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearInterval(looking);
  if (code !== 0) throw new Error(`daybook ${args.join(' ')} ended with ${code}.`);
  return most;
}

/** The most memory a process ever had, in megabytes; undefined where the system does not tell, or the process is gone. */
function highWater(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
  } catch {
    return undefined; // it has just ended, or this is no Linux
  }
}
