/** Mocha's readable report, which also leaves the counts in a file: an exit code alone can lie, a missing file cannot. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Mocha from 'mocha';
import type { Tally } from './tally.ts';

/** Names the file, absolute path. Nothing is written without it. */
export const reportVariable = 'DAYBOOK_TEST_REPORT';

/** Mocha asks for a class. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => leaveCounts(this.stats));
  }
}

function leaveCounts(stats: Mocha.Stats): void {
  const path = process.env[reportVariable];
  if (path === undefined) return;
  const tally: Tally = { passed: stats.passes, failed: stats.failures, skipped: stats.pending };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(tally));
}
