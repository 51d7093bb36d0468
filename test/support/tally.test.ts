import assert from 'node:assert/strict';
import { inWords, nothing, oneFailed, onePassed, readTally, sum } from './tally.ts';

describe('the tally of a run', () => {
  it('adds up', () => {
    assert.deepEqual(sum([onePassed, oneFailed, onePassed]), { passed: 2, failed: 1, skipped: 0 });
    assert.deepEqual(sum([]), nothing);
  });

  it('says how it went in one line', () => {
    assert.equal(inWords({ passed: 3, failed: 0, skipped: 1 }), '3 passed, 0 failed, 1 skipped');
  });

  it('does not take an empty or foreign report for a run', () => {
    assert.equal(readTally(JSON.stringify(nothing)), undefined);
    assert.equal(readTally('{"passed":"1","failed":0,"skipped":0}'), undefined);
    assert.equal(readTally('null'), undefined);
    assert.deepEqual(readTally(JSON.stringify(onePassed)), onePassed);
  });
});
