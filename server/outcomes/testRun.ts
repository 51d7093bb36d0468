/** What a test runner said of one run, read from what it printed. */

export type TestOutcome = 'passed' | 'failed' | 'skipped';

export interface TestResult {
  readonly name: string;
  /** Names of what the test stands in, the outermost first: file, package, describe blocks. */
  readonly suite: readonly string[];
  readonly outcome: TestOutcome;
  /** Milliseconds; absent where the runner does not say. */
  readonly durationMs?: number;
  /** Why it failed, at most `messageLimit` characters; absent where the output does not say. */
  readonly message?: string;
}

/** Numbers as the runner itself printed them: it knows of tests whose names it does not print. */
export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Milliseconds. */
  readonly durationMs?: number;
}

export interface TestRun {
  readonly runner: string;
  readonly tests: readonly TestResult[];
  readonly summary: TestSummary;
}

/** One way in which a runner prints. Knows nothing of where the lines come from. */
export interface RunnerFormat {
  /** The runner's own name, such as `mocha`. */
  readonly runner: string;
  /** Undefined unless the lines bear the runner's own signature: no run is better than a wrong one. */
  read(lines: readonly string[]): Omit<TestRun, 'runner'> | undefined;
}

/** Characters of a failure's message that are kept. */
const messageLimit = 4000;

/** A message of lines, trimmed and bounded; undefined when there is nothing in it. */
export function messageOf(lines: readonly string[]): string | undefined {
  const text = lines.map((line) => line.trim()).join('\n').trim().slice(0, messageLimit);
  return text === '' ? undefined : text;
}
