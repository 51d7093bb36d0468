/** What the two ways in which `go test` prints have in common: packages, with tests that hold others, and no numbers of their own. */

import { countTests } from '../counts.ts';
import { messageOf, type ReadRun, type TestOutcome, type TestResult } from '../testRun.ts';

export interface GoTest {
  /** With the tests that hold it, joined by `/`. */
  readonly name: string;
  readonly outcome: TestOutcome;
  readonly durationMs?: number;
  /** What it printed. */
  readonly output: readonly string[];
}

export interface GoPackage {
  readonly path: string;
  readonly isOk: boolean;
  readonly durationMs?: number;
  readonly tests: readonly GoTest[];
}

/** A package that is well and names no test counts as one; one that failed without a failed test is an error. */
export function goRun(packages: readonly GoPackage[]): ReadRun {
  const tests = packages.flatMap(testsOf);
  const errors = packages.filter((each) => !each.isOk && !each.tests.some(({ outcome }) => outcome === 'failed')).length;
  return { tests, summary: { ...countTests(tests), ...(errors > 0 && { errors }) } };
}

function testsOf({ path, isOk, durationMs, tests }: GoPackage): readonly TestResult[] {
  if (tests.length === 0) return isOk ? [{ name: path, suite: [], outcome: 'passed', ...(durationMs !== undefined && { durationMs }) }] : [];
  const holders = new Set(tests.flatMap(({ name }) => holdersOf(name)));
  return tests.filter(({ name }) => !holders.has(name)).map(({ name, outcome, durationMs: took, output }) => {
    const names = name.split('/');
    const message = outcome === 'failed' ? messageOf(output) : undefined;
    return {
      name: names.at(-1) ?? name, suite: [path, ...names.slice(0, -1)], outcome,
      ...(took !== undefined && { durationMs: took }), ...(message !== undefined && { message }),
    };
  });
}

/** `TestCart` and `TestCart/sum` of `TestCart/sum/totals`. */
function holdersOf(name: string): readonly string[] {
  const names = name.split('/').slice(0, 20);
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}
