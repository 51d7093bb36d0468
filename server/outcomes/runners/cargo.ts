/** `cargo test`, the pretty format, learned from runs of cargo 1.95.0, tests of documentation among them. */

import { messageOf, type RunnerFormat, type TestResult, type TestOutcome } from '../testRun.ts';

const line = /^test (\S.*) \.\.\. (ok|FAILED|ignored)(?:, .*)?$/;
const total = /^test result: (?:ok|FAILED)\. (\d+) passed; (\d+) failed; (\d+) ignored;/;
const outcomes: Record<string, TestOutcome> = { ok: 'passed', FAILED: 'failed', ignored: 'skipped' };

export const cargo: RunnerFormat = {
  runner: 'cargo test',
  signature: ['test result: '],
  read(lines) {
    // One binary after another, each with its own total: the run is their sum.
    const totals = lines.map((text) => total.exec(text)).filter((match) => match !== null);
    if (totals.length === 0) return undefined;
    const sum = (group: number): number => totals.reduce((before, match) => before + Number(match[group]), 0);
    const messages = failures(lines);
    return { tests: lines.flatMap((text) => readTest(text, messages)), summary: { passed: sum(1), failed: sum(2), skipped: sum(3) } };
  },
};

function readTest(text: string, messages: ReadonlyMap<string, string>): TestResult[] {
  const match = line.exec(text);
  const outcome = outcomes[match?.[2] ?? ''];
  if (!match || !outcome) return [];
  const name = (match[1] ?? '').replace(/ - should panic$/, '');
  // A test of documentation is named by its file and line: that is no path.
  const path = name.includes(' ') ? [name] : name.split('::');
  const message = outcome === 'failed' ? messages.get(name) : undefined;
  return [{ name: path.at(-1) ?? '', suite: path.slice(0, -1), outcome, ...(message !== undefined && { message }) }];
}

function failures(lines: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  let name: string | undefined;
  let body: string[] = [];
  for (const text of lines) {
    const head = /^---- (\S.*) stdout ----$/.exec(text);
    if (!head && name === undefined) continue;
    if (!head && text !== 'failures:' && !text.startsWith('note: ') && text !== 'stack backtrace:') {
      body.push(text);
      continue;
    }
    const message = messageOf(body);
    if (name !== undefined && message !== undefined) found.set(name, message);
    name = head?.[1];
    body = [];
  }
  return found;
}
