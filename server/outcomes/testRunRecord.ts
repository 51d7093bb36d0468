/** From the record of a command to the record of the test run in its output: what follows from the first is in the second, and nothing else. */

import { typeOf, type DaybookRecord } from '../../shared/record.ts';
import type { TestResult, TestRun, TestSummary } from '../../shared/testRun.ts';
import { onlyReads } from './commands.ts';
import { readTestRun } from './readTestRun.ts';

const commandType = typeOf('tool_executions', 'terminal.command');
const testsLimit = 500;
/** Characters of a name, of a test or of what it stands in. */
const nameLimit = 300;
const suiteLimit = 10;
/** Characters of all messages of a run. */
const messagesLimit = 100_000;

/**
 * @param record any, after redaction
 * @returns undefined where it is no command, or no known runner has printed in it
 */
export function testRunRecord(record: DaybookRecord): DaybookRecord<TestRun> | undefined {
  if (record.type !== commandType || typeof record.data !== 'object' || record.data === null) return undefined;
  const { command, output, outputOmitted } = record.data as { readonly [Name in 'command' | 'output' | 'outputOmitted']?: unknown };
  if (typeof output !== 'string' || (typeof command === 'string' && onlyReads(command))) return undefined;
  const run = readTestRun(output, outputOmitted === undefined);
  if (!run) return undefined;
  const { redactions, data, ...envelope } = record;
  const kept = bounded(run.tests);
  const omitted = run.tests.length - kept.length;
  return {
    ...envelope,
    id: `${record.id}:test`,
    type: typeOf('events', 'test.run'),
    subject: words(run.summary),
    data: {
      runner: run.runner,
      parent: record.id,
      status: run.summary.failed > 0 || (run.summary.errors ?? 0) > 0 ? 'failed' : 'succeeded',
      ...run.summary,
      tests: kept,
      ...(omitted > 0 && { testsOmitted: omitted }),
    },
  };
}

/** `12 passed, 1 failed` */
function words({ passed, failed, skipped, errors = 0 }: TestSummary): string {
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
