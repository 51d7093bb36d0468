/** jest's default reporter, with and without `--verbose`, learned from runs of jest 30.5.2. */

import { countsOf, durationField, millisecondsOf } from '../counts.ts';
import { messageOf, type RunnerFormat, type TestResult } from '../testRun.ts';

const suites = /^Test Suites: +[\d a-z,]* total$/;
const total = /^Tests: +([\d a-z,]* total)$/;
const entry = /^( {2,})(?:([✓√✕×○✎]) )?(\S.*)$/u;
const heading = /^ {2}● (.*)$/u;
/** Headings that name no test. */
const notes = /^(?:Console$|Cannot log after tests are done|Validation |Deprecation |process\.exit called)/;

export const jest: RunnerFormat = {
  runner: 'jest',
  signature: ['Test Suites: '],
  read(lines) {
    const end = lines.findIndex((line, index) => suites.test(line) && total.test(lines[index + 1] ?? ''));
    const counts = total.exec(lines[end + 1] ?? '')?.[1];
    // Of several runs the numbers of one would be wrong for the command.
    if (end < 0 || counts === undefined || lines.findLastIndex((line) => suites.test(line)) !== end) return undefined;
    const tests = readTests(lines.slice(0, end));
    const { messages, broken } = readFailures(lines.slice(0, end));
    for (const [key, message] of messages) tests.set(key, { ...(tests.get(key) ?? fromKey(key)), outcome: 'failed', ...(message !== undefined && { message }) });
    const took = lines.slice(end, end + 5).map((line) => /^Time: +([\d.]+) ?(ms|s|m)\b/.exec(line)).find((match) => match !== null);
    return {
      tests: [...tests.values()],
      summary: { ...countsOf(counts), ...(broken > 0 && { errors: broken }), ...durationField(millisecondsOf(took?.[1], took?.[2])) },
    };
  },
};

/** The file that a line names with its outcome: `PASS ./cart.test.js (5.1 s)`; before it may be the name of a project. */
function fileOf(line: string): string | undefined {
  if (!line.startsWith('PASS ') && !line.startsWith('FAIL ')) return undefined;
  const named = line.endsWith(')') ? line.slice(0, line.lastIndexOf(' (')) : line;
  const path = named.slice(named.lastIndexOf(' ') + 1);
  return path.includes('.') ? path : undefined;
}

/** The trees that `--verbose` prints below the name of each file, by the path of the test. */
function readTests(lines: readonly string[]): Map<string, TestResult> {
  const tests = new Map<string, TestResult>();
  let open: string[] | undefined;
  let path = '';
  for (const line of lines) {
    const head = fileOf(line);
    if (head !== undefined) {
      path = head;
      open = [];
    }
    const match = head !== undefined ? null : entry.exec(line);
    // The tree ends at the first empty line; what is indented after it is a message.
    if (!match && head === undefined) open = undefined;
    if (!match || !open) continue;
    const [, indent = '', mark, text = ''] = match;
    const depth = indent.length / 2 - 1;
    if (!Number.isInteger(depth) || depth > open.length || text.startsWith('●')) continue;
    open.length = depth;
    if (mark === undefined) open.push(text);
    else add(tests, readTest(mark, text, [path, ...open]));
  }
  return tests;
}

function add(tests: Map<string, TestResult>, test: TestResult): void {
  tests.set([...test.suite, test.name].join(' › '), test);
}

function readTest(mark: string, text: string, suite: readonly string[]): TestResult {
  const took = / \(([\d.]+) (ms|s)\)$/.exec(text);
  const name = took ? text.slice(0, took.index) : text;
  const isSkipped = mark === '○' || mark === '✎';
  return {
    name: isSkipped ? name.replace(/^(?:skipped|todo) /, '') : name,
    suite,
    outcome: isSkipped ? 'skipped' : mark === '✓' || mark === '√' ? 'passed' : 'failed',
    ...durationField(millisecondsOf(took?.[1], took?.[2])),
  };
}

/** Messages by the path of the test, and how many files could not be run. What jest says twice counts once. */
function readFailures(lines: readonly string[]): { readonly messages: ReadonlyMap<string, string | undefined>; readonly broken: number } {
  const messages = new Map<string, string | undefined>();
  const broken = new Set<string>();
  let path = '';
  let name: string | undefined;
  let body: string[] = [];
  const close = (): void => {
    if (name !== undefined) messages.set(`${path} › ${name}`, messageOf(body));
    name = undefined;
    body = [];
  };
  for (const line of lines) {
    const head = fileOf(line);
    const test = heading.exec(line)?.[1];
    if (head !== undefined || test !== undefined || /^ {4,}(?:at |(?:> )?\d+ \|)/.test(line)) close();
    if (head !== undefined) path = head;
    else if (test === 'Test suite failed to run') broken.add(path);
    else if (test !== undefined && !notes.test(test) && path !== '') name = test;
    else if (name !== undefined) body.push(line);
  }
  close();
  return { messages, broken: broken.size };
}

function fromKey(key: string): TestResult {
  const path = key.split(' › ');
  return { name: path.at(-1) ?? key, suite: path.slice(0, -1), outcome: 'failed' };
}
