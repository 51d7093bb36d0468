/**
 * Examples for fine-tuning chat models, a conversation a line, with the tools and their calls.
 * https://developers.openai.com/api/docs/guides/supervised-fine-tuning; messages as in the reference of chat completions.
 */

import * as v from 'valibot';
import type { SessionDocument } from '../../../shared/results.ts';
import { argumentObject, valueText, wellFormedJson } from '../conversation.ts';
import { sessionExporter } from '../exporter.ts';
import { writeLines, yesOrNo } from '../lines.ts';
import { functionName, toolsOf, trainingSteps, type TrainingStep } from '../training.ts';

export const openai = sessionExporter({
  name: 'openai',
  displayName: 'OpenAI chat fine-tuning',
  extension: 'jsonl',
  audience: 'models',
  layouts: ['file'],
  loses: 'Thinking, times, models and token counts, files and images, what was taken back, tool calls without an answer. '
    + 'Definitions of tools are made from the calls. Answers to calls after which nothing was said any more. A part that a fork replays is in it with weight 0, as context that is not learned.',
  options: {
    context: v.pipe(v.optional(v.picklist(yesOrNo), 'no'), v.description('yes or no: what tools put in, such as reminders and summaries, as developer messages; no unless told')),
  },
  write: (sessions, sink, { context }) => writeLines(sessions, sink, 'openai.jsonl', (session) => example(session, context === 'yes')),
});

function example(session: SessionDocument, context: boolean): string[] {
  const steps = trainingSteps(session, { context });
  if (steps.length === 0) return [];
  const tools = toolsOf(steps);
  const all = steps.flatMap(messages);
  // The model has the last word, be it a call: what came of that one is left out.
  return [wellFormedJson({ messages: all.slice(0, all.findLastIndex(({ role }) => role === 'assistant') + 1), ...(tools.length > 0 && { tools }) })];
}

interface Message {
  readonly role: string;
  readonly [field: string]: unknown;
}

function messages(step: TrainingStep): Message[] {
  if (step.role === 'context') return [{ role: 'developer', content: step.text }];
  if (step.role === 'user') return [{ role: 'user', content: step.text }];
  const calls = step.calls.map(({ id, name, arguments: input }) =>
    ({ id, type: 'function', function: { name: functionName(name), arguments: wellFormedJson(argumentObject(input)) } }));
  return [
    {
      role: 'assistant',
      content: step.text === '' ? null : step.text,
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(step.copied && { weight: 0 }),
    },
    ...step.calls.map(({ id, answer }) => ({ role: 'tool', tool_call_id: id, content: valueText(answer.response) })),
  ];
}
