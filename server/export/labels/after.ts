/** What happened after a session, read where a format asks for it. */

import * as v from 'valibot';
import type { SessionDocument } from '../../../shared/results.ts';
import { stepsOf } from '../conversation.ts';
import type { ExportedSession } from '../exportedSession.ts';
import { agentEdits } from './agentEdits.ts';
import { spansAfter } from './aftermath.ts';
import type { After } from './labels.ts';

/** The option of that name. */
export const minutesOption = v.pipe(
  v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/), v.transform(Number)), '15'),
  v.description('for how many minutes after an edit of an agent it counts what became of it; 15 unless told'),
);

/** Twice the minutes: that nothing happened is known only by what happened then. */
export async function afterOf(document: ExportedSession, minutes: number): Promise<After> {
  const times = editTimes(document);
  const later = times.length === 0 ? [] : await document.aftermath?.(spansAfter(times, 2 * minutes)) ?? [];
  return { later, minutes };
}

function editTimes(document: SessionDocument): string[] {
  return agentEdits(document, stepsOf(document).filter(({ superseded }) => !superseded)).map(({ made }) => made.call.answer.time);
}
