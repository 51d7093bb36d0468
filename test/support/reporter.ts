/** Mocha's readable report, which also leaves the counts in a file: an exit code alone can lie, a missing file cannot. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Mocha from 'mocha';
import { nothing, oneFailed, onePassed, oneSkipped, sum, writeReport } from './tally.ts';
import type { Tally } from './tally.ts';

/** Names the file, absolute path. Nothing is written without it. */
export const reportVariable = 'DAYBOOK_TEST_REPORT';

/** Mocha asks for a class. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const suites = new Map<string, Tally>();
    const count = (tally: Tally) => (test: Mocha.Runnable): void => {
      const [title = ''] = test.titlePath();
      // What stands in no suite has its own title there.
      const suite = test.parent === undefined || test.parent.root ? '' : title;
      suites.set(suite, sum([suites.get(suite) ?? nothing, tally]));
    };
    runner.on('pass', count(onePassed));
    runner.on('fail', count(oneFailed));
    runner.on('pending', count(oneSkipped));
    runner.once('end', () => leave(suites));
  }
}

function leave(suites: ReadonlyMap<string, Tally>): void {
  const path = process.env[reportVariable];
  if (path === undefined) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, writeReport(suites));
}
