/**
 * OpenTelemetry spans by the semantic conventions for generative AI, as OTLP JSON lines: one trace for each question, with a span for the
 * agent, for each response of a model and for each use of a tool. The conversation id ties the traces of a session together.
 * https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/gen-ai-agent-spans.md
 * https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/
 */

import type { SessionDocument } from '../../../shared/results.ts';
import type { Answered, Step } from '../conversation.ts';
import { stepsOf, wellFormedJson } from '../conversation.ts';
import { sessionExporter } from '../exporter.ts';
import { writeLines } from '../lines.ts';
import { attributes, spanKind, traceOf, type Span, type Trace } from '../span.ts';
import { chatAttributes, providerOf, toolSpan } from '../genAi.ts';

export const otlp = sessionExporter({
  name: 'otlp',
  displayName: 'OpenTelemetry GenAI spans (OTLP JSON)',
  extension: 'jsonl',
  audience: 'programs',
  layouts: ['file'],
  loses: 'Files and images, remarks of the tool. The input messages of a span are those since the response before it, not the whole history. '
    + 'What a fork replays has its spans in the session it came from. What was taken back stays, with the attribute daybook.superseded.',
  options: {},
  write: (sessions, sink) => writeLines(sessions, sink, 'traces.jsonl', (session) => {
    const spans = questionsOf(stepsOf(session)).flatMap((steps) => spansOf(session, steps));
    return spans.length === 0 ? [] : [wellFormedJson(tracesData(session, spans))];
  }),
});

/** What a person asked, up to the next question; what another session paid for is left out. */
function questionsOf(steps: readonly Step[]): Step[][] {
  const questions: Step[][] = [];
  for (const step of steps.filter(({ copied }) => !copied)) {
    const question = questions.at(-1);
    if (question && (step.role !== 'user' || question.every(({ role }) => role !== 'assistant'))) question.push(step);
    else questions.push([step]);
  }
  return questions.filter((question) => question.some(({ role }) => role === 'assistant'));
}

function spansOf(document: SessionDocument, steps: readonly Step[]): Span[] {
  const { session } = document;
  const trace = traceOf(steps[0]?.id ?? session.id);
  const answers = steps.filter((step): step is Answered => step.role === 'assistant');
  const tools = answers.flatMap((answer) => answer.calls.map((call) => toolSpan(trace, session.id, call, answer.superseded)));
  const chats = answers.map((answer) => chatSpan(trace, document, steps, answer));
  const ends = [...tools, ...chats].map(({ endTimeUnixNano }) => BigInt(endTimeUnixNano));
  const agent = session.agent?.name ?? session.source;
  const root = trace.span({
    parent: undefined,
    key: 'agent',
    name: `invoke_agent ${agent}`,
    kind: spanKind.internal,
    start: steps[0]?.time ?? session.startedAt,
    end: ends.reduce((latest, end) => (end > latest ? end : latest), 0n),
    attributes: attributes({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': providerOf(answers.find(({ model }) => model !== undefined)?.model, session.source),
      'gen_ai.agent.name': agent,
      'gen_ai.agent.version': session.agent?.version,
      'gen_ai.conversation.id': session.id,
      'daybook.superseded': steps.every(({ superseded }) => superseded) ? true : undefined,
    }),
  });
  return [root, ...[...chats, ...tools].sort((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)))];
}

function chatSpan(trace: Trace, { session }: SessionDocument, steps: readonly Step[], answer: Answered): Span {
  const at = steps.indexOf(answer);
  const before = steps.slice(0, at).findLastIndex(({ role }) => role === 'assistant');
  const input = steps.slice(Math.max(before, 0), at);
  const last = input.at(-1);
  const began = answer.durationMs === undefined ? endOf(last) ?? answer.time : new Date(Date.parse(answer.endTime) - answer.durationMs).toISOString();
  return trace.span({
    parent: 'agent',
    key: `chat ${answer.id}`,
    name: answer.model === undefined ? 'chat' : `chat ${answer.model}`,
    kind: spanKind.client,
    start: began < answer.endTime ? began : answer.endTime,
    end: answer.endTime,
    attributes: attributes({ ...chatAttributes(session, answer, input), 'daybook.superseded': answer.superseded ? true : undefined }),
  });
}

/** When a step was over: a response with tools, when the last of them had answered. */
function endOf(step: Step | undefined): string | undefined {
  if (step?.role !== 'assistant') return step?.time;
  return step.calls.reduce((latest, { answer }) => (answer && answer.time > latest ? answer.time : latest), step.endTime);
}

function tracesData({ session }: SessionDocument, spans: readonly Span[]): object {
  return {
    resourceSpans: [{
      resource: { attributes: attributes({ 'service.name': session.agent?.name ?? session.source, 'service.version': session.agent?.version }) },
      scopeSpans: [{ scope: { name: 'daybook' }, spans }],
    }],
  };
}
