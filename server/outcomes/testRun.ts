/** What a test runner said of one run, read from what it printed. */

import type { TestResult, TestSummary } from '../../shared/testRun.ts';

export type { TestOutcome, TestResult, TestSummary } from '../../shared/testRun.ts';

export interface ReadRun {
  readonly tests: readonly TestResult[];
  readonly summary: TestSummary;
}

export interface OutputShape {
  /** Whether nothing is left out of the lines: where a runner prints no numbers, tests can be counted in a whole output only. */
  readonly isWhole: boolean;
}

/** One way in which a runner prints. Knows nothing of where the lines come from. */
export interface RunnerFormat {
  /** The runner's own name, such as `mocha`. */
  readonly runner: string;
  /** Texts of which one is in every output of it: where none is, the lines are not looked at. */
  readonly signature: readonly string[];
  /** Undefined unless the lines bear the runner's own signature: no run is better than a wrong one. */
  read(lines: readonly string[], output: OutputShape): ReadRun | undefined;
}

/** Characters of a failure's message that are kept. */
const messageLimit = 4000;

/** A message of lines, trimmed and bounded; undefined when there is nothing in it. */
export function messageOf(lines: readonly string[]): string | undefined {
  const text = lines.map((line) => line.trim()).join('\n').trim().slice(0, messageLimit);
  return text === '' ? undefined : text;
}
