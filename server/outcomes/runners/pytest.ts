/** pytest, with and without `-v`. Written from memory of its format; not yet checked against a real run or its documentation. */

import { messageOf, type RunnerFormat, type TestOutcome, type TestResult, type TestSummary } from '../testRun.ts';

const verbose = /^(\S+?\.py::.+?) (PASSED|FAILED|SKIPPED|ERROR|XFAIL|XPASS)\b/;
const short = /^(FAILED|ERROR) (\S+?\.py::.+?)(?: - (.*))?$/;
const total = /^=+ (\d+ (?:passed|failed|skipped|error|xfail|xpass|deselected|warning).*) in ([\d.]+)s\b.*=+$/;
const outcomes: Record<string, TestOutcome> = {
  PASSED: 'passed', FAILED: 'failed', SKIPPED: 'skipped', ERROR: 'failed', XFAIL: 'skipped', XPASS: 'passed',
};

export const pytest: RunnerFormat = {
  runner: 'pytest',
  read(lines) {
    const last = lines.findLast((line) => total.test(line));
    const end = total.exec(last ?? '');
    if (!end) return undefined;
    const tests = new Map<string, TestResult>();
    for (const line of lines) {
      const seen = verbose.exec(line);
      const failed = short.exec(line);
      // The summary at the end names a failure again, now with its message.
      if (seen) tests.set(seen[1] ?? '', readTest(seen[1] ?? '', seen[2] ?? ''));
      else if (failed) tests.set(failed[2] ?? '', readTest(failed[2] ?? '', failed[1] ?? '', failed[3]));
    }
    return { tests: [...tests.values()], summary: readTotal(end[1] ?? '', Number(end[2])) };
  },
};

function readTest(id: string, word: string, text?: string): TestResult {
  const path = id.split('::');
  const message = messageOf(text === undefined ? [] : [text]);
  return {
    name: path.at(-1) ?? id,
    suite: path.slice(0, -1),
    outcome: outcomes[word] ?? 'failed',
    ...(message !== undefined && { message }),
  };
}

function readTotal(text: string, seconds: number): TestSummary {
  const of = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1] ?? 0);
  return {
    passed: of('passed') + of('xpassed'),
    failed: of('failed') + of('errors?'),
    skipped: of('skipped') + of('xfailed'),
    durationMs: Math.round(seconds * 1000),
  };
}
