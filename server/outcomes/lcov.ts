/**
 * Coverage as LCOV's tracefiles have it, which c8, Istanbul, coverage.py, cargo-llvm-cov and gcovr write too.
 * https://github.com/linux-test-project/lcov/blob/v2.3/man/geninfo.1 (section "TRACEFILE FORMAT")
 */

import type { Coverage, Covered, FileCoverage } from '../../shared/testRun.ts';

/** Characters; a tracefile is read whole or not at all. */
const sizeLimit = 50_000_000;
const filesLimit = 50_000;

export interface FileCoverages {
  readonly files: readonly FileCoverage[];
  readonly total: Coverage;
}

export type LcovReport = FileCoverages | { readonly problem: string };

interface Reading {
  /** Line → how often it was reached; one file may be told of several times, once for each test. */
  readonly reached: Map<number, number>;
  functions: Covered | undefined;
  branches: Covered | undefined;
  /** Where no line is told of, only how many there are. */
  lines: Covered;
  /** Numbers of the section that is being read. */
  section: Partial<Record<Count, number>>;
}

const counts = ['LF', 'LH', 'FNF', 'FNH', 'BRF', 'BRH'] as const;
type Count = (typeof counts)[number];

/** @returns `problem`, a sentence, where the text is no whole tracefile */
export function readLcov(text: string): LcovReport {
  if (text.length > sizeLimit) return { problem: 'The tracefile is too large.' };
  const files = new Map<string, Reading>();
  let open: Reading | undefined;
  for (const line of text.split('\n')) {
    const [, name = '', value = ''] = /^([A-Z_a-z]+):?(.*?)\r?$/.exec(line) ?? [];
    if (name === 'SF') {
      if (files.size >= filesLimit) return { problem: 'The tracefile tells of too many files.' };
      open = files.get(value) ?? newReading();
      open.section = {};
      files.set(value, open);
    } else if (name === 'end_of_record') {
      if (open) endSection(open);
      open = undefined;
    } else if (open) take(open, name, value);
  }
  if (open) return { problem: 'The tracefile is cut off.' };
  if (files.size === 0) return { problem: 'There is no coverage in it.' };
  const read = [...files].map(([path, reading]) => ({ path, ...coverageOf(reading) }));
  return { files: read, total: sum(read) };
}

function newReading(): Reading {
  return { reached: new Map(), functions: undefined, branches: undefined, lines: { found: 0, hit: 0 }, section: {} };
}

function take(reading: Reading, name: string, value: string): void {
  if (name === 'DA') {
    const [line, times] = value.split(',', 2).map(Number);
    if (line !== undefined && times !== undefined && line > 0 && times >= 0) reading.reached.set(line, (reading.reached.get(line) ?? 0) + times);
    return;
  }
  const count = counts.find((each) => each === name);
  if (count !== undefined && /^\d+$/.test(value)) reading.section[count] = Number(value);
}

/** Functions and branches have no numbers of their own by which sections could be joined: the best of them counts. */
function endSection(reading: Reading): void {
  const { LF, LH, FNF, FNH, BRF, BRH } = reading.section;
  reading.lines = better(reading.lines, LF, LH) ?? reading.lines;
  reading.functions = better(reading.functions, FNF, FNH);
  reading.branches = better(reading.branches, BRF, BRH);
}

function better(before: Covered | undefined, found: number | undefined, hit: number | undefined): Covered | undefined {
  if (found === undefined || hit === undefined) return before;
  return { found: Math.max(found, before?.found ?? 0), hit: Math.max(Math.min(hit, found), before?.hit ?? 0) };
}

function coverageOf({ reached, lines, functions, branches }: Reading): Coverage {
  const told = reached.size === 0 ? lines : { found: reached.size, hit: [...reached.values()].filter((times) => times > 0).length };
  return { lines: told, ...(functions && { functions }), ...(branches && { branches }) };
}

function sum(files: readonly Coverage[]): Coverage {
  const add = (all: readonly (Covered | undefined)[]): Covered | undefined => {
    const known = all.filter((each) => each !== undefined);
    return known.length === 0 ? undefined : { found: known.reduce((so, { found }) => so + found, 0), hit: known.reduce((so, { hit }) => so + hit, 0) };
  };
  const functions = add(files.map((file) => file.functions));
  const branches = add(files.map((file) => file.branches));
  return { lines: add(files.map((file) => file.lines)) ?? { found: 0, hit: 0 }, ...(functions && { functions }), ...(branches && { branches }) };
}
