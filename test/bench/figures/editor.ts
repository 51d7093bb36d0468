import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { insideCode } from '../../support/host.ts';
import { root } from '../../support/places.ts';
import { differenceRow, median, type Figure, type Missing } from '../figure.ts';

/** What test/bench/inside/editor.ts writes. Milliseconds. */
export interface EditorTimes {
  /** From the moment the extension's code is loaded until `activate()` has returned. */
  readonly activation: number;
  /** Work of the extension host for one keystroke. */
  readonly keystroke: number;
}

/** VS Code is started anew for each, with Daybook and with an extension that does nothing, in turn. */
export const editor: Figure = {
  name: 'editor',
  async measure(bench) {
    const report = join(bench.folder(), 'times.json');
    const empty = writeEmptyExtension(bench.folder());
    const withDaybook: EditorTimes[] = [];
    const without: EditorTimes[] = [];
    for (let run = 0; run < Math.min(bench.runs, 5); run++) {
      for (const [extension, times] of [[root, withDaybook], [empty, without]] as const) {
        const said = await insideCode(extension, join(root, 'dist/test/bench.cjs'), { DAYBOOK_BENCH_REPORT: report, DAYBOOK_BENCH_EXTENSION: extension === root ? 'daybook.daybook' : 'daybook.empty' });
        if (typeof said !== 'string') return [missing('activation', said.reason), missing('typing', said.reason)];
        times.push(JSON.parse(readFileSync(report, 'utf8')) as EditorTimes);
        bench.say(`  ${extension === root ? 'Daybook' : 'empty'}: ${JSON.stringify(times.at(-1))}`);
      }
    }
    const both = (name: keyof EditorTimes): { readonly daybook: number; readonly reference: number } =>
      ({ daybook: median(withDaybook.map((each) => each[name])), reference: median(without.map((each) => each[name])) });
    return [
      differenceRow({ figure: 'activate() in a real VS Code, loading included', unit: 'ms', against: 'an empty extension', ...both('activation') }, 20),
      differenceRow({ figure: 'typing: work of the extension host per keystroke, median', unit: 'ms', against: 'VS Code without Daybook', ...both('keystroke') }, 0.1),
    ];
  },
};

function missing(figure: string, why: string): Missing {
  return { figure, missing: why };
}

function writeEmptyExtension(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'empty', publisher: 'daybook', version: '1.0.0', engines: { vscode: '^1.101.0' }, main: './main.js', activationEvents: ['onStartupFinished'] };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.js'), 'exports.activate = () => undefined;\n');
  return folder;
}
