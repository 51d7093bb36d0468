/** What takes things out of the past, wired: all of it goes by one intention and makes the index again in one way. */

import type { Attachments } from './attachments.ts';
import type { FileIndex } from './catchUp.ts';
import type { Cursors } from './cursors.ts';
import { openErasing } from './erase.ts';
import { openForget, type Forget } from './forget.ts';
import type { ForgetIndex } from './forgetIndex.ts';
import type { Forgotten } from './forgotten.ts';
import { openIntention } from './intention.ts';
import type { Journal } from './journal.ts';
import { openPast, type Past } from './past.ts';
import { openRemake } from './remake.ts';
import { openLineRewriting } from './rewriteLines.ts';
import type { Words } from './words.ts';

export interface RewritingDeps {
  /** Absolute path of the data directory. */
  readonly root: string;
  readonly journal: Journal;
  readonly attachments: Attachments;
  readonly forgotten: Forgotten;
  /** The index that is open now. */
  readonly index: () => { readonly files: FileIndex; readonly words: Words; readonly forgetIndex: ForgetIndex; readonly cursors: Cursors };
  /** A write transaction that finishes first what others began, and one that does not and is on the disk when it returns. */
  readonly write: (work: () => void) => void;
  readonly writeAlone: <T>(work: () => T) => T;
  /** Brings the index up to the journal. */
  readonly catchUp: () => void;
}

export function openRewritings({ root, journal, attachments, forgotten, index, write, writeAlone, catchUp }: RewritingDeps): { readonly forget: Forget; readonly past: Past } {
  const intention = openIntention(root);
  const rewriting = openLineRewriting(journal);
  const overwriting = <T>(work: () => T): T => index().forgetIndex.overwriting(work);
  const remake = openRemake({
    intention, forgotten, write, catchUp,
    index: () => index().forgetIndex,
    clear() {
      index().files.clear();
      index().words.reset();
    },
    dropEmptySessions: () => index().files.dropEmptySessions(),
  });
  const erasing = openErasing(journal, rewriting, forgotten, attachments.any);
  return {
    forget: openForget({ journal, attachments, forgotten, intention, erasing, remake, write, writeAlone, overwriting }),
    past: openPast({ journal, rewriting, attachments, intention, remake, overwriting, write, writeAlone, cursors: () => index().cursors }),
  };
}
