/**
 * A run of tests, read from what a runner printed. Example of `event.test.run`, with the subject `12 passed, 1 failed`:
 * `{runner: "mocha", parent: "<id of the command>", status: "failed", passed: 12, failed: 1, skipped: 0, durationMs: 340, tests: [
 * {name: "totals", suite: ["cart"], outcome: "failed", message: "1 !== 2"}, …]}`
 */

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

/** The record's own id is `<parent>:test`, so that whoever reads the same output makes the same record. */
export interface TestRun extends TestSummary {
  /** The runner's own name, such as `mocha`. */
  readonly runner: string;
  /** Id of the record whose output this was read from. */
  readonly parent: string;
  readonly status: 'succeeded' | 'failed';
  /** In the order of the output; those that failed come before others where not all are kept. At most 500. */
  readonly tests: readonly TestResult[];
  /** Named in the output and not kept; absent when none. */
  readonly testsOmitted?: number;
}
