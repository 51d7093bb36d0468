import assert from 'node:assert/strict';
import { readTestRun } from '../../../server/outcomes/readTestRun.ts';

/** Of vitest 5.1.1, shortened. */
const vitestOutput = [
  '', ' RUN  v5.1.1 /shop', '',
  ' ❯ cart.test.js (6 tests | 2 failed | 1 skipped | 1 todo) 492ms', '   ❯ cart (6)', '     ✓ adds 3ms', '     ✓ waits 401ms', '     ↓ later',
  '     □ someday', '     ❯ sum (2)', '       × totals 78ms', '       × throws 7ms', ' ✓ fine.test.js (1 test) 4ms', ' ❯ broken.test.js (0 test)', '',
  '⎯⎯⎯⎯⎯⎯ Failed Suites 1 ⎯⎯⎯⎯⎯⎯⎯', '', ' FAIL  broken.test.js [ broken.test.js ]', "Error: Cannot find module './nothing.js'", ' ❯ broken.test.js:1:1', '',
  '⎯⎯⎯⎯⎯⎯⎯ Failed Tests 2 ⎯⎯⎯⎯⎯⎯⎯', '', ' FAIL  cart.test.js > cart > sum > totals', 'AssertionError: expected 1 to be 2 // Object.is equality', '',
  '- 2', '+ 1', '', ' ❯ cart.test.js:3:57', '    1| import', '', '⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[1/2]⎯', '',
  ' FAIL  cart.test.js > cart > sum > throws', 'TypeError: no tea', ' ❯ cart.test.js:3:103', '',
  ' Test Files  2 failed | 1 passed (3)', '      Tests  2 failed | 3 passed | 1 skipped | 1 todo (7)', '   Start at  07:35:06', '   Duration  2.13s (tests 84%)', '',
];

/** Of jest 30.5.2, shortened. */
const jestFailures = [
  '  ● cart › sum › totals', '', '    expect(received).toBe(expected) // Object.is equality', '', '    Expected: 2', '    Received: 1', '',
  "      1 | describe('cart', () => {", "    > 2 |  describe('sum', () => {", '        |     ^', '      3 |', '', '      at Object.toBe (cart.test.js:2:57)', '',
];
const jestEnd = [
  'FAIL ./broken.test.js', '  ● Test suite failed to run', '', "    Cannot find module './nothing.js' from 'broken.test.js'", '',
  'Test Suites: 2 failed, 1 passed, 3 total', 'Tests:       1 failed, 1 skipped, 1 todo, 3 passed, 6 total', 'Snapshots:   0 total', 'Time:        2.054 s', 'Ran all test suites.',
];
const jestTotals = { passed: 3, failed: 1, skipped: 2, errors: 1, durationMs: 2054 };
const jestMessage = 'expect(received).toBe(expected) // Object.is equality\n\nExpected: 2\nReceived: 1';

describe('test runs, from what vitest and jest print', () => {
  const names = (output: readonly string[]): string[] =>
    (readTestRun(output.join('\n'))?.tests ?? []).map(({ outcome, suite, name, durationMs = '-' }) => `${outcome} ${suite.join('/')} ${name} ${durationMs}`);

  it('reads the tree of vitest, where a file that could not be run is an error and no test', () => {
    const run = readTestRun(vitestOutput.join('\n'));
    assert.deepEqual(run?.summary, { passed: 3, failed: 2, skipped: 2, errors: 1, durationMs: 2130 });
    assert.deepEqual(names(vitestOutput), [
      'passed cart.test.js/cart adds 3', 'passed cart.test.js/cart waits 401', 'skipped cart.test.js/cart later -', 'skipped cart.test.js/cart someday -',
      'failed cart.test.js/cart/sum totals 78', 'failed cart.test.js/cart/sum throws 7',
    ]);
    assert.deepEqual(run.tests.slice(4).map(({ message }) => message), [
      'AssertionError: expected 1 to be 2 // Object.is equality\n\n- 2\n+ 1', 'TypeError: no tea',
    ]);
  });

  it('reads the flat list of vitest', () => {
    const verbose = [' ✓ cart.test.js > cart > adds 2ms', ' ↓ cart.test.js > cart > later', ' × cart.test.js > cart > sum > totals 18ms', '   → expected 1 to be 2'];
    assert.deepEqual(names([...verbose, ...vitestOutput.slice(-5)]), [
      'passed cart.test.js/cart adds 2', 'skipped cart.test.js/cart later -', 'failed cart.test.js/cart/sum totals 18',
    ]);
  });

  it('names what failed where vitest prints dots', () => {
    assert.deepEqual(names(['··--xx·', ...vitestOutput.slice(15)]), ['failed cart.test.js/cart/sum totals -', 'failed cart.test.js/cart/sum throws -']);
  });

  it('reads the failures of jest', () => {
    const output = ['FAIL ./cart.test.js', ...jestFailures, 'PASS ./fine.test.js', ...jestEnd];
    assert.deepEqual(readTestRun(output.join('\n')), {
      runner: 'jest', summary: jestTotals, tests: [{ name: 'totals', suite: ['./cart.test.js', 'cart', 'sum'], outcome: 'failed', message: jestMessage }],
    });
  });

  it('reads the trees of jest, and what it repeats at the end once', () => {
    const tree = ['FAIL ./cart.test.js (5.1 s)', '  cart', '    ✓ adds (2 ms)', '    ○ skipped later', '    ✎ todo someday', '    sum', '      ✕ totals (3 ms)', ''];
    const output = [...tree, ...jestFailures, 'PASS ./fine.test.js', '  ✓ is fine (1 ms)', '', 'Summary of all failing tests', 'FAIL ./cart.test.js', ...jestFailures, ...jestEnd];
    assert.deepEqual(names(output), [
      'passed ./cart.test.js/cart adds 2', 'skipped ./cart.test.js/cart later -', 'skipped ./cart.test.js/cart someday -',
      'failed ./cart.test.js/cart/sum totals 3', 'passed ./fine.test.js is fine 1',
    ]);
    assert.deepEqual(readTestRun(output.join('\n'))?.summary, jestTotals);
  });
});
