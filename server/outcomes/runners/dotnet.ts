/**
 * `dotnet test` with VSTest: the line for each project, the totals of its detailed logger, and the summary of the SDK's terminal logger.
 * Learned from outputs in public issues: https://github.com/microsoft/vstest/issues/285, https://github.com/NixOS/nixpkgs/pull/561926,
 * https://github.com/dotnet/sdk/issues/39665. Not checked against a run of ours; only its English words are known.
 */

import { durationField, millisecondsOf, plus } from '../counts.ts';
import { messageOf, type RunnerFormat, type TestOutcome, type TestResult, type TestSummary } from '../testRun.ts';

const project = /^(?:Passed|Failed|Skipped)! +- Failed: +(\d+), Passed: +(\d+), Skipped: +(\d+), Total: +\d+(?:, Duration: (?:< )?(\d+) (ms|s)\b)?/;
const summary = /^Test summary: total: \d+, failed: (\d+), succeeded: (\d+), skipped: (\d+)(?:, duration: ([\d.]+)(s))?/;
const entry = /^ {2}(Passed|Failed|Skipped) (\S.*) \[(?:< )?([\d,.]+) (ms|s)\]$/;
const skipped = /^ {2}Skipped (\S.*) \[/;
const outcomes: Readonly<Record<string, TestOutcome>> = { Passed: 'passed', Failed: 'failed', Skipped: 'skipped' };

export const dotnet: RunnerFormat = {
  runner: 'dotnet test',
  signature: ['- Failed:', 'Total tests: ', 'Test summary: '],
  read(lines) {
    const totals = readTotals(lines);
    return totals && { tests: readTests(lines), summary: totals };
  },
};

function readTotals(lines: readonly string[]): TestSummary | undefined {
  const ofAll = lines.map((line) => summary.exec(line)).findLast((match) => match !== null);
  if (ofAll) return totalsOf(ofAll);
  const ofProjects = lines.map((line) => project.exec(line)).filter((match) => match !== null);
  return ofProjects.length > 0 ? ofProjects.map(totalsOf).reduce(plus) : readList(lines);
}

function totalsOf([, failed, passed, left, time, unit]: readonly string[]): TestSummary {
  return { passed: Number(passed), failed: Number(failed), skipped: Number(left), ...durationField(millisecondsOf(time, unit)) };
}

/** `Total tests: 5` and the lines below it. */
function readList(lines: readonly string[]): TestSummary | undefined {
  const at = lines.findIndex((line, index) => /^Total tests: \d+$/.test(line) && /^Test Run \w+\.$/.test(lines[index - 1] ?? ''));
  if (at < 0) return undefined;
  const of = (word: string): number => Number(lines.slice(at, at + 5).map((line) => new RegExp(`^ +${word}: (\\d+)$`).exec(line)?.[1]).find((number) => number !== undefined) ?? 0);
  return { passed: of('Passed'), failed: of('Failed'), skipped: of('Skipped') };
}

function readTests(lines: readonly string[]): readonly TestResult[] {
  return lines.flatMap((line, index) => {
    const match = entry.exec(line);
    if (!match) return skipped.test(line) ? [{ name: skipped.exec(line)?.[1] ?? '', suite: [], outcome: 'skipped' as const }] : [];
    const outcome = outcomes[match[1] ?? ''] ?? 'failed';
    const message = outcome === 'failed' ? readMessage(lines, index + 1) : undefined;
    return [{
      name: match[2] ?? '', suite: [], outcome, ...durationField(millisecondsOf(match[3]?.replaceAll(/[.,](?=\d{3}\b)/g, ''), match[4])),
      ...(message !== undefined && { message }),
    }];
  });
}

function readMessage(lines: readonly string[], from: number): string | undefined {
  if (lines[from]?.trim() !== 'Error Message:') return undefined;
  const rest = lines.slice(from + 1, from + 41);
  const end = rest.findIndex((line) => line.trim() === 'Stack Trace:' || entry.test(line));
  return messageOf(rest.slice(0, end < 0 ? undefined : end));
}
