/**
 * Retention for a client: looked after once the sources are read, and then with what happens, every few hours. Nothing wakes up for it, and
 * the work is done in the thread that reads the sources.
 */

import type { Status } from '../../shared/protocol.ts';
import type { RetentionPolicy } from '../../shared/retention.ts';
import type { Core } from '../core.ts';
import { planSentence } from '../expiry/words.ts';
import type { Imports } from './imports.ts';
import type { RequestHandlers } from './queries.ts';

export interface Retention {
  readonly requests: Pick<RequestHandlers, 'daybook/retention' | 'daybook/keepWhatWouldGo' | 'daybook/letGo'>;
  /** What waits to go, as last known. */
  status(): Pick<Status, 'retention'>;
  /** Everything was read. */
  ready(): void;
  /** Something happened; costs a comparison unless it is time to look. */
  look(): void;
  /** The policy is another one. */
  changed(): void;
}

export interface RetentionDeps {
  readonly core: Pick<Core, 'retention' | 'waitingToGo'>;
  readonly imports: () => Pick<Imports, 'retain'>;
  /** What the client's settings say; nothing where it does not know of any. */
  readonly policy: () => RetentionPolicy | undefined;
  /** Called when there is something new to say; `message` says what will go, for the logs of editors that have no place of their own for it. */
  readonly onNews: (message: string | undefined) => void;
}

/** Milliseconds between two looks: a day is soon enough. */
const everyMs = 6 * 3_600_000;

export function createRetention({ core, imports, policy, onNews }: RetentionDeps): Retention {
  let waiting = core.waitingToGo();
  let next = Infinity;

  /** Returns whether there was a thread to do it. */
  async function retain(how: 'start' | 'look' | 'now'): Promise<boolean> {
    next = Date.now() + everyMs;
    const chosen = policy();
    const done = imports().retain({ how, ...(chosen && { policy: chosen }) });
    await done;
    if (done) news();
    return done !== undefined;
  }

  function news(): void {
    const before = JSON.stringify(waiting);
    waiting = core.waitingToGo();
    if (JSON.stringify(waiting) !== before) onNews(waiting && `${planSentence(waiting.plan, waiting.policy)} Keep it with: daybook retention undo`);
  }

  return {
    requests: {
      'daybook/retention': async () => (await core.retention()).status(Date.now()),
      async 'daybook/keepWhatWouldGo'() {
        const status = (await core.retention()).keep(Date.now());
        news();
        return status;
      },
      async 'daybook/letGo'() {
        const retention = await core.retention();
        if (!(await retain('now'))) retention.carryOut(Date.now());
        news();
        return retention.status(Date.now());
      },
    },
    status: () => (waiting ? { retention: waiting } : {}),
    ready: () => void retain('start'),
    look() {
      if (Date.now() >= next) void retain('look');
    },
    changed() {
      if (next !== Infinity) void retain('look');
    },
  };
}
