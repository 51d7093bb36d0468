/** Whether a server that stopped by itself is started again, and after how long. */
export interface RestartPolicy {
  /** Called once per stop. Milliseconds to wait before the next start; undefined when it should not be started again. */
  nextDelayMs(now: number): number | undefined;
  /** Forgets what happened; for a start that a person asked for. */
  reset(): void;
}

const defaults = { stops: 4, withinMs: 3 * 60_000, firstDelayMs: 500 };

/**
 * Up to `stops` stops within `withinMs` are each followed by a start, with a delay that grows fourfold; one more, and something is
 * wrong that starting again does not repair.
 */
export function createRestartPolicy({ stops, withinMs, firstDelayMs } = defaults): RestartPolicy {
  let recent: number[] = [];
  return {
    nextDelayMs(now) {
      recent = [...recent.filter((time) => now - time < withinMs), now];
      return recent.length > stops ? undefined : firstDelayMs * 4 ** (recent.length - 1);
    },
    reset() {
      recent = [];
    },
  };
}
