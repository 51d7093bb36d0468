/**
 * What happens while nothing can be written (a full disk, a folder without permission, a locked database): it is held, as much as there is
 * room for, and written when that is possible again. What there was no room for is counted, and recorded as a gap.
 */

import { uuidv7 } from 'uuidv7';
import { ProblemError } from '../../shared/problem.ts';
import type { ShortRecord } from '../../shared/record.ts';
import type { RecordResult } from '../../shared/results.ts';
import { isTrouble, type Trouble } from '../../shared/trouble.ts';
import type { Intake } from './consent.ts';

export interface Holding {
  /** Undefined while all is well. */
  readonly trouble: Trouble | undefined;
  /** Takes what only this server knows of; resolves when it is durable, or held: then the result counts nothing. Rejects when it is at fault itself. */
  readonly take: Intake;
  /** Takes what a client hands in and keeps until it is durable: rejects while nothing can be written. */
  readonly offer: Intake;
  /** Somebody else met trouble, such as the thread that reads the sources. */
  met(problem: ProblemError): void;
  /** What stood in the way may be gone: tries at once. */
  again(): void;
  /** Tries once more. Returns how many records there are that were not written. */
  close(): Promise<number>;
}

export interface HoldingDeps {
  readonly record: Intake;
  /** Throws while nothing can be written. */
  readonly tryWriting: () => void;
  /** Called when trouble begins, and when it is over. */
  readonly onChange: () => void;
  readonly onTrouble: (message: string) => void;
  readonly room?: Room;
}

/** What may be held, and when to try again. */
export interface Room {
  readonly records: number;
  /** Characters of JSON. */
  readonly size: number;
  /** Milliseconds until the first attempt with the next thing that happens; twice as long each time. */
  readonly firstMs: number;
  /** The longest time between two attempts, also while nothing happens. */
  readonly longestMs: number;
}

const usual: Room = { records: 5_000, size: 16 << 20, firstMs: 1_000, longestMs: 60_000 };

const none: RecordResult = { accepted: 0, duplicates: 0, rejected: [] };

/** What waits for its turn to be written. */
interface Taken {
  readonly records: readonly ShortRecord[];
  readonly source: string;
  readonly resolve: (result: Promise<RecordResult>) => void;
}

interface Held {
  readonly records: readonly ShortRecord[];
  readonly source: string;
  readonly size: number;
}

export function createHolding({ record, tryWriting, onChange, onTrouble, room = usual }: HoldingDeps): Holding {
  let problem: ProblemError | undefined;
  let since = '';
  const held: Held[] = [];
  const sums = { records: 0, size: 0 };
  let lost = 0;
  let waitMs = room.firstMs;
  let next = 0;
  let slow: NodeJS.Timeout | undefined;
  let attempt: Promise<void> | undefined;
  let closed = false;

  function met(now: ProblemError): void {
    const isNew = problem === undefined;
    const isOther = problem?.problem.message !== now.problem.message;
    problem = now;
    if (isNew) since = new Date().toISOString();
    waitMs = isNew ? room.firstMs : Math.min(waitMs * 2, room.longestMs);
    next = Date.now() + waitMs;
    clearTimeout(slow);
    // Something may happen never again; this is all that wakes up meanwhile.
    if (!closed) slow = setTimeout(() => void tryAgain(), room.longestMs).unref();
    if (isNew || isOther) onChange();
  }

  function hold(records: readonly ShortRecord[], source: string): void {
    const size = JSON.stringify(records).length;
    if (sums.records + records.length > room.records || sums.size + size > room.size) {
      lost += records.length;
      return;
    }
    held.push({ records, source, size });
    sums.records += records.length;
    sums.size += size;
  }

  /** What was held, in its order, and after it the gap. */
  async function writeHeld(): Promise<void> {
    tryWriting();
    for (let first = held[0]; first; first = held[0]) {
      try {
        await record(first.records, first.source);
      } catch (error) {
        if (isTrouble(error)) throw error;
        onTrouble(`${first.records.length} records could not be recorded: ${String(error)}`);
      }
      held.shift();
      sums.records -= first.records.length;
      sums.size -= first.size;
    }
    const gap = lost;
    if (gap > 0) await record([gapRecord(gap, since)], 'lsp');
    lost -= gap;
  }

  function tryAgain(): Promise<void> {
    attempt ??= (async () => {
      try {
        // What comes while the last of it is being written is held, too.
        do await writeHeld(); while (held.length > 0 || lost > 0);
        problem = undefined;
        clearTimeout(slow);
        onChange();
      } catch (error) {
        if (!isTrouble(error)) onTrouble(String(error));
        met(isTrouble(error) ? error : problem ?? new ProblemError({ code: 'disk-failing', message: String(error) }));
      } finally {
        attempt = undefined;
      }
    })();
    return attempt;
  }

  const taken: Taken[] = [];
  let writing: Promise<void> | undefined;

  /** What comes while something is being written waits for its end: if that cannot be written, the order of both is kept. */
  async function writeTaken(): Promise<void> {
    for (let together = taken.splice(0); together.length > 0; together = taken.splice(0)) {
      await Promise.allSettled(together.map(({ records, source, resolve }) => {
        const result = writeOrHold(records, source);
        resolve(result);
        return result;
      }));
    }
    writing = undefined;
  }

  async function writeOrHold(records: readonly ShortRecord[], source: string): Promise<RecordResult> {
    if (problem) {
      hold(records, source);
      await lookAgain();
      return none;
    }
    try {
      return await record(records, source);
    } catch (error) {
      if (!isTrouble(error)) throw error;
      hold(records, source);
      met(error);
      return none;
    }
  }

  const lookAgain = async (): Promise<void> => {
    if (problem && (attempt || Date.now() >= next)) await tryAgain();
  };

  return {
    get trouble() {
      return problem && { since, message: problem.problem.message, ...(problem.problem.code === 'store-locked' && { locked: true as const }) };
    },
    take(records, source) {
      // Written later, it still is what happened now; tried twice, it is the same.
      const now = new Date().toISOString();
      const made = records.map((each) => ({ ...each, time: each.time ?? now, id: each.id ?? uuidv7() }));
      return new Promise((resolve) => {
        taken.push({ records: made, source, resolve });
        writing ??= writeTaken();
      });
    },
    async offer(records, source) {
      await lookAgain();
      if (problem) throw problem;
      try {
        return await record(records, source);
      } catch (error) {
        if (isTrouble(error)) met(error);
        throw error;
      }
    },
    met,
    again() {
      if (problem) void tryAgain();
    },
    async close() {
      closed = true;
      await writing;
      if (problem) await tryAgain();
      clearTimeout(slow);
      return sums.records + lost;
    },
  };
}

function gapRecord(count: number, since: string): ShortRecord {
  const records = count === 1 ? 'One record was' : `${count} records were`;
  const message = `${records} lost: nothing could be written since ${since}, and there was no room left to keep what happened meanwhile.`;
  return { family: 'events', kind: 'source.gap', id: uuidv7(), time: new Date().toISOString(), data: { code: 'not-written', message } };
}
