/** Timers that all end with their owner. */
export interface Timers {
  after(ms: number, run: () => void): void;
  dispose(): void;
}

export function createTimers(): Timers {
  const waiting = new Set<NodeJS.Timeout>();
  return {
    after(ms, run) {
      const timer = setTimeout(() => {
        waiting.delete(timer);
        run();
      }, ms);
      waiting.add(timer);
    },
    dispose() {
      waiting.forEach(clearTimeout);
      waiting.clear();
    },
  };
}
