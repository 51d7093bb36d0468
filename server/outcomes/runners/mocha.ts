/** mocha's `spec` reporter, learned from mocha 12.0.3. */

import { messageOf, type RunnerFormat, type TestResult } from '../testRun.ts';

const passing = /^ {2}(\d+) passing \((\d+)(ms|s|m|h)\)$/;
const entry = /^( {2,})(?:([✔✓√]) |(-) |(\d+)\) )?(.*)$/u;
const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

export const mocha: RunnerFormat = {
  runner: 'mocha',
  signature: [' passing ('],
  read(lines) {
    const end = lines.findIndex((line) => passing.test(line));
    const total = passing.exec(lines[end] ?? '');
    // Of several runs the numbers of one would be wrong for the command.
    if (!total || lines.findLastIndex((line) => passing.test(line)) !== end) return undefined;
    const messages = failures(lines.slice(end + 1));
    const counted = (word: string): number => {
      const line = lines.slice(end + 1, end + 3).find((other) => other.trimEnd().endsWith(` ${word}`));
      return Number(/\d+/.exec(line ?? '')?.[0] ?? 0);
    };
    return {
      tests: readTests(lines.slice(0, end), messages),
      summary: {
        passed: Number(total[1]),
        failed: counted('failing'),
        skipped: counted('pending'),
        durationMs: Number(total[2]) * (units[total[3] ?? ''] ?? 1),
      },
    };
  },
};

function readTests(lines: readonly string[], messages: ReadonlyMap<string, string>): TestResult[] {
  const tests: TestResult[] = [];
  const open: string[] = [];
  for (const line of lines) {
    const match = entry.exec(line);
    if (!match) continue;
    const depth = (match[1] ?? '').length / 2 - 1;
    const [, , passed, skipped, number] = match;
    const text = match[5] ?? '';
    // Mocha indents by two; an odd or too deep indent is something that a test printed.
    if (!Number.isInteger(depth) || depth > open.length) continue;
    open.length = depth;
    if (!passed && !skipped && !number) {
      open.push(text);
      continue;
    }
    const slow = passed ? / \((\d+)ms\)$/.exec(text) : null;
    const message = number ? messages.get(number) : undefined;
    tests.push({
      name: slow ? text.slice(0, slow.index) : text,
      suite: [...open],
      outcome: passed ? 'passed' : skipped ? 'skipped' : 'failed',
      ...(slow && { durationMs: Number(slow[1]) }),
      ...(message !== undefined && { message }),
    });
  }
  return tests;
}

/** Messages by the number mocha gave the failure: a title up to a colon, an empty line, then the error and its stack. */
function failures(lines: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  let number: string | undefined;
  let body: string[] = [];
  let inTitle = false;
  const close = (): void => {
    const message = messageOf(body);
    if (number !== undefined && message !== undefined) found.set(number, message);
    number = undefined;
    body = [];
  };
  for (const line of lines) {
    const head = /^ {2}(\d+)\) /.exec(line);
    if (head) {
      close();
      number = head[1];
      inTitle = !line.endsWith(':');
    } else if (inTitle) inTitle = !line.endsWith(':');
    else if (/^ {6}at /.test(line)) close();
    else body.push(line);
  }
  close();
  return found;
}
