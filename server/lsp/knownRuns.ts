/** The test runs of this client's time: a run that is seen in the terminal and in a report is told to be one. */

import type { TestRun, TestSummary } from '../../shared/testRun.ts';
import type { DaybookRecord } from '../../shared/record.ts';

export interface KnownRuns {
  /** A run in the output of a command, with the reports that were written meanwhile; from now on it is known. */
  printed(run: DaybookRecord<TestRun>, command: DaybookRecord): DaybookRecord<TestRun>;
  /** Id of the run in the output of a command that wrote a report with these numbers at that moment. */
  printedAs(workspace: string, at: number, numbers: TestSummary): string | undefined;
  /** A run that was read from reports and is no other's. */
  reported(run: { readonly id: string; readonly workspace: string; readonly at: number; readonly numbers: TestSummary }): void;
  /** The run that went on or had just ended at that moment, for what was written beside it. */
  during(workspace: string, at: number): string | undefined;
}

interface Known {
  readonly id: string;
  readonly workspace: string | undefined;
  readonly isPrinted: boolean;
  readonly numbers: TestSummary;
  /** Milliseconds since 1970; of a report both are the time at which it was written. */
  readonly from: number;
  readonly to: number;
}

const mostKnown = 100;
/** Clocks of file systems are coarse, and a shell tells of an end a moment after it. */
const slackMs = 2_000;
/** Coverage is written up to this long after the report of its run. */
const besideMs = 30_000;

export function createKnownRuns(): KnownRuns {
  let known: readonly Known[] = [];

  /** The newest first. */
  function add(run: Known): void {
    known = [run, ...known.filter(({ id }) => id !== run.id)].slice(0, mostKnown);
  }

  return {
    printed(run, command) {
      const from = startOf(command);
      const to = Date.parse(run.time);
      const reports = known.filter((each) => !each.isPrinted && each.workspace === run.workspace && within(each.to, from, to));
      const same = sameRun(reports, run.data);
      if (run.workspace !== undefined) add({ id: run.id, workspace: run.workspace, isPrinted: true, numbers: run.data, from, to });
      return same === undefined ? run : { ...run, data: { ...run.data, sameAs: same } };
    },
    printedAs(workspace, at, numbers) {
      return known.find((each) => each.isPrinted && each.workspace === workspace && within(at, each.from, each.to) && isPart(numbers, each.numbers))?.id;
    },
    reported({ id, workspace, at, numbers }) {
      add({ id, workspace, isPrinted: false, numbers, from: at, to: at });
    },
    during(workspace, at) {
      return known.find((each) => each.workspace === workspace && within(at, each.from, each.to + besideMs))?.id;
    },
  };
}

/** What the output counts is in one report, the newest, or in all that were written one after the other. */
function sameRun(reports: readonly Known[], numbers: TestSummary): string | undefined {
  const [newest] = reports;
  if (!newest) return undefined;
  const all = reports.map((each) => each.numbers).reduce((one, other) => ({
    passed: one.passed + other.passed, failed: one.failed + other.failed, skipped: one.skipped + other.skipped,
  }));
  return [newest.numbers, all].some((each) => isPart(each, numbers) && isPart(numbers, each)) ? newest.id : undefined;
}

/** A runner may write several reports in one run, and each has a part of the whole. */
function isPart(one: TestSummary, whole: TestSummary): boolean {
  return one.passed <= whole.passed && one.failed <= whole.failed && one.skipped <= whole.skipped;
}

function within(at: number, from: number, to: number): boolean {
  return at >= from - slackMs && at <= to + slackMs;
}

/** When a command began; when it ended, where it does not say. */
function startOf({ data, time }: DaybookRecord): number {
  const { startedAt } = data as { readonly startedAt?: unknown };
  const at = typeof startedAt === 'string' ? Date.parse(startedAt) : Number.NaN;
  return Number.isNaN(at) ? Date.parse(time) : at;
}
