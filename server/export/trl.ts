/** Messages as TRL's conversational formats have them. https://huggingface.co/docs/trl/dataset_formats */

import { argumentObject, valueText } from './conversation.ts';
import { functionName, type TrainingStep } from './training.ts';

/** A step as messages: the answers of tools follow the calls. */
export function trlMessages(step: TrainingStep): object[] {
  if (step.role === 'context') return [{ role: 'system', content: step.text }];
  if (step.role === 'user') return [{ role: 'user', content: step.text }];
  return [trlAnswer(step), ...step.calls.map(({ name, answer }) => ({ role: 'tool', name: functionName(name), content: valueText(answer.response) }))];
}

/** What a model said and called, without what came of it. */
export function trlAnswer({ text, reasoning, calls }: Extract<TrainingStep, { readonly role: 'assistant' }>): object {
  const made = calls.map(({ name, arguments: input }) => ({ type: 'function', function: { name: functionName(name), arguments: argumentObject(input) } }));
  return { role: 'assistant', content: text, ...(reasoning !== '' && { thinking: reasoning }), ...(made.length > 0 && { tool_calls: made }) };
}
