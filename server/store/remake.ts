/**
 * What every rewriting of the journal has around it: first the intention is written down; then files are rewritten and the index is cleared,
 * in one transaction; then the index is made again and what was freed is overwritten. A process that dies in between leaves its intention,
 * and the next one finishes: it clears the index, whose positions are those of files that are others now.
 */

import type { ForgottenCopies } from './backup/forgetCopies.ts';
import type { ForgetIndex } from './forgetIndex.ts';
import type { Forgotten } from './forgotten.ts';
import type { IntentionFile } from './intention.ts';

export interface Remake {
  /**
   * Clears the index and runs `change`, which rewrites files. Call in a transaction that is on the disk when it commits; `committed` is to be
   * called after that.
   */
  clearing<T>(change: () => T): { readonly result: T; readonly committed: () => void };
  /**
   * Makes the index again, wipes what was freed, takes what was forgotten out of backups and ends the intention. `scrubbed` when nothing of
   * it is left in the database.
   */
  end(): { readonly scrubbed: boolean; readonly copies: ForgottenCopies };
}

export interface RemakeDeps {
  readonly intention: IntentionFile;
  readonly forgotten: Pick<Forgotten, 'add'>;
  readonly index: () => ForgetIndex;
  readonly write: (work: () => void) => void;
  /** Forgets everything that was indexed. Call in a transaction. */
  readonly clear: () => void;
  /** Brings the index up to the journal again. */
  readonly catchUp: () => void;
  readonly dropEmptySessions: () => void;
  /** Takes what was forgotten out of backups. */
  readonly forgetCopies: () => ForgottenCopies;
}

export function openRemake({ intention, forgotten, index, write, clear, catchUp, dropEmptySessions, forgetCopies }: RemakeDeps): Remake {
  return {
    clearing(change) {
      const now = intention.read();
      if (now) intention.reach(now, 'erasing');
      // Before it is anything else: positions are those of files that are about to change, or that a process which died has changed.
      clear();
      index().prune();
      const result = change();
      // Other processes learn from it that what they remember of the files is no longer so.
      forgotten.add({ records: [], sessions: [] });
      return { result, committed: () => now && intention.reach(now, 'erased') };
    },
    end: () => index().overwriting(() => {
      const before = index().scrub();
      catchUp();
      write(dropEmptySessions);
      const scrubbed = before && index().scrub();
      const copies = forgetCopies();
      if (scrubbed) {
        write(() => {
          const now = intention.read();
          if (now?.phase === 'erased') intention.end(now);
        });
      }
      return { scrubbed, copies };
    }),
  };
}
