/** Adds up what a dashboard shows, record by record. */

import { laneOf } from '../../shared/lane.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { TestRun } from '../../shared/testRun.ts';
import type { Sqlite } from './database.ts';
import { openFixIndex } from './fixIndex.ts';
import { fields, whole } from './payload.ts';
import { openSubjects } from './subjects.ts';
import { openSums } from './sums.ts';
import { touchedFiles } from './touchedFiles.ts';
import type { Words } from './words.ts';

/** Where tokens are counted: hour, source, model, workspace. */
export type TokenPlace = readonly [hour: number, source: number, model: number, workspace: number];

/** A command line that was run, as figures count it. */
export interface CommandRun {
  readonly command: number;
  readonly workspace: number;
  /** Milliseconds since 1970. */
  readonly answered: number;
  readonly call: number;
  readonly failed: boolean;
}

/** The records that count in a time, milliseconds since 1970. */
export type ReadRecords = (range: { readonly since: number; readonly until: number }) => Iterable<DaybookRecord>;

export interface StatisticsIndex {
  add(record: DaybookRecord): void;
  remove(record: DaybookRecord): void;
  /** @param tokens in the order of the columns; less than nothing to take back */
  addTokens(place: TokenPlace, responses: number, tokens: readonly (number | null)[]): void;
  /** Number of a command line; null for none. */
  command(line: string | undefined): number | null;
  changedRun(before: CommandRun | undefined, after: CommandRun | undefined): void;
  /** Records of this time (milliseconds since 1970) are gone without saying what they were: their day is counted anew. */
  unclear(time: number): void;
  /** Writes what was counted. `scan` gives the records of a day. */
  flush(scan: ReadRecords): void;
  /** Forgets what was counted and not written, and the numbers of command lines and paths. */
  discard(): void;
  /** Forgets those numbers: somebody else may have taken some away. */
  forgetNames(): void;
}

const hourMs = 3_600_000;
const dayHours = 24;

export function openStatisticsIndex(database: Sqlite, words: Words): StatisticsIndex {
  const subjects = openSubjects(database);
  const fixes = openFixIndex(database, words);
  const activity = openSums(database, 'hour_activity', ['hour', 'lane', 'workspace'], ['records']);
  const tests = openSums(database, 'hour_test', ['hour', 'workspace'], ['runs', 'failed_runs', 'passed', 'failed']);
  const files = openSums(database, 'day_file', ['day', 'agent', 'file', 'workspace'], ['touches']);
  const tokens = openSums(database, 'hour_tokens', ['hour', 'source', 'model', 'workspace'], [
    'responses', 'input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens',
  ]);
  const commands = openSums(database, 'hour_command', ['hour', 'command', 'workspace'], ['runs', 'failed']);
  const all = [activity, tests, files, tokens, commands];
  const unclear = new Set<number>();

  function count(record: DaybookRecord, sign: 1 | -1): void {
    const hour = Math.floor(Date.parse(record.time) / hourMs);
    const workspace = words.id(record.workspace) ?? 0;
    activity.add([hour, words.number(laneOf(record.type)), workspace], [sign]);
    if (record.type === 'dev.daybook.event.test.run') tests.add([hour, workspace], testFigures(record).map((figure) => sign * figure));
    for (const { path, byAgent } of touchedFiles(record)) files.add([Math.floor(hour / dayHours), byAgent ? 1 : 0, subjects.number(path), workspace], [sign]);
  }

  function countRun({ command, workspace, answered, call, failed }: CommandRun, sign: 1 | -1): void {
    commands.add([Math.floor(answered / hourMs), command, workspace], [sign, failed ? sign : 0]);
    fixes.changed(command, workspace, answered, call);
  }

  function recount(day: number, scan: ReadRecords): void {
    // Tokens and commands follow the sessions, which are counted anew by themselves.
    for (const sums of [activity, tests]) sums.drop(day * dayHours, (day + 1) * dayHours);
    files.drop(day, day + 1);
    for (const record of scan({ since: day * dayHours * hourMs, until: (day + 1) * dayHours * hourMs })) count(record, 1);
  }

  function discard(): void {
    for (const sums of all) sums.discard();
    fixes.discard();
    unclear.clear();
    subjects.reset();
  }

  return {
    add: (record) => count(record, 1),
    remove: (record) => count(record, -1),
    addTokens: (place, responses, used) => tokens.add(place, [responses, ...used.map((some) => some ?? 0)]),
    command: (line) => (line === undefined ? null : subjects.number(line)),
    changedRun(before, after) {
      if (isSame(before, after)) return;
      if (before) countRun(before, -1);
      if (after) countRun(after, 1);
    },
    unclear: (time) => void unclear.add(Math.floor(time / hourMs / dayHours)),
    flush(scan) {
      for (const day of unclear) recount(day, scan);
      for (const sums of all) sums.flush();
      fixes.flush();
      unclear.clear();
    },
    discard,
    forgetNames: subjects.reset,
  };
}

function isSame(one: CommandRun | undefined, other: CommandRun | undefined): boolean {
  return one?.command === other?.command && one?.workspace === other?.workspace && one?.answered === other?.answered && one?.failed === other?.failed;
}

/** Runs, those that failed, and tests of them that passed and failed. */
function testFigures(record: DaybookRecord): number[] {
  const { passed, failed, status } = fields<TestRun>(record);
  const failures = whole(failed) ?? 0;
  return [1, status === 'failed' || failures > 0 ? 1 : 0, whole(passed) ?? 0, failures];
}
