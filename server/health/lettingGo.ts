/** What Daybook itself will let go by its retention, and how it went last, for *Health*. What other tools delete stands in `retention.ts`. */

import type { HealthNote } from '../../shared/health.ts';
import { readState } from '../expiry/state.ts';
import { aboveSentence, planSentence, resultSentence } from '../expiry/words.ts';

/** @param dataDirectory absolute path */
export function lettingGoNotes(dataDirectory: string): HealthNote[] {
  const { plan, policy, lastResult } = readState(dataDirectory);
  const note = (code: string, about: string, state: HealthNote['state'], message: string): HealthNote => ({ id: `retention:${code}:${about}`, code, state, message });
  const above = plan && aboveSentence(plan, policy);
  return [
    ...(plan ? [note('retention-planned', plan.madeAt, 'ok', `${planSentence(plan, policy)} Daybook: Keep What Would Go, or daybook retention undo, keeps it.`)] : []),
    ...(above === undefined ? [] : [note('retention-above', String(policy.maxBytes), 'warning', above)]),
    ...(lastResult ? [note('retention-done', lastResult.at, lastResult.errors.length > 0 ? 'warning' : 'ok', resultSentence(lastResult))] : []),
  ];
}
