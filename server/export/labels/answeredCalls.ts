/** Calls of tools that were let through, and those that a person or a rule refused or somebody stopped. */

import type { SessionDocument } from '../../../shared/results.ts';
import type { Step } from '../conversation.ts';
import { hasFailed, hasSucceeded, madeCalls, wasRefused, type MadeCall } from './calls.ts';
import type { Label } from './label.ts';

export interface AnsweredCall {
  readonly made: MadeCall;
  readonly label: Label & { readonly kind: 'call-accepted' | 'call-rejected' };
}

/** @param steps of the document, without what was taken back */
export function answeredCalls(document: SessionDocument, steps: readonly Step[]): AnsweredCall[] {
  return madeCalls(document, steps).filter(({ at }) => !steps[at]?.copied).flatMap((made): AnsweredCall[] => {
    if (wasRefused(made)) return [{ made, label: { kind: 'call-rejected', records: made.records } }];
    // What failed was let through, too; of what has an unknown end it cannot be told.
    return hasSucceeded(made) || hasFailed(made) ? [{ made, label: { kind: 'call-accepted', records: made.records } }] : [];
  });
}
