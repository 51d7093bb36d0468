/** Many calls in a short time become one. */
export interface Coalesced {
  /** Runs the action after the quiet time has passed; calls in between change nothing. */
  (): void;
  dispose(): void;
}

/** @param quietMs how long after the first call the action runs */
export function coalesce(quietMs: number, action: () => void): Coalesced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      action();
    }, quietMs);
  };
  return Object.assign(schedule, { dispose: () => clearTimeout(timer) });
}
