import * as vscode from 'vscode';
import { uuidv7 } from 'uuidv7';
import type { TaskRun } from '../../shared/activity.ts';
import { createTimers } from './timers.ts';
import type { Emit } from './emit.ts';
import { watchMatched } from './matchedProblems.ts';
import type { MatchedProblems } from './matchedProblems.ts';
import { countAllProblems } from './problemCounts.ts';

interface Running {
  readonly run: string;
  readonly startedAt: number;
  readonly matched: MatchedProblems;
  exitCode?: number | undefined;
  /** Whether a process told that it ended. */
  ended?: true;
}

/** Problem matchers tell what they found a moment after the end. */
const problemsMs = 500;
/** And later than that on a busy machine: a task that failed is given so long where nothing was told yet. */
const moreProblemsMs = 2_500;
const longestDefinition = 4_000;

/** Records tasks: that they run, and how they ended. A task that the window outlives has only the first record. */
export function captureTasks(emit: Emit): vscode.Disposable {
  const running = new Map<vscode.TaskExecution, Running>();
  const timers = createTimers();

  function tell(task: vscode.Task, { run, startedAt }: Running, more: Partial<TaskRun> & Pick<TaskRun, 'status'>): void {
    const folder = typeof task.scope === 'object' ? task.scope.uri : vscode.workspace.workspaceFolders?.[0]?.uri;
    emit('tasks', 'run', { run, name: task.name, source: task.source, ...whatRuns(task), startedAt: new Date(startedAt).toISOString(), ...more }, {
      subject: task.name, uri: folder,
    });
  }

  function finish(execution: vscode.TaskExecution): void {
    const each = running.get(execution);
    if (!each) return;
    running.delete(execution);
    const { task } = execution;
    const durationMs = Date.now() - each.startedAt;
    const status = each.exitCode === undefined ? 'unknown' : each.exitCode === 0 ? 'succeeded' : 'failed';
    const end = (): void => {
      const exit = each.exitCode === undefined ? {} : { exitCode: each.exitCode };
      tell(task, each, { status, ...exit, durationMs, problems: countAllProblems(), ...each.matched.read() });
      each.matched.dispose();
    };
    timers.after(problemsMs, () => (status === 'failed' && each.matched.isAwaited() ? timers.after(moreProblemsMs, end) : end()));
  }

  return vscode.Disposable.from(
    timers,
    { dispose: () => running.forEach(({ matched }) => matched.dispose()) },
    vscode.tasks.onDidStartTask(({ execution }) => {
      const each = { run: uuidv7(), startedAt: Date.now(), matched: watchMatched(execution.task) };
      running.set(execution, each);
      tell(execution.task, each, { status: 'running' });
    }),
    vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      const each = running.get(execution);
      if (!each) return;
      each.exitCode = exitCode;
      // The order of both ends is not promised.
      if (each.ended) finish(execution);
      else each.ended = true;
    }),
    vscode.tasks.onDidEndTask(({ execution }) => {
      const each = running.get(execution);
      if (!each) return;
      if (each.ended) return finish(execution);
      each.ended = true;
      timers.after(problemsMs, () => finish(execution));
    }),
  );
}

function whatRuns({ definition, execution }: vscode.Task): Partial<TaskRun> {
  const command = commandOf(execution);
  const cwd = execution && 'options' in execution ? execution.options?.cwd : undefined;
  return {
    ...(JSON.stringify(definition).length > longestDefinition ? {} : { definition: { ...definition } }),
    ...(command === undefined ? {} : { command }),
    ...(cwd === undefined ? {} : { cwd }),
  };
}

function commandOf(execution: vscode.Task['execution']): string | undefined {
  if (execution instanceof vscode.ProcessExecution) return [execution.process, ...execution.args].join(' ');
  if (!(execution instanceof vscode.ShellExecution)) return undefined;
  const words = [execution.command, ...(execution.args ?? [])].map((word) => (typeof word === 'object' ? word.value : word));
  return execution.commandLine ?? words.join(' ');
}
