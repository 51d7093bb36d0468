import assert from 'node:assert/strict';
import { createRestartPolicy } from '../../../client/connection/restartPolicy.ts';

const policy = () => createRestartPolicy({ stops: 3, withinMs: 60_000, firstDelayMs: 500 });

describe('client: starting the server again', () => {
  it('waits longer each time and then gives up', () => {
    const { nextDelayMs } = policy();
    assert.deepEqual([0, 1000, 2000, 3000].map(nextDelayMs), [500, 2000, 8000, undefined]);
  });

  it('forgets stops that are long ago', () => {
    const { nextDelayMs } = policy();
    assert.deepEqual([0, 70_000, 140_000, 210_000, 280_000].map(nextDelayMs), [500, 500, 500, 500, 500]);
  });

  it('begins anew when a person asks for a start', () => {
    const { nextDelayMs, reset } = policy();
    [0, 1, 2].forEach(nextDelayMs);
    reset();
    assert.equal(nextDelayMs(3), 500);
  });
});
