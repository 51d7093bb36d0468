import assert from 'node:assert/strict';
import { coalesce } from '../../client/coalesce.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('client: coalesce', () => {
  it('makes one call of many, and another one later', async () => {
    let runs = 0;
    const soon = coalesce(5, () => (runs += 1));
    for (let call = 0; call < 10; call++) soon();
    await pause(25);
    assert.equal(runs, 1);
    soon();
    await pause(25);
    assert.equal(runs, 2);
  });

  it('runs no more once it is disposed', async () => {
    let runs = 0;
    const soon = coalesce(5, () => (runs += 1));
    soon();
    soon.dispose();
    await pause(25);
    assert.equal(runs, 0);
  });
});
