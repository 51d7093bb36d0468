/**
 * Backups that are made by themselves: looked after with what happens once one is due, in a thread of their own. Nothing wakes up for them, and
 * a start, when much else is done, is let pass.
 */

import { Worker } from 'node:worker_threads';
import type { BackupPlan } from '../../shared/protocol.ts';
import { sentence } from '../../shared/problem.ts';
import type { LogLine } from '../../shared/log.ts';
import type { SessionLog } from './sessionLog.ts';
import { dueOf } from '../upkeep.ts';

/** What the thread is told at its start. */
export interface UpkeepStart {
  /** Absolute path. */
  readonly dataDirectory: string;
  readonly plan: BackupPlan;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Of the log; nothing is noted without. What is noted is posted. */
  readonly levels?: SharedArrayBuffer;
}

export interface Upkeep {
  /** Something happened; costs a comparison unless something may be due. */
  look(): void;
  /** The setting is another one. */
  changed(): void;
  /** Ends what runs: a backup that is not whole is none, and what lies there of it is taken away by the next. */
  stop(): Promise<void>;
}

export interface UpkeepDeps {
  /** Absolute path. */
  readonly dataDirectory: string;
  readonly plan: () => BackupPlan;
  readonly script: URL;
  readonly log?: Pick<SessionLog, 'shared' | 'take'>;
  /** Whether what happened is in the record by now. */
  readonly isReady: () => boolean;
  /** Milliseconds since 1970; the clock's when absent. */
  readonly clock?: () => number;
  /** Milliseconds from the start until the first look. */
  readonly quietMs?: number;
  /** Called when there is something new to say. */
  readonly onDone: () => void;
  readonly onTrouble: (message: string) => void;
}

const usualQuietMs = 300_000;
/** Another window may be at it, or it failed. */
const againMs = 3_600_000;

export function createUpkeep({ dataDirectory, plan, script, log, isReady, clock = Date.now, quietMs = usualQuietMs, onDone, onTrouble }: UpkeepDeps): Upkeep {
  const quietUntil = clock() + quietMs;
  let next = quietUntil;
  let running: Worker | undefined;
  let isStopped = false;

  function start(now: number): void {
    next = now + againMs;
    const worker = new Worker(script, { workerData: { dataDirectory, plan: plan(), now, ...(log && { levels: log.shared }) } satisfies UpkeepStart, name: 'daybook-upkeep' });
    running = worker;
    worker.on('message', (line: LogLine) => log?.take(line));
    worker.once('error', (error: unknown) => onTrouble(`Backups could not be looked after: ${sentence(error)}`));
    worker.once('exit', () => {
      running = undefined;
      if (isStopped) return;
      next = Math.max(dueOf(dataDirectory, plan(), now).next, now + 1);
      onDone();
    });
  }

  function look(): void {
    const now = clock();
    if (running || isStopped || now < next || !isReady()) return;
    const due = dueOf(dataDirectory, plan(), now);
    if (due.backup || due.drill) start(now);
    else next = due.next;
  }

  return {
    look,
    changed() {
      next = Math.max(quietUntil, Math.min(next, clock()));
    },
    async stop() {
      isStopped = true;
      await running?.terminate();
    },
  };
}
