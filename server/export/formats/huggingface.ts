/**
 * Conversations and prompt-completion pairs as TRL and `datasets` read them, with the tools as JSON schemas.
 * https://huggingface.co/docs/trl/dataset_formats
 */

import * as v from 'valibot';
import { wellFormedJson } from '../conversation.ts';
import { sessionExporter } from '../exporter.ts';
import { afterOf, minutesOption } from '../labels/after.ts';
import { labelsOf } from '../labels/labels.ts';
import { writeLines, yesOrNo } from '../lines.ts';
import { byQuestion, toolsOf, trainingSteps, type TrainingStep } from '../training.ts';
import { trlMessages } from '../trl.ts';

const types = ['conversational', 'prompt-completion'] as const;

export const huggingface = sessionExporter({
  name: 'huggingface',
  displayName: 'Hugging Face (TRL)',
  extension: 'jsonl',
  audience: 'models',
  layouts: ['file'],
  loses: 'Times, models and token counts, files and images, what was taken back, tool calls without an answer. Definitions of tools are made '
    + 'from the calls. A part that a fork replays stands before its conversation; no completion is made of it.',
  options: {
    type: v.pipe(v.optional(v.picklist(types), 'conversational'), v.description('conversational: a session a line; prompt-completion: a question a line, with those before it in the prompt')),
    history: v.pipe(
      v.optional(v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number)), '10'),
      v.description('how many earlier questions stand in the prompt of a completion; 10 unless told'),
    ),
    context: v.pipe(v.optional(v.picklist(yesOrNo), 'no'), v.description('yes or no: what tools put in, such as reminders and summaries, as system messages; no unless told')),
    minutes: minutesOption,
    labels: v.pipe(v.optional(v.picklist(yesOrNo), 'no'), v.description('yes or no: a column labels beside each conversation, with what the record proves about it and the ids of the records that do; no unless told')),
  },
  write: (sessions, sink, { type, history, context, labels, minutes }) => writeLines(sessions, sink, 'train.jsonl', async (session) => {
    const steps = trainingSteps(session, { context: context === 'yes' });
    return type === 'conversational' ? conversation(steps, labels === 'yes' ? { labels: labelsOf(session, await afterOf(session, minutes)) } : {}) : completions(steps, history);
  }),
});

/** @param more columns beside it */
function conversation(steps: readonly TrainingStep[], more: object): string[] {
  return steps.length === 0 ? [] : [wellFormedJson({ messages: steps.flatMap(trlMessages), tools: toolsOf(steps), ...more })];
}

function completions(steps: readonly TrainingStep[], history: number): string[] {
  const groups = byQuestion(steps);
  const tools = toolsOf(steps);
  return groups.flatMap((group, at) => {
    const answer = group.findIndex(({ role }) => role === 'assistant');
    const learned = answer === -1 ? [] : group.slice(answer);
    const isWhole = learned.some(({ role, copied }) => role === 'assistant' && !copied) && learned.findLast(({ role }) => role === 'assistant')?.text !== '';
    if (!isWhole || !group.some(({ role }) => role === 'user')) return [];
    const prompt = [...groups.slice(Math.max(0, at - history), at).flat(), ...group.slice(0, answer)];
    return [wellFormedJson({ prompt: prompt.flatMap(trlMessages), completion: learned.flatMap(trlMessages), tools })];
  });
}
