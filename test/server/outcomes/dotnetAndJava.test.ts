import assert from 'node:assert/strict';
import { readTestRun } from '../../../server/outcomes/readTestRun.ts';

const described = (output: readonly string[]): unknown => {
  const run = readTestRun(output.join('\n'));
  return run && [run.runner, run.summary, ...run.tests.map(({ outcome, suite, name, durationMs = '-', message }) => [outcome, suite.join(' '), name, durationMs, ...(message === undefined ? [] : [message])].join(' | '))];
};

describe('test runs, from what dotnet test prints', () => {
  const failed = ['  Failed Shop.Cart.Totals [1,045 ms]', '  Error Message:', '   Assert.AreEqual failed. Expected:<2>. Actual:<3>.', '  Stack Trace:', '     at Shop.Cart.Totals() in /shop/Cart.cs:line 29'];

  it('sums the lines of its projects', () => {
    const output = [
      ...failed, '', 'Failed!  - Failed:     1, Passed:    41, Skipped:     0, Total:    42, Duration: 3 s - Shop.dll (net8.0)',
      'Passed!  - Failed:     0, Passed:     2, Skipped:     1, Total:     3, Duration: 308 ms - Tea.dll (net8.0)',
    ];
    assert.deepEqual(described(output), [
      'dotnet test', { passed: 43, failed: 1, skipped: 1, durationMs: 3308 },
      'failed |  | Shop.Cart.Totals | 1045 | Assert.AreEqual failed. Expected:<2>. Actual:<3>.',
    ]);
  });

  it('reads the detailed list, and the summary of the terminal logger', () => {
    const list = ['  Passed Adds [1 ms]', '  Skipped Later [< 1 ms]', ...failed, '', 'Test Run Failed.', 'Total tests: 3', '     Passed: 1', '     Failed: 1', '    Skipped: 1', ' Total time: 3,5587 Seconds'];
    assert.deepEqual((described(list) as unknown[]).slice(0, 4), ['dotnet test', { passed: 1, failed: 1, skipped: 1 }, 'passed |  | Adds | 1', 'skipped |  | Later | 1']);
    assert.deepEqual(described(['Test summary: total: 34, failed: 0, succeeded: 27, skipped: 7, duration: 1.5s']), ['dotnet test', { passed: 27, failed: 0, skipped: 7, durationMs: 1500 }]);
  });
});

describe('test runs, from what Maven and Gradle print', () => {
  it('takes the totals of Surefire, and each failure with its message', () => {
    const output = [
      '[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 1, Time elapsed: 0.432 s <<< FAILURE! -- in shop.CartTest',
      '[ERROR] shop.CartTest.totals -- Time elapsed: 0.171 s <<< FAILURE!', 'java.lang.AssertionError: ', '', 'Expecting code to raise a throwable.',
      '\tat shop.CartTest.totals(CartTest.java:108)', '[INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.5 s -- in shop.FineTest',
      '[INFO] Results:', '[ERROR] Tests run: 4, Failures: 1, Errors: 0, Skipped: 1',
    ];
    assert.deepEqual(described(output), [
      'Maven Surefire', { passed: 2, failed: 1, skipped: 1, durationMs: 932 },
      'failed | shop.CartTest | totals | 171 | java.lang.AssertionError:\n\nExpecting code to raise a throwable.',
    ]);
    assert.equal(described(output.slice(0, -1)), undefined);
  });

  it('reads Gradle where something failed', () => {
    const output = [
      '> Task :test FAILED', '', 'CartTest > totals FAILED', '    java.lang.AssertionError: expected:<1> but was:<3>', '        at org.junit.Assert.fail(Assert.java:88)',
      '', '9 tests completed, 1 failed, 2 skipped',
    ];
    assert.deepEqual(described(output), ['Gradle', { passed: 6, failed: 1, skipped: 2 }, 'failed | CartTest | totals | - | java.lang.AssertionError: expected:<1> but was:<3>']);
    assert.equal(described(['3 tests completed, 1 failed']), undefined);
  });
});
