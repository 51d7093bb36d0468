import assert from 'node:assert/strict';
import { dateRange, dateWords } from '../../../../server/query/language/dates.ts';

// A Saturday, eight in the morning in Berlin.
const berlin = { now: Date.UTC(2026, 10, 21, 7), timeZone: 'Europe/Berlin' };

describe('dates of a query', () => {
  const ranges: [string, string, string][] = [
    ['2026', '2025-12-31T23:00Z', '2026-12-31T23:00Z'],
    ['2026-11', '2026-10-31T23:00Z', '2026-11-30T23:00Z'],
    ['2026-11-20', '2026-11-19T23:00Z', '2026-11-20T23:00Z'],
    ['2026-11-20T14:30', '2026-11-20T13:30Z', '2026-11-20T13:31Z'],
    ['2026-11-20 14:30', '2026-11-20T13:30Z', '2026-11-20T13:31Z'],
    ['2026-03-29', '2026-03-28T23:00Z', '2026-03-29T22:00Z'], // a day of 23 hours
    ['2026-10-25', '2026-10-24T22:00Z', '2026-10-25T23:00Z'], // a day of 25 hours
    ['today', '2026-11-20T23:00Z', '2026-11-21T23:00Z'],
    ['Yesterday', '2026-11-19T23:00Z', '2026-11-20T23:00Z'],
    ['saturday', '2026-11-20T23:00Z', '2026-11-21T23:00Z'],
    ['sunday', '2026-11-14T23:00Z', '2026-11-15T23:00Z'],
    ['this week', '2026-11-15T23:00Z', '2026-11-22T23:00Z'],
    ['last-week', '2026-11-08T23:00Z', '2026-11-15T23:00Z'],
    ['last-month', '2026-09-30T22:00Z', '2026-10-31T23:00Z'],
    ['last-year', '2024-12-31T23:00Z', '2025-12-31T23:00Z'],
    ['7d', '2026-11-14T07:00Z', '2026-11-21T07:00Z'],
  ];
  for (const [typed, since, until] of ranges) {
    it(`takes ${typed} for ${since} to ${until}`, () => {
      assert.deepEqual(dateRange(typed, berlin), { since: Date.parse(since), until: Date.parse(until) });
    });
  }

  it('knows every word it offers', () => assert.deepEqual(dateWords.filter((word) => !dateRange(word, berlin)), []));

  it('says the day of whoever asks, not of Greenwich', () => {
    const lateInTokyo = { now: Date.UTC(2026, 10, 21, 20), timeZone: 'Asia/Tokyo' };
    assert.equal(dateRange('today', lateInTokyo)?.since, Date.UTC(2026, 10, 21, 15));
  });

  for (const typed of ['', '2026-13', '2026-02-30', '2026-11-20T25:00', 'soon', '99999d', 'this-', 'last-decade']) {
    it(`takes ${typed || 'nothing'} for no date`, () => assert.equal(dateRange(typed, berlin), undefined));
  }
});
