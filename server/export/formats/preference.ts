/**
 * Preferences as TRL reads them: two answers to the same words, one of which came off better, or one answer that did well or not, by what
 * happened afterwards. The column `labels` says why and names the records that prove it; trainers leave columns alone that they do not know.
 * https://huggingface.co/docs/trl/dataset_formats#preference, https://huggingface.co/docs/trl/dataset_formats#unpaired-preference
 */

import * as v from 'valibot';
import { wellFormedJson, type Step } from '../conversation.ts';
import { sessionExporter } from '../exporter.ts';
import { afterOf, minutesOption } from '../labels/after.ts';
import type { Preference, Rewarded } from '../labels/label.ts';
import { preferencesOf, rewardsOf } from '../labels/labels.ts';
import { writeLines } from '../lines.ts';
import { byQuestion, settledSteps, toolsOf, type TrainingStep } from '../training.ts';
import { trlAnswer, trlMessages } from '../trl.ts';

const types = ['paired', 'unpaired'] as const;

export const preference = sessionExporter({
  name: 'preference',
  displayName: 'Preference pairs (TRL)',
  extension: 'jsonl',
  audience: 'models',
  layouts: ['file'],
  loses: 'All but what the record proves. Pairs: a call of a tool that failed or was refused, with the next of that tool about the same file or program '
    + 'that succeeded; an answer that was taken back, with the one that the same question got after it; an edit that was taken out again, with the next in '
    + 'that file that stayed. What came second may have profited from what was read in between, which is not in the prompt. Answers that two forks gave are '
    + 'not compared. Unpaired: edits that were kept or reverted, answers before tests that passed or failed, calls that were let through or refused.',
  options: {
    type: v.pipe(v.optional(v.picklist(types), 'paired'), v.description('paired: chosen and rejected; unpaired: a completion with the label true or false; paired unless told')),
    minutes: minutesOption,
    history: v.pipe(
      v.optional(v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number)), '10'),
      v.description('how many earlier questions stand in the prompt; 10 unless told'),
    ),
  },
  write: (sessions, sink, { type, history, minutes }) => writeLines(sessions, sink, 'train.jsonl', async (session) => {
    const after = await afterOf(session, minutes);
    return type === 'paired' ? preferencesOf(session, after).flatMap((pair) => pairLine(pair, history)) : rewardsOf(session, after).flatMap((one) => rewardLine(one, history));
  }),
});

function pairLine({ label, ...pair }: Preference, history: number): string[] {
  const prompt = promptOf(pair.before, history);
  const [chosen, rejected] = [settledSteps(pair.chosen), settledSteps(pair.rejected)];
  if (prompt[0]?.role !== 'user' || chosen.length === 0 || rejected.length === 0) return [];
  const [better, worse] = [messages(chosen), messages(rejected)];
  // An answer that came out the same both times teaches nothing.
  if (wellFormedJson(better) === wellFormedJson(worse)) return [];
  const tools = toolsOf([...prompt, ...chosen, ...rejected]);
  return [wellFormedJson({ prompt: prompt.flatMap(trlMessages), chosen: better, rejected: worse, tools, labels: [label] })];
}

function rewardLine({ label, before, completion, isGood }: Rewarded, history: number): string[] {
  const prompt = promptOf(before, history);
  const answered = settledSteps(completion);
  if (prompt[0]?.role !== 'user' || answered.length === 0) return [];
  return [wellFormedJson({ prompt: prompt.flatMap(trlMessages), completion: messages(answered), label: isGood, tools: toolsOf([...prompt, ...answered]), labels: [label] })];
}

/** From the first question that counts on. */
function promptOf(before: readonly Step[], history: number): TrainingStep[] {
  const steps = settledSteps(before);
  return byQuestion(steps.slice(steps.findIndex(({ role }) => role === 'user'))).slice(-history - 1).flat();
}

/** What came of the last calls is not what a model says: it is left out. */
function messages(steps: readonly TrainingStep[]): object[] {
  const last = steps.at(-1);
  return [...steps.slice(0, -1).flatMap(trlMessages), ...(last?.role === 'assistant' ? [trlAnswer(last)] : [])];
}
