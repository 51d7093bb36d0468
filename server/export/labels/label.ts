/**
 * What happened to an action, as the record itself proves it. Nothing is guessed: a label stands only where later records of the same
 * session show the outcome, and names them, so that everybody can look.
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
 */
export type LabelKind = 'call-replaced' | 'answer-taken-back' | 'command-fixed';

/** Two answers to the same words before them, one of which came off better. */
export interface Preference {
  readonly label: Label;
  /** The steps before both, the oldest first. */
  readonly before: readonly Step[];
  readonly chosen: readonly Step[];
  readonly rejected: readonly Step[];
}
