import assert from 'node:assert/strict';
import { hoursOf, ratesOf, statisticsOf, type Figures } from '../../../server/query/statistics.ts';

const none: Figures = { activity: [], sessions: [], tokens: [], commands: { runs: 0, failed: 0 }, mostFailing: [], tests: [], byAgents: [], byHand: [], fixes: [], storage: [], workspaces: [] };
const hour = (iso: string): number => Date.parse(iso) / 3_600_000;

describe('statistics by local day', () => {
  const zone = process.env['TZ'];
  beforeEach(() => { process.env['TZ'] = 'America/New_York'; });
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  const now = new Date('2026-11-20T03:00:00Z'); // still the 19th there

  it('take whole local days up to today, across a change of the clock', () => {
    assert.deepEqual(hoursOf({ days: 1 }, now), { since: hour('2026-11-19T05:00Z'), until: hour('2026-11-20T05:00Z') });
    assert.deepEqual(hoursOf({ days: 30 }, now), { since: hour('2026-10-21T04:00Z'), until: hour('2026-11-20T05:00Z') });
  });

  it('put late evenings on the day they belong to', () => {
    const activity = [
      { hour: hour('2026-11-19T02:00Z'), lane: 'edits', records: 2 }, { hour: hour('2026-11-20T01:00Z'), lane: 'edits', records: 3 }, { hour: hour('2026-11-20T01:00Z'), lane: 'chats', records: 4 },
    ] as const;
    const statistics = statisticsOf({ ...none, activity }, {}, 5, now);
    assert.deepEqual(statistics.days, [{ day: '2026-11-18', records: 2, lanes: { edits: 2 } }, { day: '2026-11-19', records: 7, lanes: { edits: 3, chats: 4 } }]);
    assert.deepEqual([statistics.since, statistics.until, statistics.databaseBytes], ['2026-11-18', '2026-11-19', 5]);
    assert.deepEqual([statistics.week.length, statistics.week[2 * 24 + 21], statistics.week[3 * 24 + 20]], [168, 2, 7]);
  });

  it('sum by day, source and model, and say where no model is known', () => {
    const row = { source: 'codex', responses: 1, inputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 2 };
    const tokens = [{ ...row, hour: hour('2026-11-19T12:00Z'), model: 'a' }, { ...row, hour: hour('2026-11-19T13:00Z'), model: 'a' }, { ...row, hour: hour('2026-11-19T13:00Z'), model: '' }];
    assert.deepEqual(statisticsOf({ ...none, tokens }, { days: 7 }, 0, now).tokens.map(({ day, model, responses, outputTokens }) => [day, model, responses, outputTokens]), [
      ['2026-11-19', null, 1, 2], ['2026-11-19', 'a', 2, 4],
    ]);
  });

  it('give the median of fixes, and none without any', () => {
    const fixes = [5, 100, 7, 9].map((ms) => ({ hour: hour('2026-11-19T12:00Z'), ms }));
    assert.deepEqual(statisticsOf({ ...none, fixes }, {}, 0, now).fixes, { count: 4, medianMs: 8, days: [{ day: '2026-11-19', count: 4, medianMs: 8 }] });
    assert.equal(statisticsOf(none, {}, 0, now).fixes.medianMs, null);
  });

  it('count the minutes of the last hour', () => {
    const minute = now.getTime() / 60_000;
    const rates = ratesOf([{ minute, source: 'lsp', records: 2 }, { minute: minute - 59, source: 'codex', records: 3 }, { minute: minute - 60, source: 'codex', records: 9 }], now);
    assert.deepEqual([rates.minutes.length, rates.minutes[59], rates.minutes[0], rates.sources], [60, 2, 3, { lsp: 2, codex: 3 }]);
  });
});
