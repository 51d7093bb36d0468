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

  it('says nothing of a run that was cut off before its end', () => {
    assert.equal(readTestRun(output.slice(0, -1).join('\n')), undefined);
  });
});
