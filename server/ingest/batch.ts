/**
 * Stage 4: gathers what several producers hand in at the same time into one write. There is no timer: while one batch is being
 * written the next one gathers, so that a lone record waits for nobody and a burst shares its syncs.
 */

export interface Batcher<Item, Result> {
  /** Resolves when the item's batch is durable; rejects when it could not be written. */
  submit(item: Item): Promise<Result>;
  /** Resolves when everything submitted so far is settled. */
  idle(): Promise<void>;
}

/**
 * @param weigh how many records an item counts for
 * @param maxWeight records in one batch; one item alone may be heavier
 * @param stops whether what stood in the way of a batch is no fault of its items: those that wait behind it are refused as well, for
 * whoever keeps what was refused and tries again would have it after them
 */
export function createBatcher<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  weigh: (item: Item) => number,
  maxWeight: number,
  stops: (error: unknown) => boolean = () => false,
): Batcher<Item, Result> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (reason: unknown) => void;
  }
  const queue: Waiting[] = [];
  let running: Promise<void> | undefined;

  function nextBatch(): Waiting[] {
    let count = 0;
    let weight = 0;
    for (const { item } of queue) {
      weight += weigh(item);
      if (count > 0 && weight > maxWeight) break;
      count++;
    }
    return queue.splice(0, count);
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = nextBatch();
      try {
        const results = await write(batch.map(({ item }) => item));
        for (const [index, waiting] of batch.entries()) waiting.resolve(results[index] as Result);
      } catch (error) {
        const behind = stops(error) ? queue.splice(0) : [];
        for (const waiting of [...batch, ...behind]) waiting.reject(error);
      }
    }
    running = undefined;
  }

  return {
    submit: (item) =>
      new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        running ??= Promise.resolve().then(drain);
      }),
    idle: async () => {
      await running;
    },
  };
}
