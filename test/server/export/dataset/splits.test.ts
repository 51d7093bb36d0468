import assert from 'node:assert/strict';
import { assignSplits } from '../../../../server/export/dataset/splits.ts';
import type { SplitPlan } from '../../../../shared/protocol.ts';

const plan: SplitPlan = { by: 'session', seed: 1, shares: [80, 10, 10] };
const sessions = Array.from({ length: 1_000 }, (_, at) => ({
  id: `s${at}`, workspace: `file:///w${at % 40}`, startedAt: new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString(),
  ...(at % 10 === 9 && { parent: `s${at - 5}` }),
}));
const count = (splits: ReadonlyMap<string, string>): number[] => ['train', 'validation', 'test'].map((name) => [...splits.values()].filter((each) => each === name).length);

describe('splits of a dataset', () => {
  it('are the same for the same seed, whatever the order, and others for another', () => {
    const one = assignSplits(sessions, plan);
    const again = assignSplits(sessions.toReversed(), plan);
    assert.equal(one.size, 1_000);
    for (const [id, split] of one) assert.equal(again.get(id), split);
    assert.notDeepEqual(assignSplits(sessions, { ...plan, seed: 2 }), one);
  });

  it('have about the sizes that were asked for, and none where the share is 0', () => {
    const [train = 0, validation = 0, test = 0] = count(assignSplits(sessions, plan));
    assert.ok(train > 740 && train < 860 && validation > 60 && validation < 150 && test > 60 && test < 150, `${train} ${validation} ${test}`);
    assert.deepEqual(count(assignSplits(sessions, { ...plan, shares: [1, 0, 0] })), [1_000, 0, 0]);
    assert.equal(count(assignSplits(sessions, { ...plan, shares: [50, 0, 50] }))[1], 0);
    assert.equal(count(assignSplits(sessions, { ...plan, shares: [50, 50, 0] }))[2], 0);
  });

  it('never part a session from those that were forked from it, or share a parent that was not chosen', () => {
    for (const by of ['session', 'time', 'workspace'] as const) {
      const splits = assignSplits(sessions, { ...plan, by });
      for (const { id, parent } of sessions) if (parent !== undefined) assert.equal(splits.get(id), splits.get(parent), by);
    }
    for (let seed = 0; seed < 50; seed++) {
      const twins = assignSplits(['a', 'b'].map((id) => ({ id, parent: 'gone', workspace: null, startedAt: '2026-01-01T00:00:00.000Z' })), { ...plan, seed });
      assert.equal(twins.get('a'), twins.get('b'));
    }
  });

  it('keep the latest for the test, or a workspace together', () => {
    const byTime = assignSplits(sessions, { ...plan, by: 'time' });
    assert.deepEqual(['s0', 's500', 's850', 's998'].map((id) => byTime.get(id)), ['train', 'train', 'validation', 'test']);
    const byWorkspace = assignSplits(sessions, { ...plan, by: 'workspace' });
    const pairs = new Set(sessions.map(({ id, workspace }) => `${workspace} ${byWorkspace.get(id) ?? ''}`));
    assert.equal(pairs.size, 40);
    assert.ok(count(byWorkspace).every((each) => each > 0));
  });
});
