/** Attributes of the OpenTelemetry conventions for generative AI. Structures go as JSON text, which is how attributes of spans hold them. */

import type { SessionDocument } from '../../shared/results.ts';
import { promptTokens, valueText, wellFormedJson, type Answered, type Call, type Step } from './conversation.ts';
import { attributes, failed, spanKind, type Span, type Trace } from './span.ts';

type Values = Parameters<typeof attributes>[0];

/** @param input the steps since the response before */
export function chatAttributes(session: SessionDocument['session'], answer: Answered, input: readonly Step[]): Values {
  const { model, usage, finishReason } = answer;
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': providerOf(model, session.source),
    'gen_ai.conversation.id': session.id,
    'gen_ai.request.model': model,
    'gen_ai.response.model': model,
    'gen_ai.response.finish_reasons': finishReason === undefined ? undefined : [finishReason],
    'gen_ai.usage.input_tokens': usage && promptTokens(usage),
    'gen_ai.usage.output_tokens': usage?.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': usage?.cacheReadTokens,
    'gen_ai.usage.cache_creation.input_tokens': usage?.cacheWriteTokens,
    'gen_ai.usage.reasoning.output_tokens': usage?.reasoningTokens,
    'gen_ai.input.messages': wellFormedJson(input.flatMap(inputMessages)),
    'gen_ai.output.messages': wellFormedJson([{ role: 'assistant', parts: outputParts(answer) }]),
  };
}

function inputMessages(step: Step): object[] {
  if (step.role === 'user') return [{ role: 'user', parts: [{ type: 'text', content: step.text }] }];
  if (step.role === 'context') return [{ role: 'system', parts: [{ type: 'text', content: step.text }] }];
  const answers = step.calls.flatMap(({ id, answer }) => (answer ? [{ type: 'tool_call_response', id, response: answer.response ?? null }] : []));
  return answers.length > 0 ? [{ role: 'tool', parts: answers }] : [];
}

function outputParts({ reasoning, text, calls }: Answered): object[] {
  return [
    ...(reasoning === '' ? [] : [{ type: 'reasoning', content: reasoning }]),
    ...(text === '' ? [] : [{ type: 'text', content: text }]),
    ...calls.map(({ id, name, arguments: input }) => ({ type: 'tool_call', id, name, arguments: input })),
  ];
}

export function toolSpan(trace: Trace, session: string, { id, name, time, arguments: input, answer }: Call, superseded: boolean): Span {
  const isBad = answer !== undefined && ['failed', 'denied', 'cancelled'].includes(answer.status);
  const end = answer && answer.time > time ? answer.time : time;
  const start = answer?.durationMs === undefined ? time : new Date(Math.max(Date.parse(time), Date.parse(end) - answer.durationMs)).toISOString();
  return trace.span({
    parent: 'agent',
    key: `tool ${id}`,
    name: `execute_tool ${name}`,
    kind: spanKind.internal,
    start,
    end,
    attributes: attributes({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': name,
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.id': id,
      'gen_ai.conversation.id': session,
      'gen_ai.tool.call.arguments': valueText(input),
      'gen_ai.tool.call.result': answer && valueText(answer.response),
      'error.type': isBad ? answer.status : undefined,
      'daybook.superseded': superseded ? true : undefined,
    }),
    ...(isBad && { status: { code: failed } }),
  });
}

/** By what names of models look like; the source where they tell nothing. */
const providers: readonly (readonly [RegExp, string])[] = [
  [/claude/i, 'anthropic'],
  [/^(gpt|o\d|chatgpt|codex)/i, 'openai'],
  [/gemini/i, 'gcp.gen_ai'],
  [/grok/i, 'x_ai'],
  [/deepseek/i, 'deepseek'],
  [/mistral|codestral|devstral/i, 'mistral_ai'],
  [/kimi|moonshot/i, 'moonshot_ai'],
  [/^command/i, 'cohere'],
];

/** Who provides a model. */
export function providerOf(model: string | undefined, source: string): string {
  return providers.find(([pattern]) => pattern.test(model ?? ''))?.[1] ?? source;
}
