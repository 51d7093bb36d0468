/** What the record proves about the actions of a session. Pure: a document in, labels out, the same each time. */

import type { SessionDocument } from '../../../shared/results.ts';
import { stepsOf } from '../conversation.ts';
import { fixedCommands } from './fixedCommands.ts';
import type { Label, Preference } from './label.ts';
import { replacedCalls } from './replacedCalls.ts';
import { takenBackLabels, takenBackPreferences } from './takenBack.ts';

/** All labels, by kind, each kind in the order of the session. */
export function labelsOf(document: SessionDocument): Label[] {
  const steps = ownSteps(document);
  const kept = steps.filter(({ superseded }) => !superseded);
  return [...replacedCalls(document, kept).map(({ label }) => label), ...takenBackLabels(steps), ...fixedCommands(document, kept)];
}

/** The labels that leave two answers to the same words. */
export function preferencesOf(document: SessionDocument): Preference[] {
  const steps = ownSteps(document);
  return [...replacedCalls(document, steps.filter(({ superseded }) => !superseded)), ...takenBackPreferences(steps)];
}

/** What a tool put in on its own is no action of anybody. */
function ownSteps(document: SessionDocument): ReturnType<typeof stepsOf> {
  return stepsOf(document).filter(({ role }) => role !== 'context');
}
