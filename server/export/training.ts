/** What formats for fine-tuning share: which steps are learned from, in which order their messages stand, and the tools that were called. */

import { createHash } from 'node:crypto';
import type { SessionDocument } from '../../shared/results.ts';
import { argumentObject, stepsOf, type Answered, type Asked, type Call, type Step, type Told } from './conversation.ts';

/** A call with its answer. */
export type SettledCall = Call & { readonly answer: NonNullable<Call['answer']> };

export type TrainingStep = Asked | Told | (Omit<Answered, 'calls'> & { readonly calls: readonly SettledCall[] });

/**
 * What a model can learn from: what was taken back is left out, and calls that nothing answered, because a model must not learn to call
 * and go on without an answer. What is copied from another session stays as context; `copied` says what is not to be learned here.
 * Empty when the session holds no answer of its own to a person.
 */
export function trainingSteps(document: SessionDocument, options: { readonly context: boolean }): TrainingStep[] {
  const kept = settledSteps(stepsOf(document).filter((step) => !step.superseded && (options.context || step.role !== 'context')));
  const first = kept.findIndex(({ role }) => role === 'user');
  const last = kept.findLastIndex((step) => step.role === 'assistant' && step.text !== '');
  const begin = kept.slice(0, Math.max(first, 0)).filter(({ role }) => role === 'context');
  const steps = first === -1 || last < first ? [] : [...begin, ...kept.slice(first, last + 1)];
  return steps.some((step) => step.role === 'assistant' && !step.copied) ? steps : [];
}

/** The steps without calls that nothing answered, and without answers of which nothing is left then. */
export function settledSteps(steps: readonly Step[]): TrainingStep[] {
  return steps.map(settled).filter((step) => step.role !== 'assistant' || step.text !== '' || step.calls.length > 0);
}

function settled(step: Step): TrainingStep {
  if (step.role !== 'assistant') return step;
  return { ...step, calls: step.calls.filter((call): call is SettledCall => call.answer !== undefined) };
}

/** Steps by person's questions: each group begins with one, but for what stands before the first. */
export function byQuestion(steps: readonly TrainingStep[]): TrainingStep[][] {
  const groups: TrainingStep[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    if (group && (step.role !== 'user' || group.every(({ role }) => role !== 'assistant'))) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

export interface FunctionTool {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly parameters: ParameterSchema };
}

interface ParameterSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, { readonly type?: string | readonly string[] }>>;
}

/**
 * The tools that were called. Sessions do not hold their definitions: the parameters are those that were used, with the types they had;
 * in the order in which they came.
 */
export function toolsOf(steps: readonly TrainingStep[]): FunctionTool[] {
  const tools = new Map<string, Map<string, Set<string>>>();
  for (const { name, arguments: input } of steps.flatMap((step) => (step.role === 'assistant' ? step.calls : []))) {
    const parameters = tools.get(functionName(name)) ?? new Map<string, Set<string>>();
    tools.set(functionName(name), parameters);
    for (const [key, value] of Object.entries(argumentObject(input))) parameters.set(key, (parameters.get(key) ?? new Set()).add(jsonType(value)));
  }
  return [...tools].map(([name, parameters]) => ({
    type: 'function',
    function: { name, parameters: { type: 'object', properties: Object.fromEntries([...parameters].map(([key, types]) => [key, { type: oneOrMany(types) }])) } },
  }));
}

function oneOrMany(types: ReadonlySet<string>): string | readonly string[] {
  const [first = 'string', ...rest] = [...types].sort();
  return rest.length === 0 ? first : [first, ...rest];
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : typeof value === 'object' ? 'object' : 'string';
}

/** Characters that names of functions may have, and how many. */
const unfit = /[^a-zA-Z0-9_-]/g;
const maxName = 64;

/** The name of a tool as model formats allow it; two names never become one. */
export function functionName(name: string): string {
  const plain = name.replace(unfit, '_');
  if (plain === name && name !== '' && name.length <= maxName) return name;
  return `${plain.slice(0, maxName - 7)}_${createHash('sha256').update(name).digest('hex').slice(0, 6)}`;
}
