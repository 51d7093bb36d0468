/**
 * Forgets, so that nothing is left to find: first it is written down that something is to go, and tombstones of what; then the journal's
 * files are rewritten and the index is cleared, in one transaction; then the index is made again. A process that dies in between leaves
 * a record of its intention, and the next one finishes. What was forgotten is refused from the moment of the tombstones on.
 */

import type { ForgetReceipt } from '../../shared/results.ts';
import type { Attachments } from './attachments.ts';
import type { ForgottenCopies } from './backup/forgetCopies.ts';
import type { Erased, Erasing, Look } from './erase.ts';
import type { ForgetIndex } from './forgetIndex.ts';
import type { Forgotten } from './forgotten.ts';
import type { IntentionFile } from './intention.ts';
import type { Journal } from './journal.ts';

/** What is to go: ids of records, all of whose revisions go, and names of sessions, which are refused from then on. */
export interface ToForget {
  readonly records: Iterable<string>;
  readonly sessions: Iterable<string>;
}

export interface Forget {
  /** @param onProgress journal files that were looked through, of all; called before anything is rewritten */
  forget(what: ToForget, onProgress?: (done: number, total: number) => void): ForgetReceipt;
  /** Finishes what a process began that is no more. Cheap when there is nothing. */
  finish(): void;
  /** Says that something forgotten is on the disk again, for the next one that finishes. Call under the write lock. */
  foundAgain(): void;
  /**
   * Call first in every write transaction: nothing may be written while files are half rewritten. Returns what to call once the
   * transaction is committed; undefined where there was nothing to do.
   */
  settle(): (() => void) | undefined;
}

export interface ForgetDeps {
  readonly journal: Journal;
  readonly forgotten: Forgotten;
  readonly intention: IntentionFile;
  readonly erasing: Erasing;
  readonly attachments: Pick<Attachments, 'remove'>;
  readonly index: () => ForgetIndex;
  /** A write transaction that calls `settle` first, and one that does not and is on the disk when it returns. */
  readonly write: (work: () => void) => void;
  readonly writeAlone: <T>(work: () => T) => T;
  /** Forgets everything that was indexed. Call in a transaction. */
  readonly clear: () => void;
  /** Brings the index up to the journal again. */
  readonly catchUp: () => void;
  readonly dropEmptySessions: () => void;
  /** Takes it out of backups. */
  readonly forgetCopies: () => ForgottenCopies;
}

/** What went, attachments as well. */
type Gone = Erased & { readonly attachments: number; readonly backups?: NonNullable<ForgetReceipt['backups']> };

const nothing: Gone = { lines: 0, bytes: 0, files: 0, unreadable: [], attachments: 0 };

export function openForget(deps: ForgetDeps): Forget {
  const { journal, forgotten, intention, erasing } = deps;

  /** @param looks what was seen without the lock; files that changed since are looked through again */
  function eraseAll(looks: ReadonlyMap<string, Look>): { readonly erased: Gone; readonly committed: () => void } {
    const seen = new Map(journal.files().map((path) => {
      const look = looks.get(path);
      const isSame = look?.size === journal.size(path) && look.sealed === journal.size(`${path}.zst`);
      return [path, isSame ? look : erasing.look(path)] as const;
    }));
    const affected = [...seen].flatMap(([path, { isAffected }]) => (isAffected ? [path] : []));
    const now = intention.read();
    if (now) intention.reach(now, 'erasing');
    // Before it is anything else: positions are those of files that are about to change, or that a process which died has changed.
    deps.clear();
    deps.index().prune();
    // Before the lines that name them: whoever finishes what a process began must still find the names.
    const { files: attachments, bytes } = deps.attachments.remove(unneeded([...seen.values()]));
    const erased = affected.map((path) => erasing.erase(path)).reduce(sum, { ...nothing, attachments, bytes });
    // Other processes learn from it that what they remember of the files is no longer so.
    forgotten.add({ records: [], sessions: [] });
    return { erased, committed: () => now && intention.reach(now, 'erased') };
  }

  function eraseNow(onProgress?: (done: number, total: number) => void): Gone {
    const looks = new Map<string, Look>();
    const files = journal.files();
    for (const path of files) {
      looks.set(path, erasing.look(path));
      onProgress?.(looks.size, files.length);
    }
    const { erased, committed } = deps.writeAlone(() => eraseAll(looks));
    committed();
    return erased;
  }

  /** Returns what went, and whether nothing of it is left in the database. */
  function finishNow(onProgress?: (done: number, total: number) => void): Gone & { readonly scrubbed: boolean } {
    return deps.index().overwriting(() => {
      const erased = intention.read()?.phase === 'erased' ? nothing : eraseNow(onProgress);
      const before = deps.index().scrub();
      deps.catchUp();
      deps.write(deps.dropEmptySessions);
      const scrubbed = before && deps.index().scrub();
      const { backups, unreached } = deps.forgetCopies();
      if (scrubbed) deps.write(end);
      return { ...erased, ...((backups > 0 || unreached.length > 0) && { backups: { rewritten: backups, unreached } }), scrubbed };
    });
  }

  function end(): void {
    const now = intention.read();
    if (now?.phase === 'erased') intention.end(now);
  }

  return {
    forget({ records, sessions }, onProgress) {
      const names = [...sessions];
      deps.write(() => {
        intention.begin();
        forgotten.add({ records, sessions: names });
      });
      const { lines, ...gone } = finishNow(onProgress);
      return { records: lines, sessions: names.length, ...gone };
    },
    finish() {
      const begun = intention.read();
      if (begun && !intention.isOthers(begun)) finishNow();
    },
    foundAgain() {
      const now = intention.read();
      if (!now || now.phase === 'erased') intention.begin();
    },
    settle() {
      if (intention.read()?.phase !== 'erasing') return undefined;
      return eraseAll(new Map()).committed;
    },
  };
}

/** Attachments that only lines which go refer to. */
function unneeded(looks: readonly Look[]): Set<string> {
  const gone = new Set(looks.flatMap(({ attachments }) => [...attachments.gone]));
  for (const { attachments } of looks) for (const name of attachments.kept) gone.delete(name);
  return gone;
}

function sum(one: Gone, other: Erased): Gone {
  return {
    lines: one.lines + other.lines, bytes: one.bytes + other.bytes, files: one.files + other.files, attachments: one.attachments,
    unreadable: [...one.unreadable, ...other.unreadable],
  };
}
