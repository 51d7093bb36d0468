/** Mocha in a process of its own, shown as it runs and counted by its report. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './places.ts';
import { run } from './process.ts';
import { reportVariable } from './reporter.ts';
import { joined, oneFailed, readReport, total } from './tally.ts';
import type { Report } from './tally.ts';
import { temporaryFolder } from './temporary.ts';

/** When what another program prints is shown: with others beside it, in one piece. */
export type Show = 'as it comes' | 'at the end';

/** Runs mocha with these arguments in the checkout; shows what it prints. Throws when it leaves no report of at least one test. */
export async function mochaTests(args: readonly string[], variables: NodeJS.ProcessEnv, timeoutMs: number, show: Show = 'as it comes'): Promise<Report> {
  const folder = await temporaryFolder();
  const report = join(folder.path, 'report.json');
  const command = [join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'), '--reporter', join(root, 'test', 'support', 'reporter.ts')];
  const color = process.stdout.isTTY ? '--color' : '--no-color';
  const env = { ...process.env, ...variables, [reportVariable]: report };
  try {
    const outcome = await run(process.execPath, [...command, color, ...args], { cwd: root, env, timeoutMs, show: show === 'as it comes' });
    if (show === 'at the end') console.log(outcome.output);
    if (outcome.timedOut) throw new Error(`The tests did not end in ${timeoutMs / 1000} seconds.`);
    const left = existsSync(report) ? readReport(await readFile(report, 'utf8')) : undefined;
    if (left === undefined) throw new Error('Mocha ran no test.');
    // Mocha can fail beside its tests, for instance when one leaves an error behind after it passed.
    return outcome.code !== 0 && total(left).failed === 0 ? joined([left, new Map([['', oneFailed]])]) : left;
  } finally {
    await folder.remove();
  }
}
