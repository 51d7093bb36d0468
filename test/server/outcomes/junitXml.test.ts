import assert from 'node:assert/strict';
import { readJunitXml } from '../../../server/outcomes/junitXml.ts';

const report = `\ufeff<?xml version="1.0" encoding="utf-8"?>
<!-- of pytest, shortened -->
<testsuites name="all"><testsuite name="pytest" errors="1" failures="1" time="0.117">
  <testcase classname="shop.Cart" name="test_adds" time="0.001"><system-out>kept out</system-out></testcase>
  <testcase classname='shop.Cart' name="test_many[a &gt; &#98;]"><failure message="assert 1 == 2"><![CDATA[at <shop>:5]]></failure></testcase>
  <testcase name="test_later" time=""><skipped type="pytest.skip" message="not today"/></testcase>
  <testcase name="test_err"><error message="no &quot;tea&quot;"/></testcase>
</testsuite></testsuites>
`;
const problemOf = (xml: string): string | undefined => {
  const read = readJunitXml(xml);
  return 'problem' in read ? read.problem : undefined;
};

describe('test runs, from reports in XML', function () {
  this.timeout(30_000);
  it('gives each test with its outcome and why it failed', () => {
    assert.deepEqual(readJunitXml(report), {
      tests: [
        { name: 'test_adds', suite: ['pytest', 'shop.Cart'], outcome: 'passed', durationMs: 1 },
        { name: 'test_many[a > b]', suite: ['pytest', 'shop.Cart'], outcome: 'failed', message: 'assert 1 == 2\nat <shop>:5' },
        { name: 'test_later', suite: ['pytest'], outcome: 'skipped' },
        { name: 'test_err', suite: ['pytest'], outcome: 'failed', message: 'no "tea"' },
      ],
      summary: { passed: 1, failed: 2, skipped: 1, durationMs: 117 },
    });
  });

  it('refuses a document type and every entity but those of XML itself', () => {
    assert.equal(problemOf('<!DOCTYPE a [<!ENTITY b "c">]><testsuite/>'), 'Documents with a type of their own are not read.');
    assert.equal(problemOf('<testsuite><testcase name="&b;"/></testsuite>'), 'The reference &b is not known.');
    assert.equal(problemOf('<testsuite name="&#x110000;"/>'), 'The reference & is not known.');
  });

  it('says what is no report', () => {
    assert.equal(problemOf('<html></html>'), 'There is no report of tests in it.');
    assert.equal(problemOf(''), 'There is no report of tests in it.');
    assert.equal(problemOf('TAP version 13'), 'There is text outside the document.');
    assert.equal(problemOf('<testsuite></testcase>'), 'The element testcase ends and did not begin.');
    assert.equal(problemOf('<a>'.repeat(101)), 'The document is nested too deep.');
  });

  it('reads no report that is cut off, wherever that is', () => {
    for (let length = 1; length < report.trimEnd().length; length++) assert.notEqual(problemOf(report.slice(0, length)), undefined, `${length} characters`);
  });

  it('reads large reports, also hostile ones, in one pass', () => {
    const many = `<testsuite>${'<testcase name="a" classname="b"><failure message="c">d &lt; e</failure></testcase>'.repeat(60_000)}</testsuite>`;
    const read = readJunitXml(many);
    assert.equal('tests' in read && read.tests.length, 60_000);
    for (const piece of ['<', '<a ', ' ', '&', '<a b="', '<![CDATA[', '<!--', '</', '<a>', '"']) {
      assert.notEqual(problemOf(`<testsuite ${piece.repeat(5_000_000 / piece.length)}`), undefined, piece);
    }
  });
});
