import assert from 'node:assert/strict';
import { planOf, utcDay, type Held, type HeldChat, type HeldDay } from '../../../server/expiry/planner.ts';
import { families, type Family } from '../../../shared/record.ts';
import { defaultRetention, type RetentionPolicy } from '../../../shared/retention.ts';
import { seeded } from '../durability/random.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const dayMs = 86_400_000;
const dayFamilies = families.filter((family) => family !== 'chats');

function day(family: HeldDay['family'], age: number, records: number, more: Partial<HeldDay> = {}): HeldDay {
  return { family, day: utcDay(now - age * dayMs), records, bytes: records * 100, kept: [], keptRecords: 0, ...more };
}

function chat(session: string, age: number, more: Partial<HeldChat> = {}): HeldChat {
  return { session, ended: now - age * dayMs, records: 10, bytes: 1_000, pinned: false, ...more };
}

function held(days: readonly HeldDay[], chats: readonly HeldChat[] = []): Held {
  const journalBytes = [...days, ...chats].reduce((sum, { bytes }) => sum + bytes, 0);
  return { days, chats, journalBytes, databaseBytes: journalBytes / 2 };
}

function policy(days: Partial<Record<Family, number>>, more: Partial<RetentionPolicy> = {}): RetentionPolicy {
  return { ...defaultRetention, days: { events: 0, tasks: 0, tool_executions: 0, workflows: 0, chats: 0, ...days }, ...more };
}

describe('what goes by a policy', () => {
  it('is events older than a year and nothing else, where nobody chose otherwise', () => {
    const plan = planOf(defaultRetention, held([day('events', 900, 5), day('events', 366, 7), day('events', 365, 1), day('events', 0, 1), day('tasks', 900, 3)], [chat('a', 900)]), now);
    assert.deepEqual(plan.days.map((each) => each.day), ['2024-06-04', '2025-11-20']);
    assert.deepEqual(plan.parts, [{ family: 'events', reason: 'age', records: 12, bytes: 1_800, chats: 0, first: '2024-06-04', last: '2025-11-20' }]);
    assert.deepEqual([plan.records, plan.bytes, plan.bytesLeft, plan.above, plan.chats], [12, 1_800, 2_250, undefined, []]);
  });

  it('leaves what is pinned, on days of which the rest goes', () => {
    const plan = planOf(policy({ events: 30 }), held([day('events', 40, 10, { kept: ['s'], keptRecords: 4 }), day('events', 41, 3, { kept: ['s'], keptRecords: 3 })]), now);
    assert.deepEqual([plan.records, plan.days], [6, [{ family: 'events', day: '2026-10-12', kept: ['s'] }]]);
  });

  it('takes a chat with its subagents, when the last of them is old enough and none is pinned', () => {
    const chats = [
      chat('old', 50), chat('old:sub', 45, { parent: 'old' }), chat('lively', 50), chat('lively:sub', 3, { parent: 'lively' }),
      chat('pin', 50, { pinned: true }), chat('pin:sub', 50, { parent: 'pin' }), chat('orphan', 60, { parent: 'gone' }), chat('x', 70, { parent: 'y' }), chat('y', 70, { parent: 'x' }),
    ];
    const plan = planOf(policy({ chats: 40 }), held([], chats), now);
    assert.deepEqual([...plan.chats].sort(), ['old', 'old:sub', 'orphan', 'x', 'y']);
    assert.equal(plan.parts[0]?.chats, 5);
  });

  it('takes the oldest events first where the record is too large, then tasks and tool executions, and chats only where that is allowed', () => {
    const there = held([day('events', 10, 100), day('events', 9, 100), day('tasks', 400, 100), day('tool_executions', 400, 100)], [chat('c', 500, { records: 100, bytes: 10_000 })]);
    const days = (maxBytes: number, capTakesChats = false): unknown => {
      const plan = planOf(policy({}, { maxBytes, capTakesChats }), there, now);
      return [plan.days.map((each) => each.family), plan.chats, plan.above];
    };
    assert.deepEqual(days(75_000), [[], [], undefined]);
    assert.deepEqual(days(74_999), [['events'], [], undefined]);
    assert.deepEqual(days(40_000), [['events', 'events', 'tasks'], [], undefined]);
    assert.deepEqual(days(14_000), [['events', 'events', 'tasks', 'tool_executions'], [], 1_000]);
    assert.deepEqual(days(14_000, true), [['events', 'events', 'tasks', 'tool_executions'], ['c'], undefined]);
  });

  it('leaves the last week, however small the size, and says by how much it is above', () => {
    const plan = planOf(policy({}, { maxBytes: 1, capTakesChats: true }), held([day('events', 7, 10), day('events', 8, 10)], [chat('c', 6)]), now);
    assert.deepEqual([plan.days.map((each) => each.day), plan.chats], [['2026-11-13'], []]);
    assert.equal(plan.above, plan.bytesLeft - 1);
  });

  it('never names what is pinned, reaches the size or says so, and takes no more than it must, whatever there is (seeds 1 to 300)', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seeded(seed);
      const upTo = (most: number): number => Math.floor(random() * most);
      const days = Array.from({ length: upTo(40) }, (_, at) => {
        const records = 1 + upTo(50);
        const keptRecords = upTo(3) === 0 ? upTo(records + 1) : 0;
        return day(dayFamilies[upTo(4)] ?? 'events', at + upTo(900), records, { keptRecords, kept: keptRecords > 0 ? ['pin'] : [], bytes: 1 + upTo(10_000) });
      });
      const chats = Array.from({ length: upTo(20) }, (_, at) => chat(`c${at}`, upTo(900), { pinned: upTo(4) === 0, bytes: upTo(9_000), ...(upTo(3) === 0 && { parent: `c${upTo(20)}` }) }));
      const there = held(days, chats);
      const total = there.journalBytes + there.databaseBytes;
      const wanted = policy({ events: upTo(3) * 200, tasks: upTo(2) * 300, chats: upTo(2) * 400 }, { maxBytes: upTo(2) * Math.ceil(total * random()), capTakesChats: upTo(2) === 0 });
      const plan = planOf(wanted, there, now);
      const name = `seed ${seed}`;
      assert.ok(!chats.some(({ session, pinned }) => pinned && plan.chats.includes(session)), name);
      for (const each of plan.days) assert.deepEqual(each.kept, days.find((one) => one.family === each.family && one.day === each.day && one.kept === each.kept)?.kept, name);
      if (wanted.days.chats === 0 && !(wanted.capTakesChats && wanted.maxBytes > 0)) assert.deepEqual(plan.chats, [], name);
      assert.ok(plan.records <= days.reduce((sum, { records, keptRecords }) => sum + records - keptRecords, 0) + chats.reduce((sum, { records }) => sum + records, 0), name);
      if (wanted.maxBytes > 0) assert.equal(plan.bytesLeft <= wanted.maxBytes, plan.above === undefined, name);
      assert.ok(Math.abs(plan.bytes + plan.bytesLeft - total) <= 1, name);
      assert.ok(Math.abs(plan.parts.reduce((sum, { bytes }) => sum + bytes, 0) - plan.bytes) <= plan.parts.length, name);
      // Without the size, only what is too old goes.
      const byAge = planOf({ ...wanted, maxBytes: 0 }, there, now);
      for (const each of byAge.days) assert.ok(wanted.days[each.family] > 0 && each.day < utcDay(now - wanted.days[each.family] * dayMs), name);
      if (wanted.maxBytes >= byAge.bytesLeft + 1) assert.deepEqual(plan.days, byAge.days, name);
    }
  });
});
