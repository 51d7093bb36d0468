import assert from 'node:assert/strict';
import { askedAgain } from './again.ts';
import { oneFailed, onePassed, sum } from './tally.ts';
import type { Report, Tally } from './tally.ts';

interface Asked {
  readonly report: Report;
  readonly patterns: readonly string[];
  readonly said: readonly string[];
}

describe('a suite that fails', () => {
  const failedOnce = sum([onePassed, oneFailed]);
  const passed = sum([onePassed, onePassed]);

  async function asked(first: Readonly<Record<string, Tally>>, second: Report): Promise<Asked> {
    const patterns: string[] = [];
    const said: string[] = [];
    const ask = (pattern: string): Promise<Report> => {
      patterns.push(pattern);
      return Promise.resolve(second);
    };
    const report = await askedAgain(new Map(Object.entries(first)), ask, (line) => said.push(line));
    return { report, patterns, said };
  }

  it('is asked once more, by its title alone, and its second answer counts', async () => {
    const { report, patterns, said } = await asked({ 'a (b)': failedOnce, 'c.': passed }, new Map([['a (b)', passed]]));
    assert.match(said.join('\n'), /FLAKY: .*: a \(b\)$/);
    assert.deepEqual([...report], [['a (b)', passed], ['c.', passed]]);
    assert.equal(patterns.length, 1);
    const pattern = new RegExp(patterns[0] ?? '');
    assert.ok(pattern.test('a (b) does') && !pattern.test('a (b)c does') && !pattern.test('c. does') && !pattern.test('x a (b) does'));
  });

  it('has failed when it fails again, and when it does not answer', async () => {
    assert.deepEqual([...(await asked({ a: failedOnce }, new Map([['a', oneFailed]]))).report], [['a', oneFailed]]);
    assert.deepEqual([...(await asked({ a: failedOnce }, new Map())).report], [['a', failedOnce]]);
  });

  it('is not asked when nothing failed, when many did, or when it has no title', async () => {
    const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((title) => [title, failedOnce]));
    for (const first of [{ a: passed }, many, { '': oneFailed, a: failedOnce }]) {
      const { report, patterns } = await asked(first, new Map());
      assert.deepEqual([patterns, [...report]], [[], Object.entries(first)]);
    }
  });
});
