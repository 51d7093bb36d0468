/**
 * What keeps Daybook from writing, for now or until somebody does something: a full disk, a folder without permission, a disk that fails, a
 * database that another program holds. Nobody's record is at fault, so whoever has one keeps it and tries again.
 */

import { ProblemError } from './problem.ts';

export const troubleCodes = ['disk-full', 'not-writable', 'disk-failing', 'database-busy', 'link-in-the-way', 'store-locked'] as const;

/** While nothing can be written. */
export interface Trouble {
  /** RFC 3339: the first failure. */
  readonly since: string;
  /** Sentences for a person. */
  readonly message: string;
  /** Whether the record is encrypted, and has to be unlocked. */
  readonly locked?: true;
}

/** Whether something was not written for such a reason. */
export function isTrouble(error: unknown): error is ProblemError {
  return error instanceof ProblemError && (troubleCodes as readonly string[]).includes(error.problem.code);
}
