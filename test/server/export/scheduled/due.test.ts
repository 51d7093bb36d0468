import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dayBefore, lastBoundary, nextBoundary } from '../../../../server/export/scheduled/due.ts';

const at = (time: string): number => Date.parse(time);

describe('when a scheduled export is due', () => {
  it('is when a day or a week of UTC is over; weeks begin on Monday', () => {
    // 21 November 2026 is a Saturday.
    assert.equal(lastBoundary('day', at('2026-11-21T00:00:00Z')), '2026-11-21T00:00:00.000Z');
    assert.equal(lastBoundary('day', at('2026-11-21T23:59:59.999Z')), '2026-11-21T00:00:00.000Z');
    assert.equal(lastBoundary('week', at('2026-11-21T10:00:00Z')), '2026-11-16T00:00:00.000Z');
    assert.equal(lastBoundary('week', at('2026-11-16T00:00:00Z')), '2026-11-16T00:00:00.000Z');
    assert.equal(lastBoundary('week', at('2026-11-15T23:59:59Z')), '2026-11-09T00:00:00.000Z');
    assert.equal(dayBefore('2026-03-01T00:00:00.000Z'), '2026-02-28');
  });

  it('is at the next boundary after the last one, which is never later than now', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom('day', 'week'), (now, every) => {
      const [last, next] = [Date.parse(lastBoundary(every, now)), nextBoundary(every, now)];
      assert.ok(last <= now && now < next);
      assert.equal(lastBoundary(every, next), new Date(next).toISOString());
      if (every === 'week') assert.equal(new Date(last).getUTCDay(), 1);
    }));
  });
});
