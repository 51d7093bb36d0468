/**
 * Conversations as LLaMA-Factory and others read them, one a line: what comes from a person or a tool stands at odd places, what comes
 * from the model at even ones. https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md
 */

import type { SessionDocument } from '../../../shared/results.ts';
import { argumentObject, valueText, wellFormedJson } from '../conversation.ts';
import { sessionExporter } from '../exporter.ts';
import { writeLines } from '../lines.ts';
import { functionName, toolsOf, trainingSteps, type TrainingStep } from '../training.ts';

export const sharegpt = sessionExporter({
  name: 'sharegpt',
  displayName: 'ShareGPT',
  extension: 'jsonl',
  audience: 'models',
  layouts: ['file'],
  loses: 'Thinking, times, models and token counts, files and images, what tools put in, what was taken back, tool calls without an answer, '
    + 'and what the model says beside a call, for which there is no place. Calls made together are one list, and so are their answers. '
    + 'A part that a fork replays is in both sessions: there is no way to say that it is context.',
  options: {},
  write: (sessions, sink) => writeLines(sessions, sink, 'sharegpt.jsonl', example),
});

interface Turn {
  readonly from: 'human' | 'gpt' | 'function_call' | 'observation';
  readonly value: string;
}

function example(session: SessionDocument): string[] {
  const steps = trainingSteps(session, { context: false });
  const conversations = alternating(steps.flatMap(turnsOf));
  if (conversations.length < 2) return [];
  const tools = toolsOf(steps).map(({ function: each }) => each);
  return [wellFormedJson({ conversations, ...(tools.length > 0 && { tools: wellFormedJson(tools) }) })];
}

function turnsOf(step: TrainingStep): Turn[] {
  if (step.role !== 'assistant') return [{ from: 'human', value: step.text }];
  if (step.calls.length === 0) return [{ from: 'gpt', value: step.text }];
  const calls = step.calls.map(({ name, arguments: input }) => ({ name: functionName(name), arguments: argumentObject(input) }));
  const answers = step.calls.map(({ answer }) => valueText(answer.response));
  return [
    { from: 'function_call', value: wellFormedJson(calls.length === 1 ? calls[0] : calls) },
    { from: 'observation', value: answers.length === 1 ? answers[0] ?? '' : wellFormedJson(answers) },
  ];
}

/** Two of one side in a row become one; where they cannot, because a call is no text, the one without a counterpart is left out. */
function alternating(turns: readonly Turn[]): Turn[] {
  const list: Turn[] = [];
  for (const turn of turns) {
    const last = list.at(-1);
    if (!last || isModel(last) !== isModel(turn)) list.push(turn);
    else if (last.from === turn.from && turn.from !== 'function_call') list.splice(-1, 1, { from: turn.from, value: `${last.value}\n\n${turn.value}` });
    else if (last.from === 'observation' || turn.from === 'function_call') list.splice(-1, 1, ...bridged(last, turn));
    else list.splice(-1, 1, turn);
  }
  while (list.length > 0 && list.at(-1)?.from !== 'gpt') list.pop();
  return list[0]?.from === 'human' ? list : [];
}

/** A person who speaks after a tool, before the model: the two are read together. Words before a call have no place. */
function bridged(last: Turn, turn: Turn): Turn[] {
  return last.from === 'observation' && turn.from === 'human' ? [{ from: 'observation', value: `${last.value}\n\n${turn.value}` }] : [turn];
}

function isModel({ from }: Turn): boolean {
  return from === 'gpt' || from === 'function_call';
}
