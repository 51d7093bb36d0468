/** The part of the store that looks after backups: what is copied, what is put back, and what goes from copies because it was forgotten. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../../shared/problem.ts';
import type { RebuildResult } from '../../../shared/results.ts';
import type { Cursors } from '../cursors.ts';
import type { Sqlite } from '../database.ts';
import { openErasing } from '../erase.ts';
import { withoutForgotten } from '../forgetIndex.ts';
import type { Forgotten } from '../forgotten.ts';
import { openJournal, type Journal } from '../journal.ts';
import type { DataPaths } from '../paths.ts';
import { openLineRewriting } from '../rewriteLines.ts';
import { forgetInBackups, forgetInPlace, type ForgetCopiesDeps, type ForgottenCopies } from './forgetCopies.ts';
import { mergeTombstones } from './mergeTombstones.ts';
import { cursorsIn } from './restore.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';
import { openSwap } from './swap.ts';

export interface StoreBackups {
  /** What is to be backed up, at one moment. */
  snapshot(): Snapshot;
  /** Takes what was forgotten since out of the backups in a folder, an absolute path. */
  forgetInPlace(place: string): void;
  /** The same for all folders of which is known. */
  forgetCopies(): ForgottenCopies;
  /** Puts what lies in a folder of the data directory's `tmp`, an absolute path, in the place of journal, attachments and cursors. The folder is gone afterwards. */
  putBack(staged: string): RebuildResult;
  /** Call first in every write transaction. Returns what to call once it is committed; undefined where there was nothing to do. */
  settle(): (() => void) | undefined;
}

export interface StoreBackupsDeps {
  readonly paths: DataPaths;
  readonly journal: Journal;
  readonly forgotten: Forgotten;
  readonly index: () => { readonly database: Sqlite; readonly cursors: Cursors; readonly figures: () => Pick<Snapshot, 'records' | 'sessions'> };
  /** A write transaction, and one that is on the disk when it returns. */
  readonly write: <T>(work: () => T) => T;
  readonly writeDurably: (work: () => void) => void;
  /** Forgets everything that was indexed, and what is remembered of files. Call in a transaction. */
  readonly clear: () => void;
  readonly dropEmptySessions: () => void;
  /** Brings the index up to the journal. */
  readonly catchUp: () => RebuildResult;
}

export function openStoreBackups(deps: StoreBackupsDeps): StoreBackups {
  const { paths, journal, forgotten, index, write } = deps;
  const swap = openSwap({ root: paths.root, reset });
  const copies: ForgetCopiesDeps = {
    root: paths.root,
    openJournal(folder) {
      const other = openJournal(folder, paths.root);
      return { journal: other, erasing: openErasing(other, openLineRewriting(other), forgotten, () => true) };
    },
    withoutForgotten: (cursor) => withoutForgotten(cursor, forgotten),
  };

  /** After other files took the place of those the index knows. Others learn it from the tombstones, as when something is forgotten. */
  function reset(staged: string): void {
    const { cursors } = index();
    deps.clear();
    cursors.clear();
    for (const { path, ...cursor } of cursorsIn(staged)) cursors.set(path, withoutForgotten(cursor, forgotten));
    forgotten.add({ records: [], sessions: [] });
  }

  return {
    snapshot() {
      deps.catchUp();
      return write(() => takeSnapshot(paths, index().database, journal, index().figures()));
    },
    forgetInPlace: (place) => void forgetInPlace(copies, place),
    forgetCopies: () => forgetInBackups(copies),
    putBack(staged) {
      write(() => {
        if (!existsSync(join(staged, 'journal'))) throw new ProblemError({ code: 'restore-interrupted', message: 'Something was forgotten meanwhile, so nothing was restored. Try again.' });
        mergeTombstones(staged, paths.root);
        forgotten.refresh();
        swap.begin(staged);
      });
      deps.writeDurably(() => undefined);
      const result = deps.catchUp();
      write(deps.dropEmptySessions);
      return result;
    },
    settle: swap.settle,
  };
}
