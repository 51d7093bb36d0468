/** Ends the reading of everything there is when the record takes more of the disk than it may. */

import type { Budget } from '../../shared/protocol.ts';
import { isOverDisk } from './budget.ts';
import { diskUse } from '../diskUse.ts';

export interface DiskLimit {
  /** Undefined when there was no room to begin, or none any more: what was done stays done. Rejects as the work does for any other reason. */
  within<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
  close(): void;
}

const lookMs = 20_000;

/** @param onFull told how many bytes the record takes */
export function createDiskLimit(dataDirectory: string, budget: Budget, onFull: (diskBytes: number) => void): DiskLimit {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    if (budget.diskGigabytes === 0) return;
    const bytes = await diskUse(dataDirectory);
    if (!isOverDisk(bytes, budget) || abort.signal.aborted) return;
    onFull(bytes);
    abort.abort();
  }

  function lookAgain(): void {
    timer = setTimeout(() => void look().then(() => {
      if (timer && !abort.signal.aborted) lookAgain();
    }), lookMs);
  }

  function close(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    async within(work) {
      await look();
      if (abort.signal.aborted) return undefined;
      lookAgain();
      try {
        return await work(abort.signal);
      } catch (error) {
        if (abort.signal.aborted) return undefined;
        throw error;
      } finally {
        close();
      }
    },
    close,
  };
}
