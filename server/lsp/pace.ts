/** Keeps the thread that reads and compresses within the budget: it rests between two batches, when no lock is held. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Budget } from '../../shared/protocol.ts';
import { judge, type Verdict } from './governor.ts';

/** What made work in the background rest. */
export interface Slowed {
  readonly by: 'cpu' | 'memory';
  /** Bytes that the process held. */
  readonly residentBytes: number;
}

export interface Pace {
  /** Rests where the budget wants it. */
  step(): Promise<void>;
  /** The same for work that cannot wait for a promise. */
  stepNow(): void;
}

export interface PaceDeps {
  readonly budget: Budget;
  /** Told at the first rest, and then at most every few seconds. */
  readonly onSlowed: (slowed: Slowed) => void;
  /** Gives back memory; called when there is too much. */
  readonly collectGarbage: () => void;
  /** Whether somebody waits for an end: then there is no rest. */
  readonly isStopping: () => boolean;
}

/** Rests in a row: what the editor asks for meanwhile may take all of the budget, and the work goes on all the same. */
const mostRests = 20;
const tellMs = 5_000;
const collectMs = 5_000;

export function createPace({ budget, onSlowed, collectGarbage, isStopping }: PaceDeps): Pace {
  let debtMs = 0;
  let at = performance.now();
  let cpuMs = processorMs();
  let toldAt = Number.NEGATIVE_INFINITY;
  let collectedAt = Number.NEGATIVE_INFINITY;

  function next(): Verdict {
    const now = performance.now();
    const used = processorMs();
    const sample = { elapsedMs: now - at, cpuMs: used - cpuMs, residentBytes: process.memoryUsage.rss() };
    at = now;
    cpuMs = used;
    const verdict = judge(debtMs, sample, budget);
    ({ debtMs } = verdict);
    if (verdict.over !== undefined && now - toldAt > tellMs) {
      toldAt = now;
      onSlowed({ by: verdict.over, residentBytes: sample.residentBytes });
    }
    if (verdict.over === 'memory' && now - collectedAt > collectMs) {
      collectedAt = now;
      collectGarbage();
    }
    return verdict;
  }

  return {
    async step() {
      for (let rests = 0; rests < mostRests && !isStopping(); rests++) {
        const { restMs, over } = next();
        if (restMs > 0) await sleep(restMs);
        if (over !== 'cpu') return;
      }
    },
    stepNow() {
      const { restMs } = next();
      if (restMs > 0 && !isStopping()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, restMs);
    },
  };
}

/** Of all threads, since the process began. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
