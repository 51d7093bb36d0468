/**
 * The Test Anything Protocol, versions 12 to 14: https://testanything.org/tap-version-14-specification.html; and as tape 5 and node:test
 * print it. Subtests in braces, which no version of it has, are left alone.
 */

import { countTests, durationField } from '../counts.ts';
import { messageOf, type ReadRun, type RunnerFormat, type TestResult, type TestSummary } from '../testRun.ts';

const point = /^( *)(not )?ok\b(?: (\d+))?(?: -)? ?(.*)$/;
const plan = /^1\.\.(\d+)/;
/** What is not said of a failure: the rest of the block repeats the head, or is a stack. */
const unsaid = /^\s*(?:duration_ms|type|location|failureType|code|name):/;

export const tap: RunnerFormat = {
  runner: 'TAP',
  signature: ['TAP version ', '1..'],
  read(lines, { isWhole }) {
    const planned = lines.map((line) => plan.exec(line)).find((match) => match !== null);
    const hasVersion = lines.some((line) => /^TAP version 1\d$/.test(line));
    if ((!planned && !hasVersion) || lines.some((line) => line.endsWith(' {') && point.test(line))) return undefined;
    const { tests, points, isBroken } = readPoints(lines);
    if (points === 0 && !hasVersion) return undefined;
    const errors = lines.some((line) => line.startsWith('Bail out!')) || isBroken ? { errors: 1 } : {};
    const printed = readSummary(lines);
    if (printed) return { tests, summary: { ...printed, ...errors } };
    // A point that is missing is one that was cut off, or not run: either way the others are not all.
    const isAll = isWhole && (planned === undefined || Number(planned[1]) === points || 'errors' in errors);
    return isAll ? { tests, summary: { ...countTests(tests), ...errors } } : undefined;
  },
};

/** The comments at the end, which most producers print. */
function readSummary(lines: readonly string[]): TestSummary | undefined {
  const numbers = new Map<string, number>();
  for (const line of lines.slice(-20)) {
    const match = /^# (tests|pass|fail|cancelled|skipped|skip|todo|duration_ms) +([\d.]+)$/.exec(line);
    if (match) numbers.set(match[1] ?? '', Number(match[2]));
  }
  const of = (...names: readonly string[]): number => names.reduce((sum, name) => sum + (numbers.get(name) ?? 0), 0);
  if (!numbers.has('tests')) return undefined;
  return { passed: of('pass'), failed: of('fail', 'cancelled'), skipped: of('skipped', 'skip', 'todo'), ...durationField(numbers.get('duration_ms')) };
}

interface Points {
  readonly tests: ReadRun['tests'];
  /** At the outermost level: what the plan counts. */
  readonly points: number;
  readonly isBroken: boolean;
}

function readPoints(lines: readonly string[]): Points {
  /** Tests by how deep they stand: below them comes the point that holds them. */
  const waiting: TestResult[][] = [];
  let points = 0;
  let block: string[] | undefined;
  let last: { readonly list: TestResult[]; readonly index: number } | undefined;
  for (const line of lines) {
    if (block && /^\s*\.\.\.$/.test(line)) {
      if (last) addMessage(last, block);
      block = undefined;
    } else if (block) block.push(line);
    else if (/^\s*---$/.test(line)) block = [];
    const match = block ? null : point.exec(line);
    if (!match) continue;
    const depth = Math.floor((match[1] ?? '').length / 4);
    if (depth === 0) points++;
    const test = readTest(match[4] ?? '', match[2] === undefined);
    const list = (waiting[depth] ??= []);
    const inner = waiting.splice(depth + 1).flat();
    const isFailedAlone = test.outcome === 'failed' && inner.every(({ outcome }) => outcome !== 'failed');
    for (const each of inner) list.push({ ...each, suite: [test.name, ...each.suite] });
    if (inner.length === 0 || isFailedAlone) list.push(test);
    last = inner.length === 0 || isFailedAlone ? { list, index: list.length - 1 } : undefined;
  }
  return { tests: waiting[0] ?? [], points, isBroken: waiting.slice(1).some((list) => list !== undefined && list.length > 0) };
}

function readTest(text: string, isOk: boolean): TestResult {
  const directive = / # (skip|todo|time=([\d.]+)ms)/i.exec(text);
  const time = directive?.[2] === undefined ? undefined : Number(directive[2]);
  const isSkipped = directive !== null && time === undefined;
  const name = (directive ? text.slice(0, directive.index) : text).trim();
  return { name, suite: [], outcome: isSkipped ? 'skipped' : isOk ? 'passed' : 'failed', ...durationField(time) };
}

function addMessage({ list, index }: { readonly list: TestResult[]; readonly index: number }, block: readonly string[]): void {
  const test = list[index];
  const stack = block.findIndex((line) => /^\s*stack:/.test(line));
  const message = messageOf(block.slice(0, stack < 0 ? undefined : stack).filter((line) => !unsaid.test(line)));
  if (test?.outcome === 'failed' && message !== undefined) list[index] = { ...test, message };
}
