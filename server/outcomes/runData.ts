/** What of a run of tests is kept, wherever it was read. */

import type { TestResult, TestRun, TestSummary } from '../../shared/testRun.ts';
import type { ReadRun } from './testRun.ts';

const testsLimit = 500;
/** Characters of a name, of a test or of what it stands in. */
const nameLimit = 300;
const suiteLimit = 10;
/** Characters of all messages of a run. */
const messagesLimit = 100_000;

/** How it ended: its numbers, and of its tests as many as are kept. */
export function outcome({ tests, summary }: ReadRun): Omit<TestRun, 'runner' | 'parent' | 'reports' | 'sameAs'> {
  const kept = bounded(tests);
  const omitted = tests.length - kept.length;
  return {
    status: summary.failed > 0 || (summary.errors ?? 0) > 0 ? 'failed' : 'succeeded',
    ...summary,
    tests: kept,
    ...(omitted > 0 && { testsOmitted: omitted }),
  };
}

/** `12 passed, 1 failed` */
export function words({ passed, failed, skipped, errors = 0 }: TestSummary): string {
  const others = Object.entries({ failed, skipped, [errors === 1 ? 'error' : 'errors']: errors }).filter(([, count]) => count > 0);
  return [`${passed} passed`, ...others.map(([word, count]) => `${count} ${word}`)].join(', ');
}

function bounded(tests: readonly TestResult[]): readonly TestResult[] {
  const failedFirst = tests.length <= testsLimit ? tests : [...tests.filter(isFailed), ...tests.filter((test) => !isFailed(test))].slice(0, testsLimit);
  let left = messagesLimit;
  return failedFirst.map(({ message, ...test }) => {
    const said = message?.slice(0, left);
    left -= said?.length ?? 0;
    return {
      ...test,
      name: test.name.slice(0, nameLimit),
      suite: test.suite.slice(0, suiteLimit).map((name) => name.slice(0, nameLimit)),
      ...(said !== undefined && said !== '' && { message: said }),
    };
  });
}

function isFailed({ outcome }: TestResult): boolean {
  return outcome === 'failed';
}
