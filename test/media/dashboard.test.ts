import assert from 'node:assert/strict';
import { bucketOf, leading, sumBy, unitOf } from '../../media/dashboard/buckets.ts';
import { filter, folderPath, join, phrase, withinBucket, withinRange } from '../../media/dashboard/links.ts';

describe('buckets of the dashboard', () => {
  it('are days, weeks from Monday on, or months', () => {
    assert.deepEqual([unitOf('2026-10-23', '2026-11-21'), unitOf('2025-11-22', '2026-11-21'), unitOf('2019-01-01', '2026-11-21')], ['day', 'week', 'month']);
    assert.deepEqual(bucketOf('2026-11-22', 'week'), { unit: 'week', start: '2026-11-16', end: '2026-11-23' });
    assert.deepEqual(bucketOf('2026-12-31', 'month'), { unit: 'month', start: '2026-12-01', end: '2027-01-01' });
    assert.deepEqual(bucketOf('2026-02-28', 'day'), { unit: 'day', start: '2026-02-28', end: '2026-03-01' });
  });

  it('hold sums by name, and know the greatest', () => {
    const rows = [['2026-11-17', 'a', 2], ['2026-11-16', 'b', 5], ['2026-11-18', 'a', 1]] as const;
    const sums = sumBy(rows.map(([day, name, value]) => ({ day, name, value })), 'week', ({ name }) => name, ({ value }) => value);
    assert.deepEqual(sums.map(({ bucket, name, value }) => [bucket.start, name, value]), [['2026-11-16', 'a', 3], ['2026-11-16', 'b', 5]]);
    assert.deepEqual(leading([...sums, { name: 'c', value: 0 }], 6), ['b', 'a']);
    assert.deepEqual(leading(sums, 1), ['b']);
  });
});

describe('links of the dashboard', () => {
  it('are searches for what is behind a figure', () => {
    const choice = { days: 30, workspace: 'file:///home/ada/my%20shop' };
    assert.equal(withinRange(choice, '2026-10-23'), 'after:2026-10-23 workspace:"/home/ada/my shop"');
    assert.equal(withinRange({ days: null, workspace: null }, '2026-10-23'), '');
    assert.equal(withinBucket({ days: 7, workspace: null }, bucketOf('2026-11-20', 'day')), 'during:2026-11-20');
    assert.equal(withinBucket({ days: 7, workspace: null }, bucketOf('2026-11-20', 'week')), 'after:2026-11-16 before:2026-11-23');
  });

  it('hold what others wrote as words, whatever it is', () => {
    assert.equal(phrase('echo "a OR b"  -c'), '"echo a OR b -c"');
    assert.equal(filter('model', 'x" OR y'), 'model:"x  OR y"');
    assert.equal(filter('file', 'src/a.ts'), 'file:src/a.ts');
    assert.equal(join('', 'a', ''), 'a');
    assert.deepEqual([folderPath('file:///c%3A/shop'), folderPath('vscode-remote://ssh/x'), folderPath('odd')], ['c:/shop', 'vscode-remote://ssh/x', 'odd']);
  });
});
