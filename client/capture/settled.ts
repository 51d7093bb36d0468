/** An action that runs once things are quiet. */
export interface Settled {
  (): void;
  dispose(): void;
}

/**
 * @param quietMs how long after the last call the action runs
 * @param longestMs how long after the first call it runs at the latest, however many follow
 */
export function settled(quietMs: number, longestMs: number, action: () => void): Settled {
  let timer: NodeJS.Timeout | undefined;
  let firstAt = 0;
  let lastAt = 0;

  function look(): void {
    const wait = Math.min(lastAt + quietMs, firstAt + longestMs) - Date.now();
    // One timer at a time: a thousand calls cost a thousand assignments.
    timer = wait > 0 ? setTimeout(look, wait) : undefined;
    if (wait <= 0) action();
  }

  const call = (): void => {
    lastAt = Date.now();
    if (timer !== undefined) return;
    firstAt = lastAt;
    timer = setTimeout(look, quietMs);
  };
  return Object.assign(call, { dispose: () => clearTimeout(timer) });
}
