/**
 * Reports in JUnit's XML, learned from those that node:test 24, pytest 9 and vitest 5 write. There is no standard; that Surefire, Gradle and
 * jest-junit use the same elements is known from memory and not checked.
 */

import { countTests, durationField } from './counts.ts';
import { messageOf, type ReadRun, type TestOutcome, type TestResult } from './testRun.ts';
import { readXml, XmlError, type XmlReader } from './xml.ts';

/** Characters; a report is read whole or not at all. */
const sizeLimit = 50_000_000;

export type JunitReport = ReadRun | { readonly problem: string };

interface Case {
  readonly attributes: ReadonlyMap<string, string>;
  readonly suite: readonly string[];
  outcome: TestOutcome;
  readonly text: string[];
}

/** @returns `problem`, a sentence, where the text is no report */
export function readJunitXml(xml: string): JunitReport {
  if (xml.length > sizeLimit) return { problem: 'The report is too large.' };
  const tests: TestResult[] = [];
  const reader = createReader(tests);
  try {
    readXml(xml, reader);
  } catch (error) {
    if (error instanceof XmlError) return { problem: error.message };
    throw error;
  }
  if (!reader.isReport()) return { problem: 'There is no report of tests in it.' };
  const seconds = reader.seconds();
  return { tests, summary: { ...countTests(tests), ...durationField(seconds === undefined ? undefined : Math.round(seconds * 1_000)) } };
}

function createReader(tests: TestResult[]): XmlReader & { isReport(): boolean; seconds(): number | undefined } {
  const path: string[] = [];
  const suites: string[] = [];
  const times: number[] = [];
  let current: Case | undefined;
  let isReport = false;
  return {
    isReport: () => isReport,
    seconds: () => (times.length === 0 ? undefined : times.reduce((sum, time) => sum + time, 0)),
    open(name, attributes) {
      isReport ||= path.length === 0 && (name === 'testsuites' || name === 'testsuite');
      if (name === 'testsuite') {
        // The time of a suite holds that of those inside it.
        if (suites.length === 0 && attributes.has('time')) times.push(numberOf(attributes.get('time')) ?? 0);
        suites.push(attributes.get('name') ?? '');
      } else if (name === 'testcase') current = { attributes, suite: suites.filter((suite) => suite !== ''), outcome: 'passed', text: [] };
      else if (current) mark(current, name, attributes);
      path.push(name);
    },
    text(text) {
      if (current && (path.at(-1) === 'failure' || path.at(-1) === 'error')) current.text.push(text);
    },
    close(name) {
      path.pop();
      if (name === 'testsuite') suites.pop();
      if (name !== 'testcase' || !current) return;
      tests.push(resultOf(current));
      current = undefined;
    },
  };
}

function mark(test: Case, name: string, attributes: ReadonlyMap<string, string>): void {
  if (name === 'skipped') test.outcome = 'skipped';
  if (name !== 'failure' && name !== 'error') return;
  test.outcome = 'failed';
  const message = attributes.get('message');
  if (message !== undefined) test.text.push(message, '\n');
}

function resultOf({ attributes, suite, outcome, text }: Case): TestResult {
  const name = attributes.get('name') ?? '';
  const holder = attributes.get('classname');
  const seconds = numberOf(attributes.get('time'));
  const message = outcome === 'failed' ? messageOf(text.join('').split('\n', 200)) : undefined;
  return {
    name,
    suite: holder === undefined || holder === '' || suite.includes(holder) ? suite : [...suite, holder],
    outcome,
    ...durationField(seconds === undefined ? undefined : Math.round(seconds * 1_000_000) / 1_000),
    ...(message !== undefined && { message }),
  };
}

/** Seconds; some write thousands with a comma. */
function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text === '' ? NaN : Number(text.replaceAll(',', ''));
  return Number.isFinite(value) ? value : undefined;
}
