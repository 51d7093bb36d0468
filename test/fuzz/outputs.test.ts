import assert from 'node:assert/strict';
import { readJunitXml } from '../../server/outcomes/junitXml.ts';
import { readLcov } from '../../server/outcomes/lcov.ts';
import { readTestRun } from '../../server/outcomes/readTestRun.ts';
import { createRedactor } from '../../server/ingest/redact.ts';
import { cases, fuzz } from './fuzzing.ts';

const outputs = [
  '  cart\n    ✔ adds\n    1) totals\n\n  1 passing (5ms)\n  1 failing\n\n  1) cart\n       totals:\n     Error: 3 != 4\n      at a (b.ts:1:2)\n',
  'TAP version 13\n1..2\nok 1 - a\nnot ok 2 - b\n  ---\n  message: "x"\n  ...\n# tests 2\n',
  'running 2 tests\ntest a::b ... ok\ntest a::c ... FAILED\n\nfailures:\n\n---- a::c stdout ----\nboom\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n',
  '============ test session starts ============\na_test.py::b PASSED [ 50%]\na_test.py::c FAILED [100%]\n=== FAILURES ===\n___ c ___\nE   assert 1 == 2\n=== 1 failed, 1 passed in 2.89s ===\n',
  '=== RUN   TestA\n--- FAIL: TestA (0.00s)\n    a_test.go:3: no\nFAIL\nFAIL\ta/b\t0.012s\nok  \tc/d\t0.1s\n',
  '{"Action":"run","Package":"a","Test":"b"}\n{"Action":"output","Package":"a","Test":"b","Output":"x\\n"}\n{"Action":"fail","Package":"a","Test":"b","Elapsed":0.1}\n{"Action":"fail","Package":"a"}\n',
  ' FAIL  a.js > b > c\nAssertionError: no\n ❯ a.js:1:2\n\n Test Files  1 failed | 1 passed (2)\n      Tests  1 failed | 3 passed (4)\n   Duration  1.20s\n',
  'FAIL ./a.test.js (5 s)\n  ● a › b\n\n    expect(1).toBe(2)\n\nTest Suites: 1 failed, 1 total\nTests:       1 failed, 5 passed, 6 total\nTime:        2.1 s\n',
  '▶ cart\n  ✔ adds (1.2ms)\n  ✖ totals (2.3ms)\n▶ cart (4ms)\nℹ tests 2\nℹ pass 1\nℹ fail 1\nℹ duration_ms 60.1\n',
  '  Failed a.B.c [1 ms]\n  Error Message:\n   no\nFailed!  - Failed:     1, Passed:    41, Skipped:     0, Total:    42, Duration: 3 s - a.dll (net8.0)\n',
  '[INFO] Running a.B\n[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 1, Time elapsed: 0.4 s <<< FAILURE! -- in a.B\n[ERROR] a.B.c -- Time elapsed: 0.1 s <<< FAILURE!\njava.lang.AssertionError: no\n[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 1\n',
  '> Task :test FAILED\n\nA > b FAILED\n    java.lang.AssertionError at A.java:3\n\n9 tests completed, 1 failed\n',
] as const;

const junit = '<?xml version="1.0"?>\n<testsuites><testsuite name="a" tests="2" failures="1" time="0.2"><testcase classname="a.B" name="c" time="0.1"/><testcase name="d &amp; e"><failure message="no">'
  + '<![CDATA[at x]]></failure></testcase><!-- end --></testsuite></testsuites>';
const lcov = 'TN:\nSF:/w/a.ts\nFN:1,f\nFNDA:3,f\nFNF:1\nFNH:1\nDA:1,3\nDA:2,0\nLF:2\nLH:1\nBRDA:1,0,0,-\nBRF:1\nBRH:0\nend_of_record\n';
const xmlPieces = ['<', '>', '/>', '</testcase>', '<testcase name="', '<![CDATA[', '&#x110000;', '&#0;', '&x;', '<!DOCTYPE a [<!ENTITY b "c">]>', 'tests="-1"', 'time="NaN"'];
const lcovPieces = ['SF:', 'end_of_record\n', 'DA:1,', 'DA:,', 'DA:99999999999,1\n', 'BRDA:1,2\n', 'LF:-1\n', '\n'];

describe('hostile output', function () {
  this.timeout(300_000);

  it(`${cases.outputs} of runners are read as tests or not at all`, async () => {
    await fuzz(cases.outputs, (mutants) => mutants.text(mutants.one(outputs), outputs.flatMap((text) => text.split('\n'))), (output) => {
      const run = readTestRun(output, output.length % 2 === 0);
      if (!run) return;
      const { passed, failed, skipped, errors = 0, durationMs = 0 } = run.summary;
      for (const number of [passed, failed, skipped, errors, durationMs]) assert.ok(Number.isFinite(number) && number >= 0, JSON.stringify(run.summary));
    });
  });

  it(`${cases.reports} reports are read, or what is wrong with them is said`, async () => {
    await fuzz(cases.reports, (mutants) => (mutants.below(2) === 0 ? mutants.text(junit, xmlPieces) : mutants.text(lcov, lcovPieces)), (text) => {
      for (const report of [readJunitXml(text), readLcov(text)]) if ('problem' in report) assert.ok(report.problem.length > 0);
    });
  });

  it(`${cases.texts} texts are redacted to something that is as it is when it is redacted again`, async () => {
    const redactor = createRedactor();
    const pieces = ['password=', 'Authorization: Bearer ', 'https://u:p@h/', `AKIA${'A'.repeat(16)}`, '-----BEGIN RSA ' + 'PRIVATE KEY-----', '-----END RSA ' + 'PRIVATE KEY-----', 'eyJ', '=', '.', '\u001b[0m', '"', '\\"', '\\u0041'];
    await fuzz(cases.texts, (mutants) => mutants.text(mutants.text(mutants.one(outputs), pieces), pieces), async (text) => {
      const first = await redactor.text(text);
      assert.equal((await redactor.text(first.text)).text, first.text);
    });
  });
});
