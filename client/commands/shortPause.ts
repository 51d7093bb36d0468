/** A pause that ends by itself, and the two words of a person that end it earlier: pause for good, and resume. */
export interface ShortPause {
  /** *Pause for 15 Minutes*; again begins anew. */
  pauseShortly(): Promise<void>;
  /** *Pause Recording*: from now on nothing resumes by itself. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  dispose(): void;
}

export interface ShortPauseWorld {
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  /** Is told when recording could not be resumed after the pause. */
  readonly failed: (error: unknown) => void;
  readonly pauseMs: number;
}

export const shortPauseMs = 15 * 60_000;

export function createShortPause({ pause, resume, failed, pauseMs }: ShortPauseWorld): ShortPause {
  let timer: NodeJS.Timeout | undefined;
  /** Counts what a person said: of two that overlap, the later one holds. */
  let said = 0;

  function stop(): number {
    clearTimeout(timer);
    timer = undefined;
    return ++said;
  }

  return {
    async pauseShortly() {
      const mine = stop();
      await pause();
      if (mine === said) timer = setTimeout(() => void resume().catch(failed), pauseMs);
    },
    pause() {
      stop();
      return pause();
    },
    resume() {
      stop();
      return resume();
    },
    dispose: () => void stop(),
  };
}
