/**
 * `go test`, with and without `-v`: https://pkg.go.dev/cmd/go#hdr-Test_packages and the outputs in https://github.com/golang/go/issues/13106.
 * Not checked against a run of ours.
 */

import { millisecondsOf } from '../counts.ts';
import type { RunnerFormat } from '../testRun.ts';
import { goRun, type GoPackage, type GoTest } from './goTests.ts';

const end = /^(ok|FAIL)\s+(\S+)\s+(?:([\d.]+)s\b|\(cached\)|\[(?:build|setup) failed\])/;
const result = /^ *--- (PASS|FAIL|SKIP): (\S+) \(([\d.]+)s\)$/;
const running = /^=== (?:RUN|NAME|CONT) +(\S+)$/;
const outcomes = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' } as const;

export const go: RunnerFormat = {
  runner: 'go test',
  signature: ['ok  ', 'FAIL'],
  read(lines, { isWhole }) {
    if (!isWhole || !lines.some((line) => end.test(line))) return undefined;
    return goRun(readPackages(lines));
  },
};

function readPackages(lines: readonly string[]): readonly GoPackage[] {
  const packages: GoPackage[] = [];
  let tests = new Map<string, GoTest>();
  let outputs = new Map<string, string[]>();
  let current: string[] | undefined;
  const outputOf = (name: string): string[] => {
    const known = outputs.get(name) ?? [];
    outputs.set(name, known);
    return known;
  };
  for (const line of lines) {
    const starts = running.exec(line);
    const ends = result.exec(line);
    const closes = end.exec(line);
    if (starts) current = outputOf(starts[1] ?? '');
    else if (ends) {
      const name = ends[2] ?? '';
      current = outputOf(name);
      const durationMs = millisecondsOf(ends[3], 's');
      tests.set(name, { name, outcome: outcomes[ends[1] as keyof typeof outcomes], output: current, ...(durationMs !== undefined && { durationMs }) });
    } else if (closes) {
      const durationMs = millisecondsOf(closes[3], 's');
      packages.push({ path: closes[2] ?? '', isOk: closes[1] === 'ok', tests: [...tests.values()], ...(durationMs !== undefined && { durationMs }) });
      tests = new Map();
      outputs = new Map();
      current = undefined;
    } else if (/^\s|^panic: /.test(line)) current?.push(line);
    else current = undefined;
  }
  return packages;
}
