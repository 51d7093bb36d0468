/** Test reports that appear or change in the open folders, as the editor tells: JUnit's XML becomes test runs, LCOV coverage. */

import { createHash } from 'node:crypto';
import { dirname, isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConsentLevel } from '../../shared/consentLevel.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ShortRecord } from '../../shared/record.ts';
import { readJunitXml } from '../outcomes/junitXml.ts';
import { readLcov } from '../outcomes/lcov.ts';
import { reportedCoverage, reportedRun, type Report } from '../outcomes/reportRecords.ts';
import type { ReadRun } from '../outcomes/testRun.ts';
import type { IgnoreRules } from './ignoreRules.ts';
import type { KnownRuns } from './knownRuns.ts';
import { largestReport, readReport, type ReportFile } from './reportFiles.ts';

export interface TestReports {
  /** Files that were created or changed. */
  changed(uris: readonly string[]): void;
  /** Reads what waits, now. Resolves when it is handed over. */
  flush(): Promise<void>;
  close(): void;
}

export interface TestReportsDeps {
  /** Where a file lies, and what may be recorded of it. */
  readonly describe: (uri: string) => { readonly subject: string; readonly workspace?: string; readonly consent: ConsentLevel };
  readonly rules: () => IgnoreRules;
  /** Whether reports are read now. */
  readonly isOn: () => boolean;
  readonly runs: KnownRuns;
  readonly emit: (records: readonly ShortRecord[]) => Promise<unknown>;
  readonly onTrouble: (error: unknown) => void;
  readonly quietMs?: number;
  readonly longestMs?: number;
}

/** A run writes several files, some of them piece by piece; it is over when nothing was written for so long … */
const defaultQuietMs = 2_000;
/** … or after this long, for what never rests. */
const defaultLongestMs = 60_000;
/** Of more files at once, such as those of a checkout, the first are looked at. */
const mostFiles = 2_000;

interface Found extends ReportFile {
  readonly path: string;
  /** Below the workspace folder. */
  readonly subject: string;
  readonly workspace: string;
  readonly consent: ConsentLevel;
}

export function createTestReports(deps: TestReportsDeps): TestReports {
  const { quietMs = defaultQuietMs, longestMs = defaultLongestMs } = deps;
  let waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let firstAt = 0;
  let turn: Promise<void> = Promise.resolve();

  function look(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const uris = waiting;
    waiting = new Set();
    turn = turn.then(() => readAll(uris, deps)).catch(deps.onTrouble);
    return turn;
  }

  return {
    changed(uris) {
      if (!deps.isOn()) return;
      for (const uri of uris) if (waiting.size < mostFiles && mayBeReport(uri)) waiting.add(uri);
      if (waiting.size === 0) return;
      const now = Date.now();
      if (timer === undefined) firstAt = now;
      clearTimeout(timer);
      timer = setTimeout(() => void look(), Math.max(0, Math.min(quietMs, firstAt + longestMs - now)));
    },
    flush: look,
    close() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}

/** Files with other names are not even looked into. */
export const reportGlobs: readonly string[] = ['**/*.xml', '**/*.lcov', '**/lcov*.info', '**/coverage*.info'];

function mayBeReport(uri: string): boolean {
  return uri.startsWith('file:') && /\.(?:xml|lcov|info)$/i.test(uri);
}

async function readAll(uris: Iterable<string>, deps: TestReportsDeps): Promise<void> {
  const found: Found[] = [];
  for (const uri of uris) {
    if (!deps.isOn()) return;
    const file = await find(uri, deps);
    if (file) found.push(file);
  }
  const runs = Map.groupBy(found.filter(({ format }) => format === 'junit'), ({ workspace, path }) => `${workspace}\0${dirname(path)}`);
  for (const files of runs.values()) await tellRun(files, deps);
  for (const file of found) if (file.format === 'lcov') await tellCoverage(file, deps);
}

/** What the ignore rules, the consent and the size allow. */
async function find(uri: string, { describe, rules, emit }: TestReportsDeps): Promise<Found | undefined> {
  const { subject, workspace, consent } = describe(uri);
  if (workspace === undefined || consent === 'off' || rules().reason(uri, '') !== undefined) return undefined;
  const path = fileURLToPath(uri);
  const report = await readReport(path);
  if (report === undefined) return undefined;
  const of = { path, subject, workspace, consent, mtimeMs: report.mtimeMs };
  if (!report.isTooLarge) return { ...of, ...report };
  await emit([problem(of, 'report-too-large', (name) => `${name} is larger than ${largestReport / 1_048_576} MB and was not read.`)]);
  return undefined;
}

async function tellRun(files: readonly Found[], { runs, emit }: TestReportsDeps): Promise<void> {
  const reports: Report<ReadRun>[] = [];
  for (const file of files) {
    const content = readJunitXml(file.text);
    if ('problem' in content) await emit([unread(file, content.problem)]);
    else reports.push({ path: file.subject, sha256: file.sha256, content });
  }
  const [first] = files;
  if (!first || reports.length === 0) return;
  const at = Math.max(...files.map(({ mtimeMs }) => mtimeMs));
  const { workspace, consent } = first;
  const { data: numbers } = reportedRun(workspace, reports);
  const sameAs = runs.printedAs(workspace, at, numbers);
  const run = reportedRun(workspace, reports, sameAs);
  if (sameAs === undefined) runs.reported({ id: run.id, workspace, at, numbers });
  await emit([{ ...run, workspace, consent, time: new Date(at).toISOString() }]);
}

async function tellCoverage(file: Found, { runs, emit }: TestReportsDeps): Promise<void> {
  const content = readLcov(file.text);
  if ('problem' in content) {
    await emit([unread(file, content.problem)]);
    return;
  }
  const { workspace, consent, mtimeMs } = file;
  const folder = fileURLToPath(workspace);
  const nameOf = (path: string): string => {
    const below = isAbsolute(path) ? relative(folder, path) : path;
    return below.startsWith('..') || isAbsolute(below) ? path : below.replaceAll('\\', '/');
  };
  const coverage = reportedCoverage(workspace, { path: file.subject, sha256: file.sha256, content }, { nameOf, testRun: runs.during(workspace, mtimeMs) });
  await emit([{ ...coverage, workspace, consent, time: new Date(mtimeMs).toISOString() }]);
}

function unread(file: Found, reason: string): ShortRecord<Problem> {
  return problem(file, 'malformed-report', (name) => `${name} could not be read. ${reason}`);
}

/** Said once for each time the file was written, and without its name where names are not recorded. */
function problem(
  { path, workspace, consent, mtimeMs }: Pick<Found, 'path' | 'workspace' | 'consent' | 'mtimeMs'>, code: string, message: (name: string) => string,
): ShortRecord<Problem> {
  const isNamed = consent !== 'metadata';
  return {
    id: `problem:report:${createHash('sha256').update(`${path}\0${mtimeMs}`).digest('hex').slice(0, 32)}`,
    family: 'events', kind: 'source.problem', time: new Date(mtimeMs).toISOString(), workspace, consent,
    data: { code, message: message(isNamed ? `The test report ${path}` : 'A test report'), ...(isNamed && { where: { file: path } }) },
  };
}
