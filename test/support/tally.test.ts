import assert from 'node:assert/strict';
import { inWords, joined, nothing, oneFailed, onePassed, readReport, sum, total, writeReport } from './tally.ts';

describe('the tally of a run', () => {
  it('adds up', () => {
    assert.deepEqual(sum([onePassed, oneFailed, onePassed]), { passed: 2, failed: 1, skipped: 0 });
    assert.deepEqual(sum([]), nothing);
  });

  it('says how it went in one line', () => {
    assert.equal(inWords({ passed: 3, failed: 0, skipped: 1 }), '3 passed, 0 failed, 1 skipped');
  });

  it('takes suites of one title as one', () => {
    const both = joined([new Map([['store', onePassed], ['query', onePassed]]), new Map([['store', oneFailed]])]);
    assert.deepEqual([...both], [['store', { passed: 1, failed: 1, skipped: 0 }], ['query', onePassed]]);
    assert.deepEqual(total(both), { passed: 2, failed: 1, skipped: 0 });
  });

  it('does not take an empty or foreign report for a run', () => {
    assert.equal(readReport(writeReport(new Map())), undefined);
    assert.equal(readReport(writeReport(new Map([['store', nothing]]))), undefined);
    assert.equal(readReport('[["store",{"passed":"1","failed":0,"skipped":0}]]'), undefined);
    assert.equal(readReport('null'), undefined);
    const report = new Map([['store', onePassed]]);
    assert.deepEqual(readReport(writeReport(report)), report);
  });
});
