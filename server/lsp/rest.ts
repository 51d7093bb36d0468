/** Calls when there was nothing to do for a while, once: then nothing wakes up until there is something again. */

export interface Rest {
  /** Something is being done. */
  busy(): void;
  close(): void;
}

/** @param afterMs without anything to do */
export function createRest(afterMs: number, rest: () => void): Rest {
  let last = 0;
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    const left = last + afterMs - Date.now();
    timer = left > 0 ? setTimeout(look, left) : undefined;
    timer?.unref();
    if (left <= 0) rest();
  }

  return {
    busy() {
      last = Date.now();
      if (timer) return; // one timer for a whole burst
      timer = setTimeout(look, afterMs);
      timer.unref();
    },
    close: () => clearTimeout(timer),
  };
}
