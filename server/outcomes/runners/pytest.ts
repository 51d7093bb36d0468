/** pytest, with `-v`, with `-q` and with neither, learned from runs of pytest 9.0.3. */

import { countsOf, plus } from '../counts.ts';
import { messageOf, type RunnerFormat, type TestOutcome, type TestResult, type TestSummary } from '../testRun.ts';

const word = '(?:passed|failed|skipped|errors?|xfailed|xpassed|deselected|warnings?|reruns?|subtests \\w+)';
const total = new RegExp(`^=* ?(\\d+ ${word}(?:, \\d+ ${word})*) in ([\\d.]+)s(?: \\([\\d:]+\\))? ?=*$`);
const status = / (PASSED|FAILED|SKIPPED|ERROR|XFAIL|XPASS)\b/;
const outcomes: Readonly<Record<string, TestOutcome>> = {
  PASSED: 'passed', FAILED: 'failed', SKIPPED: 'skipped', ERROR: 'failed', XFAIL: 'skipped', XPASS: 'passed',
};

export const pytest: RunnerFormat = {
  runner: 'pytest',
  signature: [' passed', ' failed', ' skipped', ' error', ' xfailed', ' xpassed'],
  read(lines) {
    const totals = lines.map((line) => total.exec(line)).filter((match) => match !== null);
    if (totals.length === 0) return undefined;
    const tests = new Map<string, TestResult>();
    for (const line of lines) {
      const found = readVerbose(line) ?? readShort(line);
      // The summary at the end names a failure again, now with its message.
      if (found) tests.set([...found.suite, found.name].join('::'), found);
    }
    const summaries = totals.map(([, text = '', seconds]) => readTotal(text, Number(seconds)));
    return { tests: [...tests.values()], summary: summaries.reduce(plus) };
  },
};

/** `a_test.py::test_sum PASSED   [ 50%]` */
function readVerbose(line: string): TestResult | undefined {
  const found = /^\S+?\.py::/.test(line) ? status.exec(line) : null;
  return found ? readTest(line.slice(0, found.index), found[1] ?? '') : undefined;
}

/** `FAILED a_test.py::test_sum - assert 1 == 2`, at the end */
function readShort(line: string): TestResult | undefined {
  const found = /^(FAILED|ERROR) (\S+?\.py::.*)$/.exec(line);
  if (!found) return undefined;
  const text = found[2] ?? '';
  const end = endOfId(text);
  return readTest(text.slice(0, end), found[1] ?? '', text.slice(end + 3));
}

/** Where the message begins: a parameter in brackets may hold the same mark. */
function endOfId(text: string): number {
  let isInside = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') isInside++;
    else if (text[at] === ']') isInside--;
    else if (isInside <= 0 && text.startsWith(' - ', at)) return at;
  }
  return text.length;
}

function readTest(id: string, outcome: string, text = ''): TestResult {
  const path = id.split('::');
  const message = messageOf([text]);
  return {
    name: path.at(-1) ?? id,
    suite: path.slice(0, -1),
    outcome: outcomes[outcome] ?? 'failed',
    ...(message !== undefined && { message }),
  };
}

function readTotal(text: string, seconds: number): TestSummary {
  const of = (name: RegExp): number => Number(name.exec(text)?.[1] ?? 0);
  const { passed, failed, skipped } = countsOf(text);
  const errors = of(/(\d+) error/);
  return {
    passed: passed + of(/(\d+) xpassed/),
    failed,
    skipped: skipped + of(/(\d+) xfailed/),
    ...(errors > 0 && { errors }),
    durationMs: Math.round(seconds * 1000),
  };
}
