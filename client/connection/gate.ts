/** Lets those who wait through as soon as it opens, and turns them away when it never will. */
export interface Gate {
  /** Settles when the gate is open or locked; rejects with the reason it is locked for. */
  pass(): Promise<void>;
  open(): void;
  /** From now on everybody waits. */
  close(): void;
  /** From now on everybody is turned away, those who wait already too. */
  lock(reason: Error): void;
}

/** A gate that is closed at first. */
export function createGate(): Gate {
  let current = Promise.withResolvers<undefined>();
  let settled = false;
  const renew = (): void => {
    if (!settled) return;
    current = Promise.withResolvers<undefined>();
    settled = false;
  };
  return {
    pass: () => current.promise,
    open() {
      renew();
      settled = true;
      current.resolve(undefined);
    },
    close: renew,
    lock(reason) {
      renew();
      settled = true;
      // Nobody may be waiting; then the reason is for those who come later.
      current.promise.catch(() => undefined);
      current.reject(reason);
    },
  };
}
