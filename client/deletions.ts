/** Sessions that a person deleted: hidden at once, forgotten a day later. Until then it can be undone, for nobody is right each time. */

import type { Memory } from './views/dismissed.ts';

export interface Deletions {
  /** These go a day from now. */
  add(sessions: readonly string[]): Promise<void>;
  /** These stay. Other sessions do as they did. */
  takeBack(sessions: readonly string[]): Promise<void>;
  /** Forgets what is due, and waits for the next. What fails is tried again at the next start. */
  carryOut(): Promise<void>;
  dispose(): void;
}

export interface DeletionsWorld {
  /** Shared by all windows. */
  readonly memory: Memory;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The ids of all hidden sessions: what a person shows again, in whatever window, is not deleted. */
  readonly hidden: () => Promise<ReadonlySet<string>>;
  readonly forget: (sessions: readonly string[]) => Promise<unknown>;
  readonly failed: (error: unknown) => void;
}

/** By session, when it goes: milliseconds since 1970. */
type Waiting = Readonly<Record<string, number>>;

const key = 'deletedSessions';
const graceMs = 86_400_000;
/** A moment more, so that what is due is due when the timer says so. */
const lateMs = 1_000;

export function createDeletions({ memory, now, hidden, forget, failed }: DeletionsWorld): Deletions {
  let timer: ReturnType<typeof setTimeout> | undefined;

  // Asked each time, for another window may have changed it.
  function waiting(): Waiting {
    const kept = memory.get(key);
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  }

  async function keep(next: Waiting): Promise<void> {
    await memory.update(key, next);
    clearTimeout(timer);
    const times = Object.values(next);
    if (times.length > 0) timer = setTimeout(() => void carryOut(), Math.max(0, Math.min(...times) - now()) + lateMs);
  }

  const without = (sessions: readonly string[]): Waiting => Object.fromEntries(Object.entries(waiting()).filter(([id]) => !sessions.includes(id)));

  async function carryOut(): Promise<void> {
    try {
      const due = Object.entries(waiting()).flatMap(([id, time]) => (time <= now() ? [id] : []));
      if (due.length > 0) {
        const unseen = await hidden();
        const going = due.filter((id) => unseen.has(id));
        if (going.length > 0) await forget(going);
      }
      await keep(without(due));
    } catch (error) {
      failed(error);
    }
  }

  return {
    add: (sessions) => keep({ ...waiting(), ...Object.fromEntries(sessions.map((id) => [id, now() + graceMs])) }),
    takeBack: (sessions) => keep(without(sessions)),
    carryOut,
    dispose: () => clearTimeout(timer),
  };
}
