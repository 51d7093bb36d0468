/** What is known on the way through a task's history. */
export interface Progress {
  /** Names of the tools that were called, by the id of the call. */
  readonly called: Map<string, string>;
  /** Calls made in words that have no answer yet. */
  waiting: readonly string[];
  /** Absolute path of the workspace, as the tool told it the model. */
  cwd?: string;
  /** The model that the tool told about itself. */
  model?: string;
}

/** Takes the call that an answer in words is of; undefined when none of this tool waits. */
export function takeWaiting(progress: Progress, name: string): string | undefined {
  const call = progress.waiting.find((one) => progress.called.get(one) === name);
  progress.waiting = progress.waiting.filter((one) => one !== call);
  return call;
}
