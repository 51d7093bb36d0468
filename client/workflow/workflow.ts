import { uuidv7 } from 'uuidv7';
import { sentence } from '../../shared/problem.ts';
import type { Payloads, ShortRecord } from '../../shared/record.ts';
import type { RecordResult } from '../../shared/results.ts';
import type { WorkflowPast, WorkflowStep } from '../../shared/workflow.ts';
import { asJson, errorOf } from './json.ts';

/** A workflow while it runs. */
export interface Run {
  readonly id: string;
  /** How often it was resumed; 0 for a run that began now. */
  readonly resumed: number;
  /** What the last `checkpoint` kept, also before the interruption; undefined when there was none. */
  readonly state: unknown;
  /**
   * Runs a step, and records how it ended before it returns. In a resumed run, a step that succeeded before is not run again: what it
   * returned comes from the record. Steps come one after the other, in the same order each time; what they return must fit into JSON.
   */
  step<T>(name: string, work: () => T | Promise<T>): Promise<T>;
  /** Keeps what the workflow needs to go on; resolves when that is durable. */
  checkpoint(state: unknown): Promise<void>;
}

export interface WorkflowOptions {
  /** `latest`, the default: resumes the latest run of the name when it did not succeed. `never` begins anew. Else the id of a run. */
  readonly resume?: 'latest' | 'never' | { readonly run: string };
}

export type WithWorkflow = <T>(name: string, body: (run: Run) => T | Promise<T>, options?: WorkflowOptions) => Promise<T>;

export interface WorkflowWorld {
  /** Resolves when the record is durable or was turned away; rejects when nobody is there to take it. */
  readonly record: (record: ShortRecord) => Promise<RecordResult>;
  /** A run that did not succeed; null when there is none. */
  readonly past: (choice: { readonly run: string } | { readonly name: string }) => Promise<WorkflowPast | null>;
  readonly log: { warn(message: string): void };
}

/** A name of which a run is going on here is not resumed by a second call: that one begins its own run. */
export function createWithWorkflow(world: WorkflowWorld): WithWorkflow {
  const going = new Set<string>();
  return async (name, body, { resume = 'latest' } = {}) => {
    const found = resume === 'never' ? null : await world.past(resume === 'latest' ? { name } : resume);
    const past = found && !going.has(found.run) ? found : undefined;
    const id = past?.run ?? uuidv7();
    going.add(id);
    try {
      return await runOnce(world, name, id, past, body);
    } finally {
      going.delete(id);
    }
  };
}

async function runOnce<T>(world: WorkflowWorld, name: string, id: string, past: WorkflowPast | undefined, body: (run: Run) => T | Promise<T>): Promise<T> {
  const tell = createTell(world, name);
  const of = { run: id, name };
  const resumed = past ? past.resumed + 1 : 0;
  await tell('started', { ...of, resumed });
  let state = past?.state;
  const run: Run = {
    id,
    resumed,
    get state() {
      return state;
    },
    step: createStep(of, past?.done ?? [], tell),
    async checkpoint(next) {
      state = asJson(next);
      await tell('checkpoint', { ...of, state: state ?? null });
    },
  };
  try {
    const result = await body(run);
    await tell('ended', { ...of, status: 'succeeded' });
    return result;
  } catch (error) {
    await tell('ended', { ...of, status: 'failed', error: errorOf(error) });
    throw error;
  }
}

type Kinds = Payloads['workflows'];
type Tell = <Kind extends keyof Kinds>(kind: Kind, data: Kinds[Kind]) => Promise<void>;

/** A workflow goes on whether or not it can be recorded; what is not recorded cannot be resumed, and the log says so. */
function createTell({ record, log }: WorkflowWorld, name: string): Tell {
  const unrecorded = (why: string): void => log.warn(`The workflow ${name} runs, and cannot be resumed as it is now. ${why}`);
  return async (kind, data) => {
    try {
      const { rejected } = await record({ family: 'workflows', kind, id: uuidv7(), subject: name, data, time: new Date().toISOString() });
      if (rejected[0]) unrecorded(rejected[0].reason);
    } catch (error) {
      unrecorded(sentence(error));
    }
  };
}

function createStep(of: { readonly run: string; readonly name: string }, done: WorkflowPast['done'], tell: Tell): Run['step'] {
  let last = 0;
  return async <T>(step: string, work: () => T | Promise<T>): Promise<T> => {
    const position = ++last;
    const before = done[position - 1];
    if (before?.step === step) return before.result as T;
    if (before) throw new Error(`The workflow ${of.name} cannot be resumed: its step ${position} was ${before.step} and is ${step} now.`);
    const startedAt = Date.now();
    const told = (): Pick<WorkflowStep, 'run' | 'name' | 'step' | 'position' | 'startedAt' | 'durationMs'> =>
      ({ ...of, step, position, startedAt: new Date(startedAt).toISOString(), durationMs: Date.now() - startedAt });
    const result = await attempt(work, (error) => tell('step', { ...told(), status: 'failed', error: errorOf(error) }));
    await tell('step', { ...told(), status: 'succeeded', ...resultOf(result) });
    return result;
  };
}

async function attempt<T>(work: () => T | Promise<T>, failed: (error: unknown) => Promise<void>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await failed(error);
    throw error;
  }
}

function resultOf(returned: unknown): Pick<WorkflowStep, 'result' | 'resultOmitted'> {
  if (returned === undefined) return {};
  const result = asJson(returned);
  return result === undefined ? { resultOmitted: true } : { result };
}
