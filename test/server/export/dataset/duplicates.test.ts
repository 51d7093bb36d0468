import assert from 'node:assert/strict';
import { createDuplicates } from '../../../../server/export/dataset/duplicates.ts';
import { seeded } from '../../durability/random.ts';

const random = seeded(3);
const words = (count: number): string[] => Array.from({ length: count }, () => `w${Math.floor(random() * 5_000)}`);

describe('duplicates in a dataset', () => {
  it('are the same but for case, spaces and marks', () => {
    const seen = createDuplicates();
    assert.deepEqual(['Fix the login', 'fix  the login!', 'Fix the logout', '!?', '!!', '!?'].map((text) => seen.verdict(text)), ['new', 'exact', 'new', 'new', 'new', 'exact']);
  });

  it('are nearly the same where a few words of many differ, and not where a third does', () => {
    const seen = createDuplicates();
    let [near, apart] = [0, 0];
    for (let round = 0; round < 200; round++) {
      const text = words(400);
      assert.equal(seen.verdict(text.join(' ')), 'new');
      const changed = (part: number): string => text.map((word, at) => (at % 400 < part * 400 ? `x${round}y${at}` : word)).join(' ');
      if (seen.verdict(changed(0.01)) === 'near') near++;
      if (seen.verdict(changed(0.35)) === 'new') apart++;
    }
    assert.ok(near >= 195, `${near} of 200 were found`);
    assert.equal(apart, 200);
  });
});
