/**
 * Trajectories in the Agent Trajectory Interchange Format, version 1.7; other formats of trajectories convert through it.
 * https://github.com/harbor-framework/harbor/blob/main/rfcs/0001-trajectory-format.md
 */

import type { SessionDocument } from '../../../shared/results.ts';
import type { Usage } from '../../../shared/session.ts';
import { argumentObject, promptTokens, stepsOf, valueText, wellFormedJson, type Answered, type Call, type Step } from '../conversation.ts';
import { sessionExporter } from '../exporter.ts';
import { sessionFileName, uniqueNames } from '../names.ts';

export const atif = sessionExporter({
  name: 'atif',
  displayName: 'ATIF trajectories',
  extension: 'json',
  audience: 'models',
  layouts: ['folder', 'file'],
  loses: 'Files and images, remarks of the tool, what was taken back, and which definitions the tools had. What tools put in are system steps; '
    + 'a part that a fork replays is marked as copied context. A subagent is a trajectory of its own that names its parent.',
  options: {},
  async write(sessions, sink) {
    const unique = uniqueNames();
    let items = 0;
    let leftOut = 0;
    for await (const document of sessions) {
      const trajectory = trajectoryOf(document);
      if (!trajectory) {
        leftOut++;
        continue;
      }
      const file = await sink.open(unique(sessionFileName(document.session), 'json'));
      await file.write(`${wellFormedJson(trajectory, 2)}\n`);
      await file.close();
      items++;
    }
    return { items, leftOut };
  },
});

function trajectoryOf(document: SessionDocument): object | undefined {
  const { session } = document;
  const steps = stepsOf(document).filter(({ superseded }) => !superseded);
  if (session.kind !== 'chat' || steps.length === 0) return undefined;
  const model = steps.find((step): step is Answered => step.role === 'assistant' && step.model !== undefined)?.model;
  return {
    schema_version: 'ATIF-v1.7',
    session_id: session.id,
    trajectory_id: session.id,
    agent: { name: session.agent?.name ?? session.source, version: session.agent?.version ?? 'unknown', ...(model !== undefined && { model_name: model }) },
    steps: steps.map((step, at) => stepOf(step, at + 1)),
    final_metrics: finalMetrics(steps),
    extra: {
      title: session.title, source: session.source, started_at: session.startedAt, ended_at: session.endedAt,
      ...(session.workspace !== null && { workspace: session.workspace }),
      ...(session.git && { git: session.git }),
      ...(session.parent !== undefined && { parent_session_id: session.parent, relation: session.relation ?? 'unknown' }),
    },
  };
}

const sources = { user: 'user', context: 'system', assistant: 'agent' } as const;

function stepOf(step: Step, id: number): object {
  return {
    step_id: id,
    timestamp: step.time,
    source: sources[step.role],
    message: step.text,
    ...(step.role === 'assistant' && answered(step)),
    ...(step.copied && { is_copied_context: true }),
  };
}

function answered({ model, reasoning, calls, usage }: Answered): object {
  const results = calls.flatMap(resultOf);
  const states = calls.flatMap(({ id, answer }) => (answer && answer.status !== 'succeeded' ? [[id, answer.status]] : []));
  const metrics = usage && metricsOf(usage);
  return {
    ...(model !== undefined && { model_name: model }),
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, arguments: input }) => ({ tool_call_id: id, function_name: name, arguments: argumentObject(input) })),
    }),
    ...(results.length > 0 && { observation: { results } }),
    ...(metrics && { metrics }),
    llm_call_count: 1,
    ...(states.length > 0 && { extra: { tool_status: Object.fromEntries(states) as object } }),
  };
}

function resultOf({ id, answer }: Call): object[] {
  return answer ? [{ source_call_id: id, content: valueText(answer.response) }] : [];
}

function metricsOf(usage: Usage): object | undefined {
  const prompt = promptTokens(usage);
  const { cacheReadTokens, cacheWriteTokens, outputTokens, reasoningTokens } = usage;
  const extra = {
    ...(cacheWriteTokens !== undefined && { cache_creation_input_tokens: cacheWriteTokens }),
    ...(reasoningTokens !== undefined && { reasoning_output_tokens: reasoningTokens }),
  };
  const metrics = {
    ...(prompt !== undefined && { prompt_tokens: prompt }),
    ...(outputTokens !== undefined && { completion_tokens: outputTokens }),
    ...(cacheReadTokens !== undefined && { cached_tokens: cacheReadTokens }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  return Object.keys(metrics).length > 0 ? metrics : undefined;
}

/** Sums of what this session used itself: copied steps were paid for elsewhere. */
function finalMetrics(steps: readonly Step[]): object {
  const used = steps.flatMap((step) => (step.role === 'assistant' && !step.copied && step.usage ? [step.usage] : []));
  const sum = (of: (usage: Usage) => number | undefined): number => used.reduce((total, usage) => total + (of(usage) ?? 0), 0);
  return {
    ...(used.length > 0 && {
      total_prompt_tokens: sum(promptTokens), total_completion_tokens: sum(({ outputTokens }) => outputTokens),
      total_cached_tokens: sum(({ cacheReadTokens }) => cacheReadTokens),
    }),
    total_steps: steps.length,
  };
}
