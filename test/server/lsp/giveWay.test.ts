import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createGiveWay, goingFirst, newAsked } from '../../../server/lsp/giveWay.ts';

describe('giving way to who asks', function () {
  this.timeout(60_000);

  const never = new Promise<string>(() => undefined);

  it('rests until the answer is given, and passes parameters, answers and errors on', async () => {
    const asked = newAsked();
    const question = Promise.withResolvers<string>();
    const handlers = goingFirst({
      greet: (name: string, greeting?: string) => Promise.resolve(`${greeting ?? 'Hello'} ${name}`),
      slow: () => question.promise,
      wrong: () => Promise.reject(new Error('Not so.')),
    }, asked);
    const giveWay = createGiveWay(asked, () => false);
    assert.equal(await handlers.greet('Ada', 'Good day'), 'Good day Ada');
    await assert.rejects(handlers.wrong(), /Not so/);
    await giveWay(); // nobody asks any more

    const answer = handlers.slow();
    await pause(100); // so long was worked, and so long it would rest at most
    const order: string[] = [];
    const resting = giveWay().then(() => order.push('went on'));
    question.resolve('So it is.');
    assert.equal(await answer, 'So it is.');
    order.push('answered');
    await resting;
    assert.deepEqual(order, ['answered', 'went on']);
  });

  it('goes on all the same when answers take for ever', async () => {
    const asked = newAsked();
    const handlers = goingFirst({ slow: () => never }, asked);
    const giveWay = createGiveWay(asked, () => false);
    void handlers.slow();
    for (let portion = 0; portion < 3; portion++) await giveWay();
  });

  it('does not rest when somebody waits for an end', async () => {
    const asked = newAsked();
    let isStopping = false;
    const handlers = goingFirst({ slow: () => never }, asked);
    const giveWay = createGiveWay(asked, () => isStopping);
    void handlers.slow();
    await pause(50);
    isStopping = true;
    let isThrough = false;
    void giveWay().then(() => (isThrough = true));
    await new Promise(setImmediate);
    assert.ok(isThrough);
  });
});
