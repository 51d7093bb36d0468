import * as vscode from 'vscode';
import { createTimers } from './timers.ts';

/** How long after its end the process of a task is still known: the terminal may tell of the end later than the task does. */
const lateMs = 10_000;

/** Terminals in which a task runs. They bear any name, and VS Code reports their one command like one that somebody typed. */
export interface TaskTerminals {
  /** Called when a command starts in the terminal, and when it ends. A terminal of tasks has another process for each. */
  look(terminal: vscode.Terminal): void;
  /** Whether the process that was last looked at is that of a task. */
  has(terminal: vscode.Terminal): boolean;
  dispose(): void;
}

/** Tells them by their process, which is the only thing that tasks and terminals both name. */
export function watchTaskTerminals(): TaskTerminals {
  const tasks = new Set<number>();
  const running = new Map<vscode.TaskExecution, number>();
  const processes = new WeakMap<vscode.Terminal, number>();
  const timers = createTimers();
  const listeners = vscode.Disposable.from(
    timers,
    vscode.tasks.onDidStartTaskProcess(({ execution, processId }) => {
      tasks.add(processId);
      running.set(execution, processId);
    }),
    vscode.tasks.onDidEndTask(({ execution }) => {
      const processId = running.get(execution);
      running.delete(execution);
      // The system gives the number to others in time.
      if (processId !== undefined) timers.after(lateMs, () => tasks.delete(processId));
    }),
  );
  return {
    look(terminal) {
      void terminal.processId.then((processId) => processId !== undefined && processes.set(terminal, processId));
    },
    has(terminal) {
      const processId = processes.get(terminal);
      return processId !== undefined && tasks.has(processId);
    },
    dispose: () => void listeners.dispose(),
  };
}
