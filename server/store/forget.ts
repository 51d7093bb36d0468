/**
 * Forgets, so that nothing is left to find: first it is written down that something is to go, and tombstones of what; then the journal's
 * files are rewritten (remake.ts). What was forgotten is refused from the moment of the tombstones on, and whoever finishes what a process
 * began that died finds it there.
 */

import type { ForgottenRecord } from '../../shared/results.ts';
import type { Attachments } from './attachments.ts';
import type { ForgottenCopies } from './backup/forgetCopies.ts';
import type { Erasing, Look } from './erase.ts';
import type { Forgotten } from './forgotten.ts';
import type { IntentionFile } from './intention.ts';
import { sealedPath, type Journal } from './journal.ts';
import type { Remake } from './remake.ts';
import type { Rewritten } from './rewriteLines.ts';

/** What is to go: ids of records, all of whose revisions go, and names of sessions, which are refused from then on. */
export interface ToForget {
  readonly records: Iterable<string>;
  readonly sessions: Iterable<string>;
}

export interface Forget {
  /** @param onProgress journal files that were looked through, of all; called before anything is rewritten */
  forget(what: ToForget, onProgress?: (done: number, total: number) => void): ForgottenRecord;
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
  readonly remake: Remake;
  /** While `work` runs, what the database deletes is overwritten. */
  readonly overwriting: <T>(work: () => T) => T;
  /** A write transaction that calls `settle` first, and one that does not and is on the disk when it returns. */
  readonly write: (work: () => void) => void;
  readonly writeAlone: <T>(work: () => T) => T;
}

/** What went, attachments as well, and from how many backups. */
type Gone = Rewritten & { readonly attachments: number; readonly backups?: NonNullable<ForgottenRecord['backups']> };

const nothing: Gone = { lines: 0, bytes: 0, files: 0, unreadable: [], attachments: 0 };

/** What was seen of the files without the lock, and what `Forgotten.changes` was then. */
interface Looks {
  readonly since: string;
  readonly of: Map<string, Look>;
}

export function openForget(deps: ForgetDeps): Forget {
  const { journal, forgotten, intention, erasing, remake } = deps;

  /** @param looks files that changed since are looked through again */
  function eraseAll({ since, of }: Looks): { readonly result: Gone; readonly committed: () => void } {
    const isRewritten = since !== forgotten.changes();
    const seen = new Map(journal.files().map((path) => {
      const look = of.get(path);
      const isSame = !isRewritten && look?.size === journal.size(path) && look.sealed === journal.size(sealedPath(path));
      return [path, isSame ? look : erasing.look(path)] as const;
    }));
    const affected = [...seen].flatMap(([path, { isAffected }]) => (isAffected ? [path] : []));
    return remake.clearing(() => {
      // Before the lines that name them: whoever finishes what a process began must still find the names.
      const { files: attachments, bytes } = deps.attachments.remove(unneeded([...seen.values()]));
      return affected.map((path) => erasing.erase(path)).reduce(sum, { ...nothing, attachments, bytes });
    });
  }

  function eraseNow(onProgress?: (done: number, total: number) => void): Gone {
    const looks: Looks = { since: forgotten.changes(), of: new Map() };
    const files = journal.files();
    for (const path of files) {
      looks.of.set(path, erasing.look(path));
      onProgress?.(looks.of.size, files.length);
    }
    const { result, committed } = deps.writeAlone(() => eraseAll(looks));
    committed();
    return result;
  }

  /** Returns what went, and whether nothing of it is left in the database. */
  function finishNow(onProgress?: (done: number, total: number) => void): Gone & { readonly scrubbed: boolean } {
    const erased = intention.read()?.phase === 'erased' ? nothing : deps.overwriting(() => eraseNow(onProgress));
    const { scrubbed, copies } = remake.end();
    return { ...erased, ...backupsOf(copies), scrubbed };
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
      return eraseAll({ since: '', of: new Map() }).committed;
    },
  };
}

/** Attachments that only lines which go refer to. */
function unneeded(looks: readonly Look[]): Set<string> {
  const gone = new Set(looks.flatMap(({ attachments }) => [...attachments.gone]));
  for (const { attachments } of looks) for (const name of attachments.kept) gone.delete(name);
  return gone;
}

function sum(one: Gone, other: Rewritten): Gone {
  return {
    lines: one.lines + other.lines, bytes: one.bytes + other.bytes, files: one.files + other.files, attachments: one.attachments,
    unreadable: [...one.unreadable, ...other.unreadable],
  };
}

function backupsOf({ backups, unreached }: ForgottenCopies): Pick<Gone, 'backups'> {
  return backups > 0 || unreached.length > 0 ? { backups: { rewritten: backups, unreached } } : {};
}
