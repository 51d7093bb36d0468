/**
 * What happened to an action, as the record itself proves it. Nothing is guessed: a label stands only where later records show the outcome,
 * of the same session or of the same file and folder, and names them, so that everybody can look.
 */

import type { Step } from '../conversation.ts';

export interface Label {
  readonly kind: LabelKind;
  /** Ids of the records that prove it, in the order in which they happened. */
  readonly records: readonly string[];
}

/**
 * `call-replaced`: a call of a tool was refused, stopped or failed, and the next one of that tool about the same thing succeeded.
 * `answer-taken-back`: a person took an answer back.
 * `command-fixed`: a command failed, files were edited, and the same command succeeded.
 * `command-fixed-by-command`: a command failed, others succeeded, nothing was edited, and the same command succeeded.
 * `edit-kept`: an agent's edit was committed, or nobody touched its file for the minutes that count while recording went on.
 * `edit-changed`, `edit-reverted`: some or all of its lines were taken away or put back as they were, or its file was restored or deleted.
 * `tests-passed`, `tests-failed`: the next test run after the edits of a turn.
 * `call-accepted`, `call-rejected`: a call was let through; a person or a rule refused it, or somebody stopped it.
 */
export type LabelKind =
  | 'call-replaced' | 'answer-taken-back' | 'command-fixed' | 'command-fixed-by-command' | 'edit-kept' | 'edit-changed' | 'edit-reverted'
  | 'tests-passed' | 'tests-failed' | 'call-accepted' | 'call-rejected';

/** What came of the action that the first records of a label are about: 1 well, -1 badly, 0 neither. */
export const rewards: Readonly<Record<LabelKind, 1 | 0 | -1>> = {
  'call-replaced': -1, 'answer-taken-back': -1, 'command-fixed': 1, 'command-fixed-by-command': 1, 'edit-kept': 1, 'edit-changed': 0, 'edit-reverted': -1,
  'tests-passed': 1, 'tests-failed': -1, 'call-accepted': 1, 'call-rejected': -1,
};

/** Two answers to the same words before them, one of which came off better. */
export interface Preference {
  readonly label: Label;
  /** The steps before both, the oldest first. */
  readonly before: readonly Step[];
  readonly chosen: readonly Step[];
  readonly rejected: readonly Step[];
}

/** An answer, or a part of one, with what came of it. */
export interface Rewarded {
  readonly label: Label;
  /** The steps before it, the oldest first. */
  readonly before: readonly Step[];
  readonly completion: readonly Step[];
  readonly isGood: boolean;
}
