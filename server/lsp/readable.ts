/** What is asked of the store by itself, while it may be locked: encrypted by another program since, and not yet opened here. */

import type { ProblemError } from '../../shared/problem.ts';
import { isTrouble } from '../../shared/trouble.ts';

/** Asks, and answers something else while the store can neither be written nor read; `met` is told of that. */
export function orElse<T>(ask: () => T, otherwise: T, met: (problem: ProblemError) => void): T {
  try {
    return ask();
  } catch (error) {
    if (!isTrouble(error)) throw error;
    met(error);
    return otherwise;
  }
}
