import assert from 'node:assert/strict';
import { readTestRun } from '../../../server/outcomes/readTestRun.ts';

/** Pieces of what all runners print; put together at random they are no run of any. */
const pieces = [
  '  ✔ adds', '    1) totals', '  3 passing (5ms)', '  1 failing', '▶ cart', '✖ totals (2.3ms)', 'ℹ tests 4', 'ℹ pass 2', 'test a::b ... ok', '---- a::b stdout ----',
  'test result: ok. 1 passed; 0 failed; 0 ignored;', 'a_test.py::b PASSED [ 50%]', 'FAILED a_test.py::b[c - d] - e', '1 failed, 2 passed in 2.89s', ' FAIL  a.js > b > c',
  '   ❯ cart (6)', '     ✓ adds 3ms', ' Test Files  2 failed | 1 passed (3)', '      Tests  2 failed (7)', 'FAIL ./a.test.js (5 s)', '  ● a › b', 'Test Suites: 2 failed, 3 total',
  'Tests:       1 failed, 6 total', '--- FAIL: TestA/b (0.00s)', '=== RUN   TestA', 'FAIL\ta/b\t0.012s', '{"Action":"fail","Package":"a","Test":"b"}', '{"Action":"fail","Package":"a"}',
  'TAP version 13', '1..4', 'ok 1 - a', 'not ok 2 - b', '    ok 1 - c', '  ---', '  ...', 'Bail out!', '  Failed a [1 ms]', '  Error Message:',
  'Failed!  - Failed:     1, Passed:    41, Skipped:     0, Total:    42', 'Total tests: 3', 'Test Run Failed.', '[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 1',
  '[ERROR] a.B.c -- Time elapsed: 0.1 s <<< FAILURE!', '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.4 s -- in a.B', 'A > b FAILED', '9 tests completed, 1 failed',
  '', '    at a (b:1:2)', '        text', '\u001b[31mred\u001b[39m', '\r', '(((', ' > > > ', '::::', '🙂',
];

/** A generator that gives the same numbers each time: https://en.wikipedia.org/wiki/Linear_congruential_generator. */
function createNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function assertSound(output: string, isWhole: boolean): void {
  const run = readTestRun(output, isWhole);
  if (!run) return;
  const { passed, failed, skipped, errors = 0, durationMs = 0 } = run.summary;
  for (const number of [passed, failed, skipped, errors, durationMs]) assert.ok(Number.isFinite(number), JSON.stringify(run.summary));
  for (const { name, suite, outcome } of run.tests) assert.ok(typeof name === 'string' && suite.every((each) => typeof each === 'string') && outcome.length > 0);
}

describe('test runs, from output of any kind', function () {
  this.timeout(60_000);
  it('are read or not, whatever pieces are put together and wherever they are cut', () => {
    const number = createNumbers(7);
    for (let round = 0; round < 3_000; round++) {
      const output = Array.from({ length: 1 + number(40) }, () => pieces[number(pieces.length)] ?? '').join('\n');
      assertSound(output.slice(number(20), output.length - number(20)), round % 2 === 0);
    }
  });

  it('are read from megabytes of the same piece, each with a signature at the end', () => {
    const ends = ['  3 passing (5ms)', 'ℹ tests 4', ' Test Files  1 passed (1)\n      Tests  1 passed (1)', 'Test Suites: 1 failed, 1 total\nTests:       1 failed, 1 total', '1 passed in 1.0s', 'ok  \ta\t0.1s', '# tests 4'];
    for (const piece of pieces) {
      const line = `${piece}\n`;
      assertSound(line.repeat(Math.ceil(5_000_000 / line.length)) + (ends[piece.length % ends.length] ?? ''), true);
    }
  });

  it('are read from lines without an end', () => {
    for (const piece of pieces.filter((each) => each !== '')) assertSound(`${piece.repeat(Math.ceil(5_000_000 / piece.length))}\n1 passed in 1.0s`, true);
  });
});
