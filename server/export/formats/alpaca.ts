/**
 * Instructions with their answers, one session a line: the last question as the instruction, the ones before it as the history, which
 * those who read this format learn from as well. https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md
 */

import type { SessionDocument } from '../../../shared/results.ts';
import { wellFormedJson } from '../conversation.ts';
import { sessionExporter } from '../exporter.ts';
import { writeLines } from '../lines.ts';
import { byQuestion, trainingSteps, type TrainingStep } from '../training.ts';

export const alpaca = sessionExporter({
  name: 'alpaca',
  displayName: 'Alpaca',
  extension: 'jsonl',
  audience: 'models',
  layouts: ['file'],
  loses: 'Everything but what a person asked and what the model said: tool calls and their results, thinking, times, models, token counts, '
    + 'files and images, what tools put in, what was taken back. Questions without a word of answer are left out. '
    + 'A part that a fork replays is in the history of both sessions.',
  options: {},
  write: (sessions, sink) => writeLines(sessions, sink, 'alpaca.jsonl', example),
});

function example(session: SessionDocument): string[] {
  const pairs = byQuestion(trainingSteps(session, { context: false })).map((group) => [words(group, 'user'), words(group, 'assistant')] as const)
    .filter(([question, answer]) => question !== '' && answer !== '');
  const last = pairs.at(-1);
  if (!last) return [];
  const history = pairs.slice(0, -1);
  return [wellFormedJson({ instruction: last[0], input: '', output: last[1], ...(history.length > 0 && { history }) })];
}

function words(steps: readonly TrainingStep[], role: TrainingStep['role']): string {
  return steps.flatMap((step) => (step.role === role && step.text !== '' ? [step.text] : [])).join('\n\n');
}
