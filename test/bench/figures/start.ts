import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../support/places.ts';
import { alternate, ratioRow, seconds, type Figure } from '../figure.ts';
import { planted } from '../workload.ts';

export const open: Figure = {
  name: 'open',
  async measure(bench) {
    const { folder } = await bench.large();
    const cli = join(root, 'dist/bundle/daybook.cjs');
    const node = (...args: string[]): Promise<number> => seconds(() => execFileSync(process.execPath, args, { stdio: 'ignore' })).then((taken) => taken * 1_000);
    const measured = await alternate(bench.runs * 3, () => node(cli, 'search', planted.once, '--json', '--data-dir', folder), () => node('-e', '0'));
    return [ratioRow({ figure: 'command line: start, open the large store, first answer', unit: 'ms', against: 'bare Node start', ...measured }, { atMost: 1.5 })];
  },
};
