/** What takes things out of the past, wired: all of it goes by one intention and makes the index again in one way. */

import type { Attachments } from './attachments.ts';
import type { ForgottenCopies } from './backup/forgetCopies.ts';
import type { FileIndex } from './catchUp.ts';
import type { Cursors } from './cursors.ts';
import { openErasing, type Erasing } from './erase.ts';
import { openForget, type Forget } from './forget.ts';
import type { ForgetIndex } from './forgetIndex.ts';
import type { Forgotten } from './forgotten.ts';
import { openIntention, type IntentionFile } from './intention.ts';
import type { Journal } from './journal.ts';
import { openPast, type Past } from './past.ts';
import { openRemake } from './remake.ts';
import { openLineRewriting } from './rewriteLines.ts';

export interface RewritingDeps {
  /** Absolute path of the data directory. */
  readonly root: string;
  readonly journal: Journal;
  readonly attachments: Attachments;
  readonly forgotten: Forgotten;
  /** The index that is open now. */
  readonly index: () => { readonly files: FileIndex; readonly forgetIndex: ForgetIndex; readonly cursors: Cursors };
  /** Forgets everything that was indexed, and what is remembered of it. Call in a transaction. */
  readonly clear: () => void;
  /** A write transaction that finishes first what others began, and one that does not and is on the disk when it returns. */
  readonly write: (work: () => void) => void;
  readonly writeAlone: <T>(work: () => T) => T;
  /** Brings the index up to the journal. */
  readonly catchUp: () => void;
  /** Takes what was forgotten out of backups. */
  readonly forgetCopies: () => ForgottenCopies;
}

export interface Rewritings {
  readonly forget: Forget;
  readonly past: Past;
  readonly intention: IntentionFile;
  readonly erasing: Erasing;
}

export function openRewritings(deps: RewritingDeps): Rewritings {
  const { root, journal, attachments, forgotten, index, clear, write, writeAlone, catchUp, forgetCopies } = deps;
  const intention = openIntention(root);
  const rewriting = openLineRewriting(journal);
  const overwriting = <T>(work: () => T): T => index().forgetIndex.overwriting(work);
  const remake = openRemake({
    intention, forgotten, write, clear, catchUp, forgetCopies,
    index: () => index().forgetIndex,
    dropEmptySessions: () => index().files.dropEmptySessions(),
  });
  const erasing = openErasing(journal, rewriting, forgotten, attachments.any);
  return {
    intention,
    erasing,
    forget: openForget({ journal, attachments, forgotten, intention, erasing, remake, write, writeAlone, overwriting }),
    past: openPast({ journal, rewriting, attachments, intention, remake, overwriting, write, writeAlone, cursors: () => index().cursors }),
  };
}
