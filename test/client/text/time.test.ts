import assert from 'node:assert/strict';
import { age, dateOf, dayName, duration } from '../../../client/text/time.ts';
import { t } from '../translate.ts';

/** A local time, as RFC 3339. */
const local = (day: number, hour: number, minute = 0): string => new Date(2026, 10, day, hour, minute).toISOString();
const now = new Date(2026, 10, 20, 14, 30);

describe('client: times in words', () => {
  it('say the age in the largest unit that fits', () => {
    assert.equal(age(t, local(20, 14, 30), now), 'just now');
    assert.equal(age(t, local(20, 14, 25), now), '5 min ago');
    assert.equal(age(t, local(20, 12, 29), now), '2 h ago');
    assert.equal(age(t, local(17, 12), now), '3 d ago');
    assert.equal(age(t, local(2, 12), now), '2026-11-02');
    assert.equal(age(t, 'no time', now), '');
  });

  it('name days by the calendar, not by hours', () => {
    assert.equal(dayName(t, local(20, 0, 1), now), 'Today');
    assert.equal(dayName(t, local(19, 23, 59), now), 'Yesterday');
    assert.equal(dayName(t, local(19, 0, 1), now), 'Yesterday');
    assert.equal(dayName(t, local(16, 9), now, 'en'), 'Monday');
    assert.match(dayName(t, local(2, 9), now, 'en-GB'), /^Mon.* 2 Nov$/);
    assert.match(dayName(t, new Date(2025, 0, 5, 9).toISOString(), now, 'en-GB'), /2025$/);
    assert.equal(dayName(t, '', now), 'Unknown day');
  });

  it('write dates in local time', () => {
    assert.equal(dateOf(local(2, 0, 1)), '2026-11-02');
    assert.equal(dateOf(local(2, 23, 59)), '2026-11-02');
  });

  it('say how long something took', () => {
    assert.equal(duration(t, 80), '80 ms');
    assert.equal(duration(t, 3240), '3.2 s');
    assert.equal(duration(t, 59_999), '1 min 0 s');
    assert.equal(duration(t, 250_000), '4 min 10 s');
    assert.equal(duration(t, 7_500_000), '2 h 5 min');
  });
});
