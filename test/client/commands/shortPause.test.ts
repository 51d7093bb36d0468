import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createShortPause } from '../../../client/commands/shortPause.ts';
import type { ShortPause } from '../../../client/commands/shortPause.ts';

const pauseMs = 20;
const longAfterMs = 100;

describe('client: pausing for a while', () => {
  let done: string[] = [];
  let short: ShortPause;

  beforeEach(() => {
    done = [];
    const note = (word: string) => () => Promise.resolve(void done.push(word));
    short = createShortPause({ pause: note('pause'), resume: note('resume'), failed: (error) => void done.push(String(error)), pauseMs });
  });
  afterEach(() => short.dispose());

  it('resumes by itself', async () => {
    await short.pauseShortly();
    assert.deepEqual(done, ['pause']);
    await sleep(longAfterMs);
    assert.deepEqual(done, ['pause', 'resume']);
  });

  it('stays paused when somebody pauses for good meanwhile, also while the first pause is still on its way', async () => {
    await Promise.all([short.pauseShortly(), short.pause()]);
    await sleep(longAfterMs);
    assert.deepEqual(done, ['pause', 'pause']);
  });

  it('does not resume twice, nor after the end of the window', async () => {
    await short.pauseShortly();
    await short.resume();
    await short.pauseShortly();
    short.dispose();
    await sleep(longAfterMs);
    assert.deepEqual(done, ['pause', 'resume', 'pause']);
  });
});
