/** node:test's `spec` reporter, learned from Node 24.21.0. */

import { messageOf, type RunnerFormat, type TestResult } from '../testRun.ts';

const result = /^( *)([✔✖﹣]) (.*) \(([\d.]+)ms\)(?: # (?:SKIP|TODO).*)?$/u;
const total = /^ℹ (\w+) (\d+(?:\.\d+)?)$/u;
const opening = /^( *)▶ (.*)$/u;

export const nodeTest: RunnerFormat = {
  runner: 'node:test',
  signature: ['ℹ tests '],
  read(lines) {
    const isEnd = (line: string): boolean => /^ℹ tests \d+$/u.test(line);
    const end = lines.findIndex(isEnd);
    // Of several runs the numbers of one would be wrong for the command.
    if (end < 0 || lines.findLastIndex(isEnd) !== end) return undefined;
    const numbers = new Map(lines.slice(end, end + 9).map((line) => total.exec(line)).filter((match) => match !== null).map((match) => [match[1], Number(match[2])]));
    const of = (name: string): number => numbers.get(name) ?? 0;
    const duration = numbers.get('duration_ms');
    return {
      tests: readTests(lines.slice(0, end), failures(lines.slice(end))),
      summary: {
        passed: of('pass'),
        failed: of('fail') + of('cancelled'),
        skipped: of('skipped') + of('todo'),
        ...(duration !== undefined && { durationMs: duration }),
      },
    };
  },
};

function readTests(lines: readonly string[], messages: Map<string, string[]>): TestResult[] {
  const tests: TestResult[] = [];
  const open: string[] = [];
  for (const line of lines) {
    const suite = opening.exec(line);
    if (suite) {
      const depth = (suite[1] ?? '').length / 2;
      if (depth <= open.length) open.splice(depth, Infinity, suite[2] ?? '');
      continue;
    }
    const match = result.exec(line);
    if (!match) continue;
    const depth = (match[1] ?? '').length / 2;
    const name = match[3] ?? '';
    // A suite is named again when it ends, with its own outcome: that is no test.
    const ends = open.length === depth + 1 && open[depth] === name;
    open.splice(depth);
    if (ends) continue;
    const outcome = match[2] === '✔' ? 'passed' : match[2] === '✖' ? 'failed' : 'skipped';
    const message = outcome === 'failed' ? messages.get(name)?.shift() : undefined;
    tests.push({ name, suite: [...open], outcome, durationMs: Number(match[4]), ...(message !== undefined && { message }) });
  }
  return tests;
}

/** Messages by the name of the test, in the order of the failures: names may repeat. */
function failures(lines: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let name: string | undefined;
  let body: string[] = [];
  const close = (): void => {
    const message = messageOf(body);
    if (name !== undefined && message !== undefined) {
      const known = found.get(name) ?? [];
      found.set(name, known);
      known.push(message);
    }
    name = undefined;
    body = [];
  };
  for (const line of lines) {
    const head = /^✖ (.*) \([\d.]+ms\)/u.exec(line);
    if (head) {
      close();
      name = head[1];
    } else if (/^ +at /.test(line)) close();
    else if (name !== undefined) body.push(line);
  }
  close();
  return found;
}
