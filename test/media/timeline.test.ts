import assert from 'node:assert/strict';
import { binned, inView, moved, nearest, zoomed } from '../../media/timeline/view.ts';
import type { TimelineItem } from '../../shared/timeline.ts';

const day = { from: 0, to: 86_400_000 };
const item = (id: string, start: number, end = start, more: Partial<TimelineItem> = {}): TimelineItem =>
  ({ id, lane: 'edits', start, end, label: id, kind: 'editor.edited', source: 'lsp', ...more });

describe('the view of a timeline', () => {
  it('keeps what is under the pointer where it is', () => {
    const view = zoomed(day, 21_600_000, 0.5, day);
    assert.deepEqual(view, { from: 10_800_000, to: 54_000_000 });
    assert.equal((21_600_000 - view.from) / (view.to - view.from), 0.25);
  });

  it('never leaves the day, and never sees less than some seconds', () => {
    assert.deepEqual(zoomed({ from: 10, to: 80_000_000 }, 50, 100, day), day);
    assert.equal(zoomed({ from: 1_000_000, to: 1_020_000 }, 1_010_000, 0.001, day).to - 1_010_000, 5_000);
    assert.deepEqual(moved({ from: 0, to: 1_000 }, -3, day), { from: 0, to: 1_000 });
    assert.deepEqual(moved({ from: 86_399_000, to: 86_400_000 }, 3, day), { from: 86_399_000, to: 86_400_000 });
    assert.deepEqual(moved({ from: 1_000, to: 2_000 }, 0.5, day), { from: 1_500, to: 2_500 });
  });

  it('draws together what shares a few pixels, and loses nothing', () => {
    const items = [item('a', 5), item('b', 8), item('c', 12, 31, { failed: true }), item('d', 8, 8, { lane: 'chats' })];
    assert.deepEqual(binned(items, { from: 0, to: 100 }, 10).map(({ lane, start, count, failed }) => [lane, start, count, failed]), [
      ['edits', 0, 2, 0], ['edits', 10, 1, 1], ['edits', 20, 1, 1], ['edits', 30, 1, 1], ['chats', 0, 1, 0],
    ]);
    assert.equal(binned([item('long', -50, 500)], { from: 0, to: 100 }, 10).length, 11);
  });

  it('finds what is meant', () => {
    const items = [item('long', 0, 100), item('short', 40), item('other', 40, 40, { lane: 'tests' })];
    assert.deepEqual(nearest(items, 'edits', 41, 5).map(({ id }) => id), ['long', 'short']);
    assert.deepEqual(nearest(items, 'edits', 40, 5).map(({ id }) => id), ['short', 'long']);
    assert.deepEqual(nearest(items, 'commits', 40, 5), []);
    assert.deepEqual(inView(items, { from: 50, to: 60 }).map(({ id }) => id), ['long']);
  });
});
