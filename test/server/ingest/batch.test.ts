import assert from 'node:assert/strict';
import { createBatcher, type Batcher } from '../../../server/ingest/batch.ts';

interface Written {
  readonly batches: string[][];
  readonly batcher: Batcher<string, string>;
}

/** Writes take a turn of the event loop; an item `bad` makes its batch fail. An item weighs as much as it is long. */
function createWriter(maxWeight = 3, stops?: (error: unknown) => boolean): Written {
  const batches: string[][] = [];
  const batcher = createBatcher<string, string>(async (items) => {
    batches.push([...items]);
    await new Promise((resolve) => setImmediate(resolve));
    if (items.includes('bad')) throw new Error('disk full');
    return items.map((item) => item.toUpperCase());
  }, (item) => item.length, maxWeight, stops);
  return { batches, batcher };
}

describe('batch', () => {
  it('writes what comes together together, and gives each its own result', async () => {
    const { batches, batcher } = createWriter();
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map((item) => batcher.submit(item))), ['A', 'B', 'C']);
    assert.deepEqual(batches, [['a', 'b', 'c']]);
  });

  it('gathers what comes while a batch is written, in order', async () => {
    const { batches, batcher } = createWriter();
    const first = batcher.submit('a');
    await Promise.resolve();
    const rest = ['b', 'c', 'd', 'e'].map((item) => batcher.submit(item));
    assert.deepEqual(await Promise.all([first, ...rest]), ['A', 'B', 'C', 'D', 'E']);
    assert.deepEqual(batches, [['a'], ['b', 'c', 'd'], ['e']]);
  });

  it('writes an item that is heavier than a batch on its own', async () => {
    const { batches, batcher } = createWriter();
    await Promise.all(['a', 'heavy', 'b', 'c'].map((item) => batcher.submit(item)));
    assert.deepEqual(batches, [['a'], ['heavy'], ['b', 'c']]);
  });

  it('tells only the batch that failed, and goes on', async () => {
    const { batcher } = createWriter();
    const outcomes = await Promise.allSettled(['a', 'bad', 'b', 'c'].map((item) => batcher.submit(item)));
    assert.deepEqual(outcomes.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    assert.equal(await batcher.submit('d'), 'D');
  });

  it('refuses what waits behind one that failed through no fault of its own, and begins anew with what comes then', async () => {
    const { batches, batcher } = createWriter(3, (error) => error instanceof Error && error.message === 'disk full');
    const outcomes = await Promise.allSettled(['a', 'bad', 'b', 'c'].map((item) => batcher.submit(item)));
    assert.deepEqual(outcomes.map(({ status }) => status), ['fulfilled', 'rejected', 'rejected', 'rejected']);
    assert.equal(await batcher.submit('d'), 'D');
    assert.deepEqual(batches, [['a'], ['bad'], ['d']]);
  });

  it('is idle when everything is settled, the failed too', async () => {
    const { batches, batcher } = createWriter();
    await batcher.idle();
    const settled: string[] = [];
    for (const item of ['aaa', 'bad', 'c']) batcher.submit(item).then(() => settled.push(item), () => settled.push(`${item} failed`));
    await batcher.idle();
    assert.deepEqual(settled, ['aaa', 'bad failed', 'c']);
    assert.equal(batches.length, 3);
  });
});
