import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { insideCode } from '../../support/host.ts';
import { root } from '../../support/places.ts';
import { median, type Figure, type Missing, type Row } from '../figure.ts';

/** What test/bench/inside/storms.ts writes: milliseconds by which the event loop was late. */
type Delays = Readonly<Record<string, { readonly p99: number; readonly max: number }>>;

const names: Readonly<Record<string, string>> = {
  replace: 'replacing text in 1,000 files', checkout: 'git checkout of 2,000 files', print: 'a terminal that prints 50 MB',
};
const atMost = 50;

/** VS Code is started anew for each, with Daybook and without it, in turn. */
export const storms: Figure = {
  name: 'storms',
  isApart: true,
  async measure(bench) {
    const report = join(bench.folder(), 'delays.json');
    const without = emptyExtension(bench.folder());
    const measured = new Map<string, Delays[]>([[root, []], [without, []]]);
    for (let run = 0; run < Math.min(bench.runs, 3); run++) {
      for (const [extension, delays] of measured) {
        const id = extension === root ? 'daybook.daybook' : 'daybook.empty';
        const said = await insideCode(extension, join(root, 'dist/test/storms.cjs'), { DAYBOOK_BENCH_REPORT: report, DAYBOOK_BENCH_EXTENSION: id });
        if (typeof said !== 'string') return Object.values(names).map((name): Missing => ({ figure: figureOf(name), missing: said.reason }));
        delays.push(JSON.parse(readFileSync(report, 'utf8')) as Delays);
        bench.say(`  ${id}: ${JSON.stringify(delays.at(-1))}`);
      }
    }
    const p99 = (extension: string, storm: string): number => median((measured.get(extension) ?? []).flatMap((delays) => delays[storm]?.p99 ?? []));
    return Object.entries(names).map(([storm, name]): Row | Missing => {
      const [daybook, reference] = [p99(root, storm), p99(without, storm)];
      if (Number.isNaN(daybook)) return { figure: figureOf(name), missing: 'This VS Code has no terminals.' };
      return { figure: figureOf(name), unit: 'ms', daybook, reference, against: 'VS Code without Daybook', value: daybook, target: `≤ ${atMost}`, met: daybook <= atMost };
    });
  },
};

function figureOf(name: string): string {
  return `${name}: event loop of the extension host late, 99th percentile`;
}

function emptyExtension(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', publisher: 'daybook', version: '1.0.0', engines: { vscode: '^1.101.0' }, main: './main.js', activationEvents: ['*'] }));
  writeFileSync(join(folder, 'main.js'), 'exports.activate = () => undefined;\n');
  return folder;
}
