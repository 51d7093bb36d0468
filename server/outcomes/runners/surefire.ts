/**
 * Maven's Surefire and Failsafe 2 and 3: a line of numbers for each class, one for each failure, and one of totals for each module. Learned
 * from outputs of 3.x in public repositories; not checked against a run of ours. What passed is not named.
 */

import { durationField, millisecondsOf, plus } from '../counts.ts';
import { messageOf, type RunnerFormat, type TestResult, type TestSummary } from '../testRun.ts';

const level = /^\[(?:INFO|WARNING|ERROR)\] +/;
const numbers = /^Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)(.*)$/;
const failure = /^(\S+) +(?:-- )?Time elapsed: ([\d.]+) (s|sec) +<<< (?:FAILURE|ERROR)!$/;

export const surefire: RunnerFormat = {
  runner: 'Maven Surefire',
  signature: ['Tests run: '],
  read(lines) {
    const plain = lines.map((line) => line.replace(level, ''));
    const counted = plain.map((line) => numbers.exec(line)).filter((match) => match !== null);
    // A line of totals names neither a class nor a time.
    const totals = counted.filter((match) => (match[5] ?? '').trim() === '');
    if (totals.length === 0 || counted.length === totals.length) return undefined;
    const took = counted.map((match) => / Time elapsed: ([\d.]+) (s|sec)\b/.exec(match[5] ?? '')).reduce((sum, match) => sum + (millisecondsOf(match?.[1], match?.[2]) ?? 0), 0);
    return { tests: readFailures(plain, lines), summary: { ...totals.map(totalsOf).reduce(plus), ...durationField(took) } };
  },
};

function totalsOf([, run, failures, errors, skipped]: readonly string[]): TestSummary {
  const failed = Number(failures) + Number(errors);
  return { passed: Math.max(0, Number(run) - failed - Number(skipped)), failed, skipped: Number(skipped) };
}

function readFailures(plain: readonly string[], lines: readonly string[]): readonly TestResult[] {
  return plain.flatMap((line, index) => {
    const match = failure.exec(line);
    if (!match) return [];
    // `shop.CartTest.totals` since version 3, `totals(shop.CartTest)` before it; a class alone is one that could not be set up.
    const [, named = '', time, unit] = match;
    const bracket = named.endsWith(')') ? named.indexOf('(') : -1;
    const path = bracket < 0 ? named : named.slice(0, bracket);
    const holder = bracket < 0 ? undefined : named.slice(bracket + 1, -1);
    const dot = path.lastIndexOf('.');
    const suite = holder ?? (dot < 0 ? undefined : path.slice(0, dot));
    const rest = lines.slice(index + 1, index + 41);
    const end = rest.findIndex((text) => /^\s+at /.test(text) || level.test(text));
    const message = messageOf(rest.slice(0, end < 0 ? undefined : end));
    return [{
      name: holder === undefined ? path.slice(dot + 1) : path, suite: suite === undefined ? [] : [suite], outcome: 'failed' as const,
      ...durationField(millisecondsOf(time, unit)), ...(message !== undefined && { message }),
    }];
  });
}
