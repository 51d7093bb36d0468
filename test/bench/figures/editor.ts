import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { insideCode } from '../../support/host.ts';
import { root } from '../../support/places.ts';
import { differenceRow, paired, type Figure, type Missing, type Pairs } from '../figure.ts';

/** What test/bench/inside/editor.ts writes. Milliseconds. */
export interface EditorTimes {
  /** Of loading the extension's code and of `activate()`. */
  readonly activation: number;
  /** Work of the extension host for one keystroke. */
  readonly keystroke: number;
}

/** VS Code is started anew for each, with Daybook and with an extension that does nothing, in turn. */
export const editor: Figure = {
  name: 'editor',
  async measure(bench) {
    const report = join(bench.folder(), 'times.json');
    const daybook = timed(bench.folder(), root, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest);
    const empty = timed(bench.folder(), writeEmptyCode(bench.folder()), emptyManifest);
    const withDaybook: EditorTimes[] = [];
    const without: EditorTimes[] = [];
    for (let run = 0; run < Math.min(bench.runs, 5); run++) {
      for (const [extension, times] of [[daybook, withDaybook], [empty, without]] as const) {
        rmSync(report, { force: true }); // an editor that ends without a report must not count as the one before
        const said = await insideCode(extension, join(root, 'dist/test/bench.cjs'), { DAYBOOK_BENCH_REPORT: report, DAYBOOK_BENCH_EXTENSION: extension === daybook ? 'daybook.daybook' : 'daybook.empty' });
        if (typeof said !== 'string') return [missing('activation', said.reason), missing('typing', said.reason)];
        times.push(JSON.parse(readFileSync(report, 'utf8')) as EditorTimes);
        bench.say(`  ${extension === daybook ? 'Daybook' : 'empty'}: ${JSON.stringify(times.at(-1))}`);
      }
    }
    const both = (name: keyof EditorTimes): Pairs => paired(withDaybook.map((each) => each[name]), without.map((each) => each[name]));
    return [
      differenceRow({ figure: 'activate() in a real VS Code, loading included', unit: 'ms', against: 'an empty extension', ...both('activation') }, 20),
      differenceRow({ figure: 'typing: work of the extension host per keystroke, median', unit: 'ms', against: 'VS Code without Daybook', ...both('keystroke') }, 0.1),
    ];
  },
};

function missing(figure: string, why: string): Missing {
  return { figure, missing: why };
}

interface Manifest {
  readonly main: string;
}

const emptyManifest: Manifest & Record<string, unknown> = {
  name: 'empty', publisher: 'daybook', version: '1.0.0', engines: { vscode: '^1.101.0' }, main: './main.js', activationEvents: ['onStartupFinished'],
};

function writeEmptyCode(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.js'), 'exports.activate = () => undefined;\n');
  return folder;
}

/** An extension with the code that lies in `code`, whose first file measures the loading and the activation of the real one. */
function timed(folder: string, code: string, manifest: Manifest): string {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(code)) {
    if (name !== 'package.json' && !name.startsWith('.')) symlinkSync(join(code, name), join(folder, name));
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, main: './timed.cjs' }));
  writeFileSync(join(folder, 'timed.cjs'), `
const loading = performance.now();
const extension = require(${JSON.stringify(join(code, manifest.main))});
globalThis.activationMs = performance.now() - loading;
exports.activate = (context) => {
  const started = performance.now();
  const result = extension.activate(context);
  globalThis.activationMs += performance.now() - started;
  return result;
};
exports.deactivate = () => extension.deactivate?.();
`);
  return folder;
}
