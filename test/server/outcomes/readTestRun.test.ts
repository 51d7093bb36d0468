import assert from 'node:assert/strict';
import { readTestRun } from '../../../server/outcomes/readTestRun.ts';

const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;

const mochaOutput = [
  '', '', '  cart', '    ✔ adds', '    ✔ waits (120ms)', '    - later', '    sum', `      ${red('1) totals')}`, '', '',
  '  2 passing (5ms)', '  1 pending', '  1 failing', '', '  1) cart', '       sum', '         totals:', '',
  '      AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:', '', '1 !== 2', '',
  '      at Context.<anonymous> (m.spec.js:2:98)', '',
].join('\r\n');

const nodeOutput = [
  '▶ cart', '  ✔ adds (1.813036ms)', '  ✖ totals (2.352477ms)', '  ﹣ later (0.594859ms) # SKIP', '✖ cart (8.166622ms)', '✔ alone (1ms)',
  'ℹ tests 4', 'ℹ suites 1', 'ℹ pass 2', 'ℹ fail 1', 'ℹ cancelled 0', 'ℹ skipped 1', 'ℹ todo 0', 'ℹ duration_ms 225.8', '',
  '✖ failing tests:', '', 'test at a.test.js:3:48', '✖ totals (2.352477ms)', '  AssertionError [ERR_ASSERTION]: not equal', '  ', '  1 !== 2',
  '      at TestContext.<anonymous> (a.test.js:3:74)',
].join('\n');

const cargoOutput = [
  'running 3 tests', 'test tests::exploration ... ok', 'test tests::another ... FAILED', 'test slow ... ignored', '', 'failures:', '',
  '---- tests::another stdout ----', '', "thread 'tests::another' panicked at src/lib.rs:17:9:", 'Make this test fail',
  'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace', '', 'failures:', '    tests::another', '',
  'test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s',
].join('\n');

describe('test runs, from what runners print', () => {
  it('reads mocha: suites, a slow test, a failure with its message, colours and carriage returns', () => {
    assert.deepEqual(readTestRun(mochaOutput), {
      runner: 'mocha',
      tests: [
        { name: 'adds', suite: ['cart'], outcome: 'passed' },
        { name: 'waits', suite: ['cart'], outcome: 'passed', durationMs: 120 },
        { name: 'later', suite: ['cart'], outcome: 'skipped' },
        {
          name: 'totals', suite: ['cart', 'sum'], outcome: 'failed',
          message: 'AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n1 !== 2',
        },
      ],
      summary: { passed: 2, failed: 1, skipped: 1, durationMs: 5 },
    });
  });

  it('reads node:test, where the end of a suite is not a test', () => {
    assert.deepEqual(readTestRun(nodeOutput), {
      runner: 'node:test',
      tests: [
        { name: 'adds', suite: ['cart'], outcome: 'passed', durationMs: 1.813036 },
        {
          name: 'totals', suite: ['cart'], outcome: 'failed', durationMs: 2.352477,
          message: 'AssertionError [ERR_ASSERTION]: not equal\n\n1 !== 2',
        },
        { name: 'later', suite: ['cart'], outcome: 'skipped', durationMs: 0.594859 },
        { name: 'alone', suite: [], outcome: 'passed', durationMs: 1 },
      ],
      summary: { passed: 2, failed: 1, skipped: 1, durationMs: 225.8 },
    });
  });

  it('reads cargo test', () => {
    assert.deepEqual(readTestRun(cargoOutput), {
      runner: 'cargo test',
      tests: [
        { name: 'exploration', suite: ['tests'], outcome: 'passed' },
        {
          name: 'another', suite: ['tests'], outcome: 'failed',
          message: "thread 'tests::another' panicked at src/lib.rs:17:9:\nMake this test fail",
        },
        { name: 'slow', suite: [], outcome: 'skipped' },
      ],
      summary: { passed: 1, failed: 1, skipped: 1 },
    });
  });

  it('keeps the numbers of the runner where the beginning of the output is gone', () => {
    const run = readTestRun(mochaOutput.slice(mochaOutput.indexOf('  2 passing')));
    assert.deepEqual(run?.tests, []);
    assert.equal(run.summary.passed, 2);
  });

  it('says nothing of several runs in one output, where the numbers of one would be wrong', () => {
    for (const output of [mochaOutput, nodeOutput]) assert.equal(readTestRun(`${output}\n${output}`), undefined);
  });

  it('says nothing of output that bears no signature', () => {
    assert.equal(readTestRun('  ✔ deployed\n  1) first step\n'), undefined);
    assert.equal(readTestRun(mochaOutput.slice(0, mochaOutput.indexOf('  2 passing'))), undefined);
  });
});
