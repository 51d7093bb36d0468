import assert from 'node:assert/strict';
import { forecast, type DayBytes } from '../../../server/expiry/forecast.ts';
import { utcDay } from '../../../server/expiry/planner.ts';
import { defaultRetention } from '../../../shared/retention.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const days = (family: DayBytes['family'], from: number, to: number, bytes: number): DayBytes[] =>
  Array.from({ length: from - to + 1 }, (_, at) => ({ family, day: utcDay(now - (from - at) * 86_400_000), bytes }));

describe('how large the record will be', () => {
  it('grows as in the last thirty days, today left out, and loses what is too old by then', () => {
    const there = [...days('events', 99, 0, 100), ...days('chats', 9, 0, 30)];
    // 365 days of events and, of those there are now, today; chats for ever; the index is half of the journal.
    assert.deepEqual(forecast(defaultRetention, there, 5_150, now), {
      days: 365, bytes: Math.round((36_600 + 300 + (9 * 30 / 30) * 365) * 1.5), bytesADay: Math.round(109 * 1.5), basisDays: 30, isLimited: true,
    });
  });

  it('is what there is and what comes where everything stays, and never above the size that is allowed', () => {
    const there = days('tasks', 10, 1, 100);
    assert.deepEqual(forecast(defaultRetention, there, 0, now), { days: 365, bytes: 1_000 + 36_500, bytesADay: 100, basisDays: 10, isLimited: false });
    assert.deepEqual(forecast({ ...defaultRetention, maxBytes: 9_000 }, there, 0, now), { days: 365, bytes: 9_000, bytesADay: 100, basisDays: 10, isLimited: true });
  });

  it('says that nothing is known on the first day', () => {
    assert.deepEqual(forecast(defaultRetention, days('events', 0, 0, 700), 0, now).basisDays, 0);
    assert.deepEqual(forecast(defaultRetention, [], 0, now), { days: 365, bytes: 0, bytesADay: 0, basisDays: 0, isLimited: false });
  });
});
