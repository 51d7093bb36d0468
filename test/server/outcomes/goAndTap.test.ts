import assert from 'node:assert/strict';
import { readTestRun } from '../../../server/outcomes/readTestRun.ts';

const described = (output: readonly string[], isWhole?: boolean): unknown => {
  const run = readTestRun(output.join('\n'), isWhole);
  return run && [run.runner, run.summary, ...run.tests.map(({ outcome, suite, name, message }) => [outcome, suite.join(' '), name, ...(message === undefined ? [] : [message])].join(' | '))];
};

describe('test runs, from what go test prints', () => {
  const failing = ['--- FAIL: TestCart (0.00s)', '    --- FAIL: TestCart/sum (0.00s)', '        cart_test.go:9: got 1', '        want 2'];

  it('names failures with what they printed; a package that is well counts as one test, one that is not built as an error', () => {
    const output = [...failing, 'FAIL', 'FAIL\texample.com/shop\t0.012s', 'ok  \texample.com/tea\t(cached)', '?   \texample.com/none\t[no test files]', 'FAIL\texample.com/bad [build failed]', 'FAIL'];
    assert.deepEqual(described(output), [
      'go test', { passed: 1, failed: 1, skipped: 0, errors: 1 },
      'failed | example.com/shop TestCart | sum | cart_test.go:9: got 1\nwant 2', 'passed |  | example.com/tea',
    ]);
  });

  it('reads -v, where a test prints before it ends', () => {
    const output = [
      '=== RUN   TestAdds', '--- PASS: TestAdds (0.01s)', '=== RUN   TestCart', '=== RUN   TestCart/sum', '    cart_test.go:9: got 1', '=== RUN   TestLater',
      '    cart_test.go:12: not today', ...failing.slice(0, 2), '--- SKIP: TestLater (0.00s)', 'FAIL', 'FAIL\texample.com/shop\t0.012s',
    ];
    assert.deepEqual(described(output), [
      'go test', { passed: 1, failed: 1, skipped: 1 },
      'passed | example.com/shop | TestAdds', 'failed | example.com/shop TestCart | sum | cart_test.go:9: got 1', 'skipped | example.com/shop | TestLater',
    ]);
  });

  it('reads -json', () => {
    const event = (Action: string, more: object = {}): string => JSON.stringify({ Time: '2026-11-20T10:00:00Z', Action, Package: 'example.com/shop', ...more });
    const output = [
      event('start'), event('output', { Test: 'TestAdds', Output: '=== RUN   TestAdds\n' }), event('pass', { Test: 'TestAdds', Elapsed: 0.01 }),
      event('output', { Test: 'TestCart/sum', Output: '    cart_test.go:9: got 1\n' }), event('output', { Test: 'TestCart/sum', Output: '    --- FAIL: TestCart/sum (0.00s)\n' }),
      event('fail', { Test: 'TestCart/sum', Elapsed: 0 }), event('fail', { Test: 'TestCart', Elapsed: 0 }), '{"Action":"output","Pack', event('fail', { Elapsed: 0.2 }),
    ];
    assert.deepEqual(described(output), [
      'go test', { passed: 1, failed: 1, skipped: 0 },
      'passed | example.com/shop | TestAdds', 'failed | example.com/shop TestCart | sum | cart_test.go:9: got 1',
    ]);
  });

  it('counts nothing where something is left out', () => {
    assert.equal(described([...failing, 'FAIL\texample.com/shop\t0.012s'], false), undefined);
  });
});

describe('test runs, from the Test Anything Protocol', () => {
  it('reads the example of the specification', () => {
    const output = [
      'TAP version 14', '1..4', 'ok 1 - Input file opened', 'not ok 2 - First line of the input valid', '  ---', "  message: 'First line invalid'", '  severity: fail', '  ...',
      'ok 3 - Read the rest of the file', 'not ok 4 - Summarized correctly # TODO Not written yet',
    ];
    assert.deepEqual(described(output), [
      'TAP', { passed: 2, failed: 1, skipped: 1 }, 'passed |  | Input file opened',
      "failed |  | First line of the input valid | message: 'First line invalid'\nseverity: fail", 'passed |  | Read the rest of the file', 'skipped |  | Summarized correctly',
    ]);
    assert.equal(described(output.slice(0, -1)), undefined);
    assert.deepEqual(described([...output.slice(0, 3), 'Bail out! No tea.']), ['TAP', { passed: 1, failed: 0, skipped: 0, errors: 1 }, 'passed |  | Input file opened']);
  });

  it('reads the subtests of node:test, which stand before what holds them, and its own numbers', () => {
    const output = [
      'TAP version 13', '# Subtest: cart', '    # Subtest: adds', '    ok 1 - adds', '      ---', '      duration_ms: 1.07', '      ...', '    # Subtest: totals',
      '    not ok 2 - totals', '      ---', '      duration_ms: 34.5', "      error: '1 == 2'", '      stack: |-', '        TestContext.<anonymous>', '      ...', '    1..2',
      'not ok 1 - cart', '  ---', "  error: '1 subtest failed'", '  ...', '1..1', '# tests 2', '# pass 1', '# fail 1', '# cancelled 0', '# skipped 0', '# todo 0', '# duration_ms 476.9',
    ];
    assert.deepEqual(described(output), ['TAP', { passed: 1, failed: 1, skipped: 0, durationMs: 476.9 }, 'passed | cart | adds', "failed | cart | totals | error: '1 == 2'"]);
  });
});
