/**
 * Gradle's `test` task, which prints numbers only where something failed: https://github.com/exercism/cli/issues/915 and
 * https://github.com/cflint/CFLint/issues/446. Not checked against a run of ours.
 */

import { plus } from '../counts.ts';
import { messageOf, type RunnerFormat, type TestOutcome, type TestResult, type TestSummary } from '../testRun.ts';

const total = /^(\d+) tests? completed(?:, (\d+) failed)?(?:, (\d+) skipped)?$/;
const entry = /^(\S.*) (PASSED|FAILED|SKIPPED)$/;
const outcomes: Readonly<Record<string, TestOutcome>> = { PASSED: 'passed', FAILED: 'failed', SKIPPED: 'skipped' };

export const gradle: RunnerFormat = {
  runner: 'Gradle',
  signature: [' completed'],
  read(lines) {
    const totals = lines.map((line) => total.exec(line)).filter((match) => match !== null);
    const tests = readTests(lines);
    // The words of the total alone are anybody's.
    if (totals.length === 0 || !tests.some(({ outcome }) => outcome === 'failed')) return undefined;
    return { tests, summary: totals.map(totalsOf).reduce(plus) };
  },
};

function totalsOf([, run, failed = '0', skipped = '0']: readonly (string | undefined)[]): TestSummary {
  return { passed: Math.max(0, Number(run) - Number(failed) - Number(skipped)), failed: Number(failed), skipped: Number(skipped) };
}

function readTests(lines: readonly string[]): readonly TestResult[] {
  return lines.flatMap((line, index) => {
    const match = entry.exec(line);
    const path = (match?.[1] ?? '').split(' > ');
    if (!match || path.length < 2) return [];
    const outcome = outcomes[match[2] ?? ''] ?? 'failed';
    const rest = lines.slice(index + 1, index + 41);
    const end = rest.findIndex((text) => !text.startsWith('    ') || /^\s+at /.test(text));
    const message = outcome === 'failed' ? messageOf(rest.slice(0, end < 0 ? undefined : end)) : undefined;
    return [{ name: path.at(-1) ?? '', suite: path.slice(0, -1), outcome, ...(message !== undefined && { message }) }];
  });
}
