/**
 * Payloads of workflows: named runs of several steps that can be resumed where they were interrupted. Each kind with an example:
 *
 * | type | subject | data |
 * |---|---|---|
 * | `workflow.started` | `acme.release` | `{run, name: "acme.release", resumed: 0}` |
 * | `workflow.step` | `acme.release` | `{run, name: "acme.release", step: "build", position: 1, status: "succeeded", startedAt, durationMs: 90, result: …}` |
 * | `workflow.checkpoint` | `acme.release` | `{run, name: "acme.release", state: …}` |
 * | `workflow.ended` | `acme.release` | `{run, name: "acme.release", status: "failed", error: {name: "Error", message: "…"}}` |
 * | `tool_execution.function.call` | `lookUp` | `{name: "lookUp", status: "succeeded", startedAt, durationMs: 3, input: [4], output: "four"}` |
 */

export interface WorkflowStarted {
  readonly run: string;
  readonly name: string;
  /** How often the run was resumed; 0 when it begins. */
  readonly resumed: number;
}

export interface WorkflowStep {
  readonly run: string;
  readonly name: string;
  readonly step: string;
  /** Among the steps of the run, first 1. */
  readonly position: number;
  readonly status: 'succeeded' | 'failed';
  /** RFC 3339. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** What the step returned, as JSON has it; absent where it returned nothing. */
  readonly result?: unknown;
  /** Set where what it returned is nothing that JSON can hold, or is longer than 100,000 characters. */
  readonly resultOmitted?: true;
  readonly error?: ThrownError;
}

export interface WorkflowCheckpoint {
  readonly run: string;
  readonly name: string;
  /** What the workflow needs to go on, as JSON has it. */
  readonly state: unknown;
}

/** A run without it was interrupted, or goes on. */
export interface WorkflowEnded {
  readonly run: string;
  readonly name: string;
  readonly status: 'succeeded' | 'failed';
  readonly error?: ThrownError;
}

export interface ThrownError {
  readonly name: string;
  readonly message: string;
}

/** A function that was wrapped with `persisted`. */
export interface FunctionCall {
  readonly name: string;
  readonly status: 'succeeded' | 'failed';
  /** RFC 3339. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** The arguments, and what it returned; absent where JSON cannot hold them, or they are longer than 100,000 characters. */
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: ThrownError;
}

/** A run that did not succeed, as far as it came. */
export interface WorkflowPast {
  readonly run: string;
  readonly name: string;
  readonly resumed: number;
  /** From the first on, those that need not be run again. */
  readonly done: readonly Pick<WorkflowStep, 'step' | 'result'>[];
  /** Of the last checkpoint; absent where there is none. */
  readonly state?: unknown;
}
