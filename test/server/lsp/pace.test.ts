import assert from 'node:assert/strict';
import { createPace, type Slowed } from '../../../server/lsp/pace.ts';

const unlimited = { cpuPercent: 0, memoryMegabytes: 0, diskGigabytes: 0 };

function burn(ms: number): void {
  const before = process.cpuUsage();
  for (let used = 0; used < ms * 1_000;) {
    const { user, system } = process.cpuUsage(before);
    used = user + system;
  }
}

describe('the pace of work in the background', function () {
  this.timeout(60_000);

  it('rests for what was used ahead of the limit, and says so', async () => {
    const told: Slowed[] = [];
    const pace = createPace({ budget: { ...unlimited, cpuPercent: 1 }, onSlowed: (slowed) => told.push(slowed), collectGarbage: () => undefined, isStopping: () => told.length > 0 });
    burn(60);
    await pace.step();
    pace.stepNow(); // somebody waits for an end: no rest
    assert.deepEqual(told.map(({ by }) => by), ['cpu']);
  });

  it('gives memory back where there is too much of it, once and not at every batch, and goes on', async () => {
    let collected = 0;
    const pace = createPace({ budget: { ...unlimited, memoryMegabytes: 1 }, onSlowed: () => undefined, collectGarbage: () => collected++, isStopping: () => collected > 0 });
    await pace.step();
    await pace.step();
    assert.equal(collected, 1);
  });
});
