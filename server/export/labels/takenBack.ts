/** Answers that a person took back, by a rewind or by asking again. A fork keeps both: that is another session, and no word on this one. */

import type { Step } from '../conversation.ts';
import type { Label, Preference, Rewarded } from './label.ts';

interface Exchange {
  readonly question: Step;
  readonly answer: readonly Step[];
}

/** @param steps with what was taken back */
export function takenBackLabels(steps: readonly Step[]): Label[] {
  return runs(steps).flatMap(({ taken, next }) => exchangesOf(taken).map((exchange) => labelOf(exchange, next)));
}

/** Where the same words were asked again: then, and only then, both answers answer the same. */
export function takenBackPreferences(steps: readonly Step[]): Preference[] {
  return runs(steps).flatMap(({ before, taken, next }) => {
    if (!next || next.question.copied || next.answer.length === 0) return [];
    const exchanges = exchangesOf(taken);
    const other = exchanges.findIndex(({ question }) => question.text.trim() !== next.question.text.trim());
    return exchanges.slice(0, other === -1 ? undefined : other).flatMap((exchange) => (exchange.answer.length === 0 ? [] : [{
      label: labelOf(exchange, next), before: [...before, next.question], chosen: next.answer, rejected: exchange.answer,
    }]));
  });
}

/** What was taken back did not do well, whatever was asked next. */
export function takenBackRewards(steps: readonly Step[]): Rewarded[] {
  return runs(steps).flatMap(({ before, taken, next }) => exchangesOf(taken).flatMap((exchange, at, all) => (exchange.answer.length === 0 ? [] : [{
    label: labelOf(exchange, next), before: [...before, ...all.slice(0, at).flatMap(({ question, answer }) => [question, ...answer]), exchange.question], completion: exchange.answer, isGood: false,
  }])));
}

interface Run {
  /** What stands before it and was not taken back. */
  readonly before: readonly Step[];
  readonly taken: readonly Step[];
  /** What was asked after it, with its answer. */
  readonly next: Exchange | undefined;
}

/** Steps that were taken back, as long as they stand together. */
function runs(steps: readonly Step[]): Run[] {
  return steps.flatMap((step, start) => {
    if (!step.superseded || steps[start - 1]?.superseded === true) return [];
    const end = steps.findIndex((each, at) => at > start && !each.superseded);
    const [next] = exchangesOf(end === -1 ? [] : steps.slice(end));
    return [{ before: steps.slice(0, start).filter(({ superseded }) => !superseded), taken: steps.slice(start, end === -1 ? undefined : end), next }];
  });
}

/** What a model said after each question, until the next. */
function exchangesOf(steps: readonly Step[]): Exchange[] {
  const exchanges: { question: Step; answer: Step[] }[] = [];
  for (const step of steps) {
    if (step.role === 'user') exchanges.push({ question: step, answer: [] });
    else if (step.role === 'assistant' && step.superseded === exchanges.at(-1)?.question.superseded) exchanges.at(-1)?.answer.push(step);
  }
  return exchanges;
}

function labelOf({ question, answer }: Exchange, next: Exchange | undefined): Label {
  const after = next ? [next.question, ...next.answer] : [];
  return { kind: 'answer-taken-back', records: [question, ...answer, ...after].map(({ id }) => id) };
}
