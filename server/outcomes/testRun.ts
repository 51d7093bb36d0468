/** What a test runner said of one run, read from what it printed. */

import type { TestResult, TestSummary } from '../../shared/testRun.ts';

export type { TestOutcome, TestResult, TestSummary } from '../../shared/testRun.ts';

export interface ReadRun {
  readonly tests: readonly TestResult[];
  readonly summary: TestSummary;
}

/** One way in which a runner prints. Knows nothing of where the lines come from. */
export interface RunnerFormat {
  /** The runner's own name, such as `mocha`. */
  readonly runner: string;
  /** Undefined unless the lines bear the runner's own signature: no run is better than a wrong one. */
  read(lines: readonly string[]): ReadRun | undefined;
}

/** Characters of a failure's message that are kept. */
const messageLimit = 4000;

/** A message of lines, trimmed and bounded; undefined when there is nothing in it. */
export function messageOf(lines: readonly string[]): string | undefined {
  const text = lines.map((line) => line.trim()).join('\n').trim().slice(0, messageLimit);
  return text === '' ? undefined : text;
}
