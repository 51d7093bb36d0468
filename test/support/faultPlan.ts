/** What test/support/faults.ts is told; apart from it, since to load that one is to have a file system that fails. */

export const faultsVariable = 'DAYBOOK_TEST_FAULTS';

export interface FaultPlan {
  /** Absolute path of a folder. */
  readonly below: string;
  /** While this file is there every write fails; absolute, elsewhere. */
  readonly while?: string;
  /** What happens: an error of this code, a write of half the bytes, or the end of the process, before the call or after it. */
  readonly fault: 'ENOSPC' | 'EIO' | 'EACCES' | 'EROFS' | 'short' | 'killed' | 'killed after';
  /** At which call that writes, from 1. A program may set it anew. */
  readonly at?: number;
  /** How many calls in a row; one when absent. */
  readonly times?: number;
}
