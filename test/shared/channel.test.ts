import assert from 'node:assert/strict';
import { createChannel, type Channel } from '../../shared/channel.ts';

interface Left {
  readonly double: { params: { value: number }; result: number };
}
interface Right {
  readonly fail: { params: null; result: null };
}

/** Two ends that are connected; messages are copied on the way, as they are between a webview and its host. */
function connected(): { readonly left: Channel<Right>; readonly right: Channel<Left> } {
  const left: Channel<Right> = createChannel<Left, Right>((message) => right.receive(structuredClone(message)), { double: ({ value }) => value * 2 });
  const right: Channel<Left> = createChannel<Right, Left>((message) => left.receive(structuredClone(message)), {
    fail: () => {
      throw new Error('It cannot be done.');
    },
  });
  return { left, right };
}

describe('a channel', () => {
  it('answers calls, each with its own', async () => {
    const { right } = connected();
    assert.deepEqual(await Promise.all([1, 2, 3].map((value) => right.call('double', { value }))), [2, 4, 6]);
  });

  it('carries what goes wrong back', async () => {
    await assert.rejects(connected().left.call('fail', null), { message: 'It cannot be done.' });
  });

  it('calls nothing but its methods, and leaves other messages alone', async () => {
    const { right } = connected();
    for (const message of [null, 'text', { type: 'x' }, { daybook: 'answer', number: 99 }]) right.receive(message);
    await assert.rejects(right.call('constructor' as 'double', { value: 1 }), { message: 'There is no method constructor.' });
  });
});
