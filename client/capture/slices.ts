/** Work on many things at once, in slices between which the event loop goes on: others wait for it, too. */
export interface Slices<Item> {
  /** Takes one more; it is worked on soon, in the order in which they came. */
  push(item: Item): void;
  /** What waits is left undone. */
  dispose(): void;
}

/** Milliseconds that one slice takes at most, but for its last item. */
const sliceMs = 4;

export function createSlices<Item>(work: (item: Item) => void): Slices<Item> {
  let waiting: Item[] = [];
  let at = 0;
  let next: NodeJS.Immediate | undefined;

  function slice(): void {
    const until = performance.now() + sliceMs;
    while (at < waiting.length && performance.now() < until) work(waiting[at++] as Item);
    if (at >= waiting.length) {
      waiting = [];
      at = 0;
    }
    next = waiting.length > 0 ? setImmediate(slice) : undefined;
  }

  return {
    push(item) {
      waiting.push(item);
      next ??= setImmediate(slice);
    },
    dispose() {
      clearImmediate(next);
      waiting = [];
      at = 0;
    },
  };
}
