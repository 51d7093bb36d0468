/** What the record proves about the actions of a session. Pure: a document and what happened after it in, labels out, the same each time. */

import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import { stepsOf, type Step } from '../conversation.ts';
import { agentEdits } from './agentEdits.ts';
import { answeredCalls } from './answeredCalls.ts';
import { madeCalls, type MadeCall } from './calls.ts';
import { editOutcomes, type EditOutcome } from './editOutcomes.ts';
import { fixedCommands } from './fixedCommands.ts';
import type { Label, Preference, Rewarded } from './label.ts';
import { testedTurns, type TestedTurn } from './nextTests.ts';
import { onlyCall, replacedCalls } from './replacedCalls.ts';
import { takenBackLabels, takenBackPreferences, takenBackRewards } from './takenBack.ts';

/** What was recorded elsewhere, and for how many minutes it counts. */
export interface After {
  readonly later: readonly DaybookRecord[];
  readonly minutes: number;
}

const none: After = { later: [], minutes: 0 };

/** All labels, by kind, each kind in the order of the session. */
export function labelsOf(document: SessionDocument, after: After = none): Label[] {
  const { steps, kept, outcomes, tested } = lookAt(document, after);
  return [
    ...replacedCalls(document, kept).map(({ label }) => label), ...takenBackLabels(steps), ...fixedCommands(document, kept),
    ...outcomes.map(({ label }) => label), ...tested.map(({ label }) => label), ...answeredCalls(document, kept).map(({ label }) => label),
  ];
}

/** The labels that leave two answers to the same words. */
export function preferencesOf(document: SessionDocument, after: After = none): Preference[] {
  const { steps, kept, outcomes } = lookAt(document, after);
  return [...replacedCalls(document, kept), ...takenBackPreferences(steps), ...betterEdits(kept, outcomes)];
}

/** Answers of which it is known whether they did well: each call once, by the most that is known of it. */
export function rewardsOf(document: SessionDocument, after: After = none): Rewarded[] {
  const { steps, kept, outcomes, tested } = lookAt(document, after);
  const judged = outcomes.filter(({ label }) => label.kind !== 'edit-changed');
  const known = new Set(outcomes.map(({ edit }) => edit.made.call.id));
  return [
    ...judged.flatMap(({ edit, label }) => rewarded(kept, edit.made, label, label.kind === 'edit-kept')),
    ...answeredCalls(document, kept).filter(({ made }) => !known.has(made.call.id)).flatMap(({ made, label }) => rewarded(kept, made, label, label.kind === 'call-accepted')),
    ...tested.flatMap(({ edits, label }) => wholeTurn(kept, edits.at(-1)?.made.at ?? 0, label, label.kind === 'tests-passed')),
    ...takenBackRewards(steps),
  ];
}

interface Looked {
  /** All of persons and models. */
  readonly steps: readonly Step[];
  /** Without what was taken back. */
  readonly kept: readonly Step[];
  readonly outcomes: readonly EditOutcome[];
  readonly tested: readonly TestedTurn[];
}

function lookAt(document: SessionDocument, { later, minutes }: After): Looked {
  // What a tool put in on its own is no action of anybody.
  const steps = stepsOf(document).filter(({ role }) => role !== 'context');
  const kept = steps.filter(({ superseded }) => !superseded);
  const edits = agentEdits(document, kept);
  const { workspace } = document.session;
  const outcomes = editOutcomes({ workspace, edits, calls: madeCalls(document, kept), later }, minutes);
  return { steps, kept, outcomes, tested: testedTurns(edits, kept, workspace, later, minutes) };
}

/** An edit that was taken out again, and the next of that tool in that file that stayed; a person may say once in between what they want. */
function betterEdits(steps: readonly Step[], outcomes: readonly EditOutcome[]): Preference[] {
  return outcomes.flatMap((worse, index) => {
    const { edit: { made, file }, label } = worse;
    const better = label.kind !== 'edit-reverted' ? undefined : outcomes.slice(index + 1).find(({ edit }) => edit.file === file && edit.made.call.name === made.call.name && edit.made.call.id !== made.call.id);
    const [before, after] = [steps[made.at], better && steps[better.edit.made.at]];
    if (better?.label.kind !== 'edit-kept' || before?.role !== 'assistant' || after?.role !== 'assistant') return [];
    if (steps.slice(made.at, better.edit.made.at).filter(({ role }) => role === 'user').length > 1) return [];
    const proof: Label = { kind: 'edit-reverted', records: [...new Set([...label.records, ...better.label.records])] };
    return [{ label: proof, before: steps.slice(0, made.at), chosen: [onlyCall(after, better.edit.made)], rejected: [onlyCall(before, made)] }];
  });
}

function rewarded(steps: readonly Step[], made: MadeCall, label: Label, isGood: boolean): Rewarded[] {
  const step = steps[made.at];
  return step?.role === 'assistant' ? [{ label, before: steps.slice(0, made.at), completion: [onlyCall(step, made)], isGood }] : [];
}

/** All that was answered to the question before a step, until the next one. */
function wholeTurn(steps: readonly Step[], at: number, label: Label, isGood: boolean): Rewarded[] {
  const question = steps.slice(0, at + 1).findLastIndex(({ role }) => role === 'user');
  const next = steps.findIndex(({ role }, index) => index > at && role === 'user');
  return question === -1 ? [] : [{ label, before: steps.slice(0, question + 1), completion: steps.slice(question + 1, next === -1 ? undefined : next), isGood }];
}
