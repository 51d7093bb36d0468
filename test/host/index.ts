/** What VS Code runs in its extension host to test the extension: mocha with every file of this folder. */
import { format } from 'node:util';
import Mocha from 'mocha';
import { reportMark } from '../support/mark.ts';
import CountingReporter from '../support/reporter.ts';
import { failOnErrors } from './listening.ts';

/** Loaded late: their `describe` exists only once mocha has set it up. test/support/host.ts checks that none is forgotten. */
const files: readonly (() => Promise<unknown>)[] = [
  () => import('./activation.test.ts'),
  () => import('./activity.test.ts'),
  () => import('./allOff.test.ts'),
  () => import('./consent.test.ts'),
  () => import('./contributions.test.ts'),
  () => import('./debugging.test.ts'),
  () => import('./editing.test.ts'),
  () => import('./export.test.ts'),
  () => import('./git.test.ts'),
  () => import('./goldenHour.test.ts'),
  () => import('./pausing.test.ts'),
  () => import('./publicApi.test.ts'),
  () => import('./sample.test.ts'),
  () => import('./terminal.test.ts'),
  () => import('./terminalGap.test.ts'),
  () => import('./storms.test.ts'),
];

const testMs = 60_000;

/** Called by VS Code. Rejects when a test failed; the counts are in the report either way. */
export async function run(): Promise<void> {
  const grep = process.env['DAYBOOK_TEST_GREP'];
  Object.assign(Mocha.reporters.Base, { consoleLog: (...words: unknown[]) => console.log(reportMark + format(...words)) });
  const options = { reporter: CountingReporter, timeout: testMs, color: false, forbidOnly: true };
  const mocha = new Mocha(grep === undefined ? options : { ...options, grep });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  failOnErrors();
  for (const load of files) await load();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed.`);
}
