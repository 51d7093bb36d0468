/** Calls of tools that did not come off, and the ones that did in their place. */

import type { Answered, Step } from '../conversation.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import { aboutOf, hasFailed, hasSucceeded, madeCalls, wasRefused, type MadeCall } from './calls.ts';
import type { Preference } from './label.ts';

/** @param steps of the document, without what was taken back */
export function replacedCalls(document: SessionDocument, steps: readonly Step[]): Preference[] {
  const made = madeCalls(document, steps);
  return made.flatMap((rejected, index) => {
    const chosen = hasFailed(rejected) || wasRefused(rejected) ? replacementOf(rejected, made.slice(index + 1), steps) : undefined;
    const [before, after] = [steps[rejected.at], chosen && steps[chosen.at]];
    if (!chosen || before?.role !== 'assistant' || after?.role !== 'assistant' || before.copied || after.copied) return [];
    return [{
      label: { kind: 'call-replaced' as const, records: [...rejected.records, ...chosen.records] },
      before: steps.slice(0, rejected.at), chosen: [onlyCall(after, chosen)], rejected: [onlyCall(before, rejected)],
    }];
  });
}

/**
 * The next call of the same tool about the same thing that succeeded with other arguments. A failure is corrected before a person speaks
 * again; after a refusal they may say once what they want instead.
 */
function replacementOf(rejected: MadeCall, later: readonly MadeCall[], steps: readonly Step[]): MadeCall | undefined {
  const about = aboutOf(rejected);
  if (about === undefined) return undefined;
  const mayAsk = wasRefused(rejected) ? 1 : 0;
  const next = later.find((made) => made.call.name === rejected.call.name && aboutOf(made) === about && hasSucceeded(made));
  if (!next || steps.slice(rejected.at, next.at).filter(({ role }) => role === 'user').length > mayAsk) return undefined;
  return JSON.stringify(next.call.arguments) === JSON.stringify(rejected.call.arguments) ? undefined : next;
}

/** The call by itself: words around it, and other calls beside it, speak of what had happened by then, and are not what failed. */
export function onlyCall(step: Answered, { call }: MadeCall): Answered {
  return { ...step, text: '', reasoning: '', calls: [call] };
}
