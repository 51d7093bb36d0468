/**
 * The exports of the setting `daybook.exports`: looked after at the start and with what happens once one is due. Nothing wakes up for them, and
 * they wait until what the AI tools wrote meanwhile is read.
 */

import type { Core } from '../core.ts';

export interface Schedule {
  /** Something happened; costs a comparison unless something may be due. */
  look(): void;
  /** The setting is another one. */
  changed(): void;
  /** Stops what runs, and resolves when nothing does. */
  stop(): Promise<void>;
}

export interface ScheduleDeps {
  readonly core: Pick<Core, 'carryOut'>;
  readonly exports: () => readonly unknown[];
  /** Whether what happened is in the record by now. */
  readonly isReady: () => boolean;
  /** Called when an export was carried out, or could not be. */
  readonly onDone: () => void;
  readonly onTrouble: (message: string) => void;
}

/** Milliseconds until another attempt where nobody could even look. */
const againMs = 3_600_000;

export function createSchedule({ core, exports, isReady, onDone, onTrouble }: ScheduleDeps): Schedule {
  const stop = new AbortController();
  let running: Promise<void> | undefined;
  let next = 0;

  async function carryOut(): Promise<void> {
    const now = Date.now();
    next = now + againMs;
    const carried = await core.carryOut(exports(), { now, signal: stop.signal });
    next = carried.next;
    if (carried.isNew) onDone();
  }

  function look(): void {
    if (running || stop.signal.aborted || Date.now() < next || !isReady()) return;
    running = carryOut().catch((error: unknown) => {
      if (!stop.signal.aborted) onTrouble(`Scheduled exports could not be carried out: ${error instanceof Error ? error.message : String(error)}`);
    }).finally(() => { running = undefined; });
  }

  return {
    look,
    changed() {
      next = 0;
      look();
    },
    async stop() {
      stop.abort();
      await running;
    },
  };
}
