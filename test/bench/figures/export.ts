import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { plainRow, type Figure, type Row } from '../figure.ts';

interface Taken {
  readonly records: number;
  readonly seconds: number;
  /** Megabytes, resident. */
  readonly most: number;
}

function run(script: string, ...args: string[]): Taken {
  return JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, '../inside', script), ...args], { encoding: 'utf8' })) as Taken;
}

/** All of the large store as lines, tables and Parquet, each in a process of its own, beside the simplest loop over the plain lines. Once: it takes minutes. */
export const exported: Figure = {
  name: 'export',
  async measure(bench) {
    const { folder, plain } = await bench.large();
    const loop = run('exportLoop.ts', plain, join(bench.folder(), 'loop.jsonl'));
    const reference = loop.records / loop.seconds;
    return ['jsonl', 'csv', 'parquet'].flatMap((format): Row[] => {
      const { records, seconds, most } = run('export.ts', folder, format, join(bench.folder(), `all.${format}`));
      const speed = records / seconds;
      const compared = { figure: `export as ${format}`, unit: 'records/s', daybook: speed, reference, against: 'a loop over plain lines, nothing redacted', value: speed / reference };
      return [{ ...compared, target: 'for orientation', met: true }, plainRow(`export as ${format}: resident memory at most`, 'MB', most, 250)];
    });
  },
};
