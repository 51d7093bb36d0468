import assert from 'node:assert/strict';
import { readTestRun } from '../../../server/outcomes/readTestRun.ts';

const output = [
  '=========================== test session starts ============================',
  'test_sample.py::TestCart::test_adds PASSED                           [ 33%]',
  'test_sample.py::test_answer FAILED                                   [ 66%]',
  'test_sample.py::test_later SKIPPED (not today)                       [100%]',
  '================================= FAILURES =================================',
  '_______________________________ test_answer ________________________________',
  'E       assert 4 == 5',
  '========================= short test summary info ==========================',
  'FAILED test_sample.py::test_answer - assert 4 == 5',
  '============= 1 failed, 1 passed, 1 skipped, 1 xfailed in 0.12s =============',
];

describe('test runs, from what pytest prints', () => {
  it('gives each test once, a failure with its message, and the numbers pytest gave', () => {
    assert.deepEqual(readTestRun(output.join('\n')), {
      runner: 'pytest',
      tests: [
        { name: 'test_adds', suite: ['test_sample.py', 'TestCart'], outcome: 'passed' },
        { name: 'test_answer', suite: ['test_sample.py'], outcome: 'failed', message: 'assert 4 == 5' },
        { name: 'test_later', suite: ['test_sample.py'], outcome: 'skipped' },
      ],
      summary: { passed: 1, failed: 1, skipped: 2, durationMs: 120 },
    });
  });

  it('reads what -q prints: an error of a fixture, and a parameter that looks like a message', () => {
    const quiet = ['..F [100%]', 'FAILED a_test.py::test_many[c - d] - assert 1 == 2', 'ERROR a_test.py::test_err - ValueError: x', '1 failed, 2 passed, 1 error in 2.89s'];
    assert.deepEqual(readTestRun(quiet.join('\n')), {
      runner: 'pytest',
      tests: [
        { name: 'test_many[c - d]', suite: ['a_test.py'], outcome: 'failed', message: 'assert 1 == 2' },
        { name: 'test_err', suite: ['a_test.py'], outcome: 'failed', message: 'ValueError: x' },
      ],
      summary: { passed: 2, failed: 1, skipped: 0, errors: 1, durationMs: 2890 },
    });
  });

  it('says nothing of a run that was cut off before its end', () => {
    assert.equal(readTestRun(output.slice(0, -1).join('\n')), undefined);
  });
});
