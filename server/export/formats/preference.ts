/**
 * Preference pairs as TRL reads them: two answers to the same words, one of which came off better, by what happened afterwards. The column
 * `labels` says why and names the records that prove it; trainers leave columns alone that they do not know.
 * https://huggingface.co/docs/trl/dataset_formats#preference
 */

import * as v from 'valibot';
import { wellFormedJson } from '../conversation.ts';
import { sessionExporter } from '../exporter.ts';
import type { Preference } from '../labels/label.ts';
import { preferencesOf } from '../labels/labels.ts';
import { writeLines } from '../lines.ts';
import { byQuestion, settledSteps, toolsOf, type TrainingStep } from '../training.ts';
import { trlAnswer, trlMessages } from '../trl.ts';

export const preference = sessionExporter({
  name: 'preference',
  displayName: 'Preference pairs (TRL)',
  extension: 'jsonl',
  audience: 'models',
  layouts: ['file'],
  loses: 'All but two kinds of pairs that the record proves: a call of a tool that failed or was refused, with the next of that tool about the '
    + 'same file or program that succeeded; and an answer that was taken back, with the one that the same question got after it. The call that succeeded '
    + 'may have profited from what was read in between, which is not in the prompt. Answers that two forks gave are not compared.',
  options: {
    history: v.pipe(
      v.optional(v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number)), '10'),
      v.description('how many earlier questions stand in the prompt; 10 unless told'),
    ),
  },
  write: (sessions, sink, { history }) => writeLines(sessions, sink, 'train.jsonl', (session) => preferencesOf(session).flatMap((pair) => lineOf(pair, history))),
});

function lineOf({ label, ...pair }: Preference, history: number): string[] {
  const before = settledSteps(pair.before);
  const prompt = byQuestion(before.slice(before.findIndex(({ role }) => role === 'user'))).slice(-history - 1).flat();
  const [chosen, rejected] = [settledSteps(pair.chosen), settledSteps(pair.rejected)];
  if (prompt[0]?.role !== 'user' || chosen.length === 0 || rejected.length === 0) return [];
  const [better, worse] = [messages(chosen), messages(rejected)];
  // An answer that came out the same both times teaches nothing.
  if (wellFormedJson(better) === wellFormedJson(worse)) return [];
  const tools = toolsOf([...prompt, ...chosen, ...rejected]);
  return [wellFormedJson({ prompt: prompt.flatMap(trlMessages), chosen: better, rejected: worse, tools, labels: [label] })];
}

/** What came of the last calls is not what a model says: it is left out. */
function messages(steps: readonly TrainingStep[]): object[] {
  const last = steps.at(-1);
  return [...steps.slice(0, -1).flatMap(trlMessages), ...(last?.role === 'assistant' ? [trlAnswer(last)] : [])];
}
