/** From the reports that runners write to records. */

import { createHash } from 'node:crypto';
import type { ShortRecord } from '../../shared/record.ts';
import type { FileCoverage, TestCoverage, TestRun } from '../../shared/testRun.ts';
import { plus } from './counts.ts';
import { outcome, words } from './runData.ts';
import type { FileCoverages } from './lcov.ts';
import type { ReadRun } from './testRun.ts';

/** A report that could be read. */
export interface Report<Content> {
  /** Relative to the workspace folder. */
  readonly path: string;
  /** Of its bytes, hex: what is written again unchanged is the same run. */
  readonly sha256: string;
  readonly content: Content;
}

const namesLimit = 100;
const filesLimit = 500;
const pathLimit = 1_000;

type Told<Data> = ShortRecord<Data> & { readonly id: string };

/** One run, of all reports of one folder that were written together: some runners write a file for each class. */
export function reportedRun(workspace: string, reports: readonly Report<ReadRun>[], sameAs?: string): Told<TestRun> {
  const run = reports.map(({ content }) => content).reduce((one, other) => ({ tests: [...one.tests, ...other.tests], summary: plus(one.summary, other.summary) }));
  const names = reports.map(({ path }) => path);
  return {
    id: idOf('junit', workspace, reports),
    family: 'events', kind: 'test.run',
    subject: words(run.summary),
    data: { runner: 'junit', reports: { count: names.length, names: names.slice(0, namesLimit) }, ...(sameAs !== undefined && { sameAs }), ...outcome(run) },
  };
}

/** @param nameOf the path of a covered file, for people */
export function reportedCoverage(
  workspace: string, report: Report<FileCoverages>, { nameOf, testRun }: { readonly nameOf: (path: string) => string; readonly testRun?: string | undefined },
): Told<TestCoverage> {
  const { files, total } = report.content;
  const missed = ({ lines }: FileCoverage): number => lines.found - lines.hit;
  const kept = files.toSorted((a, b) => missed(b) - missed(a)).slice(0, filesLimit);
  return {
    id: idOf('lcov', workspace, [report]),
    family: 'events', kind: 'test.coverage',
    subject: coverageWords(total.lines),
    data: {
      format: 'lcov', report: report.path, ...(testRun !== undefined && { testRun }), ...total,
      files: kept.map((file) => ({ ...file, path: nameOf(file.path).slice(0, pathLimit) })),
      ...(files.length > kept.length && { filesOmitted: files.length - kept.length }),
    },
  };
}

/** `81.2 % of 1,204 lines` */
function coverageWords({ found, hit }: TestCoverage['lines']): string {
  const share = found === 0 ? 100 : Math.floor((hit / found) * 1_000) / 10;
  return `${share} % of ${found.toLocaleString('en')} lines`;
}

function idOf(format: string, workspace: string, reports: readonly Report<unknown>[]): string {
  const hash = createHash('sha256').update(workspace);
  for (const { path, sha256 } of reports) hash.update(`\0${path}\0${sha256}`);
  return `${format}:${hash.digest('hex').slice(0, 32)}`;
}
