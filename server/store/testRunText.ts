/** The words by which a test run is found: the runner, and what its tests are called and said. */

import type { DaybookRecord } from '../../shared/record.ts';
import type { TestResult, TestRun } from '../../shared/testRun.ts';
import { fields, text } from './payload.ts';

/** Each piece once: tests stand together in suites. */
export function testRunText(record: DaybookRecord): readonly string[] {
  const { runner, tests } = fields<TestRun>(record);
  const pieces = new Set<string>([text(runner) ?? '']);
  for (const test of Array.isArray(tests) ? (tests as readonly unknown[]) : []) for (const piece of piecesOf(test)) pieces.add(piece);
  pieces.delete('');
  return [...pieces];
}

function piecesOf(test: unknown): readonly string[] {
  if (typeof test !== 'object' || test === null) return [];
  const { suite, name, message } = test as Partial<TestResult>;
  return [...(Array.isArray(suite) ? (suite as readonly unknown[]) : []), name, message].map((piece) => text(piece) ?? '');
}
