/** Totals in the words of a runner: `2 failed | 3 passed | 1 todo (7)`, `2 failed, 3 passed, 7 total`. */

import type { TestResult, TestSummary } from './testRun.ts';

/** @param text numbers each followed by its word; a word that is not there counts as none */
export function countsOf(text: string): Pick<TestSummary, 'passed' | 'failed' | 'skipped'> {
  const found = new Map<string, number>();
  for (const [, number, word] of text.matchAll(/(\d+) (\w+)/g)) found.set(word ?? '', Number(number));
  const of = (...words: readonly string[]): number => words.reduce((sum, word) => sum + (found.get(word) ?? 0), 0);
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped', 'todo', 'pending') };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, sec: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };

/** Milliseconds of a number and its unit; undefined when either is not known. */
export function millisecondsOf(number: string | undefined, unit: string | undefined): number | undefined {
  const factor = units[unit ?? ''];
  const value = Number(number);
  return factor === undefined || number === undefined || Number.isNaN(value) ? undefined : Math.round(value * factor * 1_000) / 1_000;
}

/** The field, where there is a value for it. */
export function durationField(durationMs: number | undefined): { readonly durationMs?: number } {
  return durationMs === undefined ? {} : { durationMs };
}

/** Of two runs as of one. */
export function plus(one: TestSummary, other: TestSummary): TestSummary {
  const errors = (one.errors ?? 0) + (other.errors ?? 0);
  const durationMs = one.durationMs === undefined && other.durationMs === undefined ? undefined : (one.durationMs ?? 0) + (other.durationMs ?? 0);
  return {
    passed: one.passed + other.passed, failed: one.failed + other.failed, skipped: one.skipped + other.skipped,
    ...(errors > 0 && { errors }),
    ...durationField(durationMs),
  };
}

/** The numbers of a runner that prints none. */
export function countTests(tests: readonly TestResult[]): Pick<TestSummary, 'passed' | 'failed' | 'skipped'> {
  const of = (outcome: TestResult['outcome']): number => tests.filter((test) => test.outcome === outcome).length;
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}
