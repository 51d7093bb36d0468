/** How far an interrupted workflow came, from its records. */

import { typeOf, type DaybookRecord } from '../../shared/record.ts';
import type { WorkflowCheckpoint, WorkflowEnded, WorkflowPast, WorkflowStarted, WorkflowStep } from '../../shared/workflow.ts';

/** Kinds of which a run is made. */
export const workflowKinds: readonly string[] = ['started', 'step', 'checkpoint', 'ended'];

/** The run of this id, or the latest that was begun under this name. */
export type WorkflowChoice = { readonly run: string } | { readonly name: string };

interface Fold {
  readonly run: string;
  readonly name: string;
  resumed: number;
  hasSucceeded: boolean;
  readonly steps: Map<number, Pick<WorkflowStep, 'step' | 'result'>>;
  state?: unknown;
}

/**
 * Null when there is no such run, or it succeeded.
 * @param records oldest first; others than those of workflows may be among them
 */
export function workflowPast(records: Iterable<DaybookRecord>, choice: WorkflowChoice): WorkflowPast | null {
  let latest: Fold | undefined;
  for (const record of records) {
    const data = record.data as Partial<WorkflowStarted> | null;
    if (data?.run === undefined || data.name === undefined || !isChosen(data, choice)) continue;
    if (record.type === started && data.run !== latest?.run) latest = { run: data.run, name: data.name, resumed: 0, hasSucceeded: false, steps: new Map() };
    if (latest?.run === data.run) add(latest, record);
  }
  if (!latest || latest.hasSucceeded) return null;
  const { run, name, resumed, steps } = latest;
  const done: Pick<WorkflowStep, 'step' | 'result'>[] = [];
  for (let step = steps.get(1); step; step = steps.get(done.length + 1)) done.push(step);
  return { run, name, resumed, done, ...('state' in latest ? { state: latest.state } : {}) };
}

const [started, step, checkpoint, ended] = ['started', 'step', 'checkpoint', 'ended'].map((kind) => typeOf('workflows', kind));

function isChosen(data: Partial<WorkflowStarted>, choice: WorkflowChoice): boolean {
  return 'run' in choice ? data.run === choice.run : data.name === choice.name;
}

function add(fold: Fold, record: DaybookRecord): void {
  // What was redacted or cut down is no longer what the step returned, and is not given out as if it were.
  const isWhole = record.redactions === undefined && record.consent === undefined;
  if (record.type === started) {
    fold.resumed = (record.data as WorkflowStarted).resumed;
    fold.hasSucceeded = false;
  } else if (record.type === ended) fold.hasSucceeded = (record.data as WorkflowEnded).status === 'succeeded';
  else if (record.type === checkpoint && isWhole) fold.state = (record.data as WorkflowCheckpoint).state;
  else if (record.type === step && isWhole) addStep(fold, record.data as WorkflowStep);
}

function addStep(fold: Fold, { step: name, position, status, result, resultOmitted }: WorkflowStep): void {
  if (status === 'succeeded' && !resultOmitted) fold.steps.set(position, { step: name, ...(result === undefined ? {} : { result }) });
}
