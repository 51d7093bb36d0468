/** vitest's `default`, `verbose`, `tree` and `dot` reporters, learned from runs of vitest 5.1.1. */

import { countsOf, durationField, millisecondsOf } from '../counts.ts';
import { messageOf, type ReadRun, type RunnerFormat, type TestOutcome, type TestResult } from '../testRun.ts';

const files = /^ *Test Files {2}\S/;
const total = /^ *Tests {2}(\S.*)$/;
const entry = /^( +)([✓√×✕❯↓□]) (.*)$/u;
const failure = /^ FAIL {2}(?:\|[^|]*\| )?(.*)$/;
const outcomes: Readonly<Record<string, TestOutcome>> = { '✓': 'passed', '√': 'passed', '×': 'failed', '✕': 'failed', '↓': 'skipped', '□': 'skipped' };

export const vitest: RunnerFormat = {
  runner: 'vitest',
  signature: ['Test Files  '],
  read(lines) {
    const end = lines.findIndex((line, index) => files.test(line) && total.test(lines[index + 1] ?? ''));
    // Of several runs the numbers of one would be wrong for the command.
    if (end < 0 || lines.findLastIndex((line) => files.test(line)) !== end) return undefined;
    const { messages, broken } = readFailures(lines.slice(0, end));
    const tests = new Map(readTests(lines.slice(0, end)).map((test) => [keyOf(test), test]));
    const named = new Map<string, TestResult>();
    for (const [key, message] of messages) named.set(key, { ...(tests.get(key) ?? fromKey(key)), outcome: 'failed', ...(message !== undefined && { message }) });
    for (const [key, test] of named) tests.set(key, test);
    return { tests: [...tests.values()], summary: readSummary(lines.slice(end, end + 8), broken) };
  },
};

function readSummary(lines: readonly string[], broken: number): ReadRun['summary'] {
  const took = lines.map((line) => /^ *Duration {2}([\d.]+)(ms|s|m)\b/.exec(line)).find((match) => match !== null);
  const unhandled = lines.map((line) => /^ *Errors {2}(\d+) error/.exec(line)).find((match) => match !== null);
  const errors = broken + Number(unhandled?.[1] ?? 0);
  return { ...countsOf(total.exec(lines[1] ?? '')?.[1] ?? ''), ...(errors > 0 && { errors }), ...durationField(millisecondsOf(took?.[1], took?.[2])) };
}

interface Entry {
  readonly depth: number;
  readonly mark: string;
  readonly text: string;
}

function readTests(lines: readonly string[]): TestResult[] {
  const entries = lines.map((line) => entry.exec(line)).filter((match) => match !== null)
    .map(([, indent = '', mark = '', text = '']): Entry => ({ depth: (indent.length - 1) / 2, mark, text }))
    // One deeper than it can be is something that a test printed.
    .filter(({ depth }) => Number.isInteger(depth));
  const open: string[] = [];
  return entries.flatMap(({ depth, mark, text }, index) => {
    if (depth > open.length) return [];
    open.length = depth;
    if (depth === 0 && !/ \(\d+ tests?[ |)]/.test(text)) return flat(mark, text);
    // A file and a suite have their tests below them; those of a file where all is well may be left out.
    if (depth === 0 || mark === '❯' || (entries[index + 1]?.depth ?? 0) > depth) {
      open.push(text.replace(/ \(\d+.*$/, ''));
      return [];
    }
    return [readTest(mark, text, open)];
  });
}

/** `file > suite > test 3ms`, as `verbose` has it. */
function flat(mark: string, text: string): TestResult[] {
  const path = text.split(' > ');
  return path.length < 2 || mark === '❯' ? [] : [readTest(mark, path.at(-1) ?? '', path.slice(0, -1))];
}

function readTest(mark: string, text: string, suite: readonly string[]): TestResult {
  const took = / (\d[\d.]*)(ms|s)$/.exec(text);
  const name = took ? text.slice(0, took.index) : text;
  return { name, suite: [...suite], outcome: outcomes[mark] ?? 'failed', ...durationField(millisecondsOf(took?.[1], took?.[2])) };
}

/** Messages by the path of the test; several failures of the same kind stand above one message. */
function readFailures(lines: readonly string[]): { readonly messages: ReadonlyMap<string, string | undefined>; readonly broken: number } {
  const messages = new Map<string, string | undefined>();
  let names: string[] = [];
  let body: string[] = [];
  let broken = 0;
  const close = (): void => {
    for (const name of names) messages.set(name, messageOf(body));
    names = [];
    body = [];
  };
  for (const line of lines) {
    const head = failure.exec(line);
    if (head && body.length > 0) close();
    // A file that could not be run is named a second time, in brackets.
    if (head && / \[ .* \]$/.test(line)) broken++;
    else if (head) names.push(head[1] ?? '');
    else if (/^ ❯ |^⎯{3}/u.test(line)) close();
    else if (names.length > 0) body.push(line);
  }
  close();
  return { messages, broken };
}

function keyOf({ suite, name }: TestResult): string {
  return [...suite, name].join(' > ');
}

function fromKey(key: string): TestResult {
  const path = key.split(' > ');
  return { name: path.at(-1) ?? key, suite: path.slice(0, -1), outcome: 'failed' };
}
