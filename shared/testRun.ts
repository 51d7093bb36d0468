/**
 * A run of tests, read from what a runner printed or from the reports it wrote. Example of `event.test.run`, with the subject
 * `12 passed, 1 failed`: `{runner: "mocha", parent: "<id of the command>", status: "failed", passed: 12, failed: 1, skipped: 0,
 * durationMs: 340, tests: [{name: "totals", suite: ["cart"], outcome: "failed", message: "1 !== 2"}, …]}`
 *
 * Example of `event.test.coverage`, with the subject `81.2 % of 1,204 lines`: `{format: "lcov", report: "coverage/lcov.info",
 * lines: {found: 1204, hit: 978}, branches: {found: 80, hit: 61}, files: [{path: "src/basket.js", lines: {found: 40, hit: 31}}, …]}`
 */

import type { FileNames } from './activity.ts';

export type TestOutcome = 'passed' | 'failed' | 'skipped';

export interface TestResult {
  readonly name: string;
  /** Names of what the test stands in, the outermost first: file, package, describe blocks. */
  readonly suite: readonly string[];
  readonly outcome: TestOutcome;
  /** Milliseconds; absent where the runner does not say. */
  readonly durationMs?: number;
  /** Why it failed; absent where the output does not say. */
  readonly message?: string;
}

/** Numbers as the runner itself printed them: it knows of tests whose names it does not print. */
export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Files, packages or hooks that could not be run and count as no test; absent when none. */
  readonly errors?: number;
  /** Milliseconds. */
  readonly durationMs?: number;
}

/** With a `parent` the record's own id is `<parent>:test`, so that whoever reads the same output makes the same record. */
export interface TestRun extends TestSummary {
  /** The runner's own name, such as `mocha`; `junit` for what was read from reports. */
  readonly runner: string;
  /** Id of the record whose output this was read from; absent for what was read from reports. */
  readonly parent?: string;
  /** The reports that this was read from, relative to the workspace folder. */
  readonly reports?: FileNames;
  /** Id of the record that tells of the same run, seen in another way: of the two this one counts for nothing. */
  readonly sameAs?: string;
  readonly status: 'succeeded' | 'failed';
  /** In the order of the output; those that failed come before others where not all are kept. At most 500. */
  readonly tests: readonly TestResult[];
  /** Named in the output and not kept; absent when none. */
  readonly testsOmitted?: number;
}

/** Of how many there are, how many a test reached. */
export interface Covered {
  readonly found: number;
  readonly hit: number;
}

export interface Coverage {
  readonly lines: Covered;
  /** Absent where the report does not say. */
  readonly functions?: Covered;
  readonly branches?: Covered;
}

export interface FileCoverage extends Coverage {
  /** As the report has it, relative to the workspace folder where it lies below it. */
  readonly path: string;
}

/** What tests reached, read from a file that a runner wrote. */
export interface TestCoverage extends Coverage {
  readonly format: 'lcov';
  /** The file, relative to the workspace folder. */
  readonly report: string;
  /** Id of the test run that ended when the file was written; absent where none is known. */
  readonly testRun?: string;
  /** Those with most lines that were not reached come first. At most 500. */
  readonly files: readonly FileCoverage[];
  /** Named in the file and not kept; absent when none. */
  readonly filesOmitted?: number;
}
