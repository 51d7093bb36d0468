import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { createSlices } from '../../../client/capture/slices.ts';

/** Longer than a slice. */
function workLong(): void {
  for (const end = performance.now() + 6; performance.now() < end;);
}

describe('client: work in slices', () => {
  it('does all of it in order, and lets others in between', async () => {
    const done: string[] = [];
    const slices = createSlices<string>((item) => {
      workLong();
      done.push(item);
    });
    for (const item of ['a', 'b', 'c']) slices.push(item);
    assert.deepEqual(done, [], 'not at once');
    let turns = 0;
    while (done.length < 3) {
      await turn();
      turns += 1;
      assert.ok(turns < 100);
    }
    assert.deepEqual(done, ['a', 'b', 'c']);
    assert.ok(turns >= 3, `${turns} turns`);
    slices.push('d');
    while (done.length < 4) await turn();
  });

  it('leaves what waits when it is over', async () => {
    const done: number[] = [];
    const slices = createSlices<number>((item) => void done.push(item));
    slices.push(1);
    slices.dispose();
    for (let turns = 0; turns < 5; turns++) await turn();
    assert.deepEqual(done, []);
  });
});
